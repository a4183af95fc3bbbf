import { useQueryClient } from '@tanstack/react-query'
import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { Alert, Button, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useImport } from '../file-door/file-door.queries.ts'
import { FileDrop } from '../file-door/file-drop.tsx'
import { ImportResult } from '../file-door/import-result.tsx'
import { formatCount } from '../time.ts'
import './newcomers.css'
import { forgetList, type NewcomerList } from './newcomers.queries.ts'

type Outcome = Readonly<Record<string, number>>
type Import = {
  list: NewcomerList
  /** What is to be heeded of a list that has entered, in words; undefined when nothing is. */
  warning?: (outcome: Outcome) => string | undefined
}

/** 导入 of a list (menu §2.1): a file enters whole, or its problems are shown here and nothing enters (PRE-008). */
export function ListImportDialog({ open, onClose, ...rest }: Import & { open: boolean; onClose: () => void }) {
  return (
    <Modal
      open={open}
      title={`${rest.list.name}导入`}
      width={760}
      destroyOnHidden
      mask={{ closable: false }}
      onCancel={onClose}
      footer={<Button onClick={onClose}>关闭</Button>}
    >
      <ListImport {...rest} />
    </Modal>
  )
}

function ListImport({ list, warning }: Import) {
  const [batchId, setBatchId] = useState<string>()
  const client = useQueryClient()
  const batch = useImport(list, batchId).data?.batch
  const status = batch?.status
  useEffect(() => {
    if (status === 'succeeded') void forgetList(client, list)
  }, [status, client, list])
  return (
    <div className="xj-newcomers-dialog">
      <FileDrop door={list} batchId={batchId} onSent={setBatchId} />
      {batch?.status === 'failed' ? (
        <ImportResult
          door={list}
          batch={batch}
          title={`共 ${formatCount(batch.totalRows)} 条，${formatCount(batch.invalidRows)} 条有问题，整份没有导入；改正后重新上传`}
        />
      ) : batch?.status === 'succeeded' ? (
        <Success record={list.record} batch={batch} warning={warning?.(batch.outcome ?? {})} />
      ) : null}
    </div>
  )
}

function Success(props: { record: string; batch: ImportBatchRow; warning: string | undefined }) {
  const { record, batch, warning } = props
  const { matched = 0, unsure = 0, none = 0 } = batch.outcome ?? {}
  return (
    <Alert
      type={warning ? 'warning' : 'success'}
      showIcon
      title={`导入成功 ${formatCount(batch.totalRows)} 人：已匹配${record} ${formatCount(matched)}、待确认${record} ${formatCount(unsure)}、未查到${record} ${formatCount(none)}`}
      description={warning}
    />
  )
}
