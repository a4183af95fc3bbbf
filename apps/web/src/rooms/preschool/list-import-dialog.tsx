import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { FileDrop } from '../../shared/file-import/file-drop.tsx'
import { useImport } from '../../shared/file-import/file-imports.ts'
import { ImportResult } from '../../shared/file-import/import-result.tsx'
import { formatCount } from '../../shared/time.ts'
import { forgetRoster, IMPORTS } from './preschool.queries.ts'

/** 学前调档名单导入 (menu §2.1): a file enters whole, or its problems are shown here and nothing enters (PRE-008). */
export function ListImportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Modal
      open={open}
      title="学前调档名单导入"
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
  const batch = useImport(IMPORTS.roster, batchId).data?.batch
  const status = batch?.status
  useEffect(() => {
    if (status === 'succeeded') void forgetRoster(client)
  }, [status, client])
  return (
    <div className="xj-pre-import">
      <FileDrop door={IMPORTS.roster} batchId={batchId} onSent={setBatchId} />
      {batch?.status === 'failed' ? (
        <ImportResult
          door={IMPORTS.roster}
          batch={batch}
          title={`共 ${formatCount(batch.totalRows)} 条，${formatCount(batch.invalidRows)} 条有问题，整份没有导入；改正后重新上传`}
        />
      ) : batch?.status === 'succeeded' ? (
        <Alert type="success" showIcon title={successText(batch.totalRows, batch.outcome ?? {})} />
      ) : null}
    </div>
  )
}

const successText = (total: number, { matched = 0, unsure = 0, none = 0 }: Record<string, number>): string =>
  `导入成功 ${formatCount(total)} 人：已匹配学前学籍 ${formatCount(matched)}、待确认学前学籍 ${formatCount(unsure)}、未查到学前学籍 ${formatCount(none)}`
