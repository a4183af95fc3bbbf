import { useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import { IMPORT_KEYS, useImport } from '../../shared/file-door/file-door.queries.ts'
import { FileDrop } from '../../shared/file-door/file-drop.tsx'
import { ImportRecords, refusedRows } from '../../shared/file-door/import-records.tsx'
import { ImportResult } from '../../shared/file-door/import-result.tsx'
import { PageFrame } from '../../shared/page-frame.tsx'
import { formatCount } from '../../shared/time.ts'
import './preschool.css'
import { ARCHIVES } from './preschool.queries.ts'

/** 学前档案共享导入: the preschool system's archives come in by file; what became of each row is told. */
export function ArchiveImportPage() {
  const [batchId, setBatchId] = useState<string>()
  const client = useQueryClient()
  const batch = useImport(ARCHIVES, batchId).data?.batch
  const finished = batch?.finishedAt
  useEffect(() => {
    if (batchId || finished) void client.invalidateQueries({ queryKey: IMPORT_KEYS.all(ARCHIVES) })
  }, [batchId, finished, client])
  return (
    <PageFrame title="学前档案共享导入">
      <section className="xj-pre-archive" aria-label="学前档案导入">
        <FileDrop door={ARCHIVES} batchId={batchId} onSent={setBatchId} />
        {batch?.status === 'succeeded' ? (
          <Alert
            type="success"
            showIcon
            title={`处理完毕：新增 ${formatCount(batch.outcome?.created ?? 0)}、更新 ${formatCount(batch.outcome?.changed ?? 0)}、无变化 ${formatCount(batch.outcome?.unchanged ?? 0)}`}
          />
        ) : null}
        {batch && (batch.status === 'failed' || batch.droppedRows > 0) ? (
          <ImportResult
            door={ARCHIVES}
            batch={batch}
            title={`${formatCount(refusedRows(batch))} 条未通过校验，没有导入`}
          />
        ) : null}
      </section>
      <ImportRecords
        door={ARCHIVES}
        settingsKey="preschool.archives"
        title="导入记录"
        onOpen={setBatchId}
        emptyText="还没有导入过学前档案"
      />
    </PageFrame>
  )
}
