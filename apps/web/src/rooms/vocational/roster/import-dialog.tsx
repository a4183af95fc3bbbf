import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useImport } from '../../../shared/file-door/file-door.queries.ts'
import { FileDrop } from '../../../shared/file-door/file-drop.tsx'
import { ImportResult } from '../../../shared/file-door/import-result.tsx'
import { formatCount } from '../../../shared/time.ts'
import { DOOR, forgetVocational } from '../vocational.queries.ts'

/** 中职调档名单导入: a file enters whole, or its problems are shown here and nothing enters. */
export function ImportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Modal
      open={open}
      title="中职调档名单导入"
      width={760}
      destroyOnHidden
      mask={{ closable: false }}
      onCancel={onClose}
      footer={<Button onClick={onClose}>关闭</Button>}
    >
      <ListImport />
    </Modal>
  )
}

function ListImport() {
  const [batchId, setBatchId] = useState<string>()
  const client = useQueryClient()
  const batch = useImport(DOOR, batchId).data?.batch
  const status = batch?.status
  useEffect(() => {
    if (status === 'succeeded') void forgetVocational(client)
  }, [status, client])
  return (
    <div className="xj-voc-import">
      <FileDrop door={DOOR} batchId={batchId} onSent={setBatchId} />
      {batch?.status === 'failed' ? (
        <ImportResult
          door={DOOR}
          batch={batch}
          title={`共 ${formatCount(batch.totalRows)} 条，${formatCount(batch.invalidRows)} 条有问题，整份没有导入；改正后重新上传`}
        />
      ) : batch?.status === 'succeeded' ? (
        <Success total={batch.totalRows} outcome={batch.outcome ?? {}} />
      ) : null}
    </div>
  )
}

function Success({ total, outcome }: { total: number; outcome: Record<string, number> }) {
  const { matched = 0, unsure = 0, none = 0, admitted = 0 } = outcome
  return (
    <Alert
      type={admitted > 0 ? 'warning' : 'success'}
      showIcon
      title={`导入成功 ${formatCount(total)} 人：已匹配学籍 ${formatCount(matched)}、待确认学籍 ${formatCount(unsure)}、未查到学籍 ${formatCount(none)}`}
      description={
        admitted > 0 ? `其中 ${formatCount(admitted)} 人已被普通高中录取，接续时请选择继续或不继续。` : undefined
      }
    />
  )
}
