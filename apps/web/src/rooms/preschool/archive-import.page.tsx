import { useQueryClient } from '@tanstack/react-query'
import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import { apiGet } from '../../shared/api-client.ts'
import { IMPORT_KEYS, useImport } from '../../shared/file-door/file-door.queries.ts'
import { FileDrop } from '../../shared/file-door/file-drop.tsx'
import { ImportResult } from '../../shared/file-door/import-result.tsx'
import { type ListColumn, ListPage } from '../../shared/list-page.tsx'
import { PageFrame } from '../../shared/page-frame.tsx'
import { formatCount, formatInstant } from '../../shared/time.ts'
import './preschool.css'
import { IMPORTS } from './preschool.queries.ts'

const DOOR = IMPORTS.archive
const number = (value: number | undefined) => <span className="xj-number">{formatCount(value ?? 0)}</span>

const COLUMNS: readonly ListColumn<ImportBatchRow>[] = [
  { key: 'file', title: '文件名', width: 220, fixed: 'left', render: (batch) => batch.fileName },
  {
    key: 'at',
    title: '上传时间',
    width: 150,
    render: (batch) => <span className="xj-number">{formatInstant(batch.uploadedAt)}</span>,
  },
  { key: 'by', title: '上传人', width: 90, render: (batch) => batch.uploaderName },
  {
    key: 'status',
    title: '处理结果',
    width: 150,
    render: (batch) => (batch.status === 'running' ? `${batch.phaseName} ${batch.progress}%` : batch.statusName),
  },
  { key: 'total', title: '总条数', width: 80, align: 'right', render: (batch) => number(batch.totalRows) },
  { key: 'created', title: '新增', width: 80, align: 'right', render: (batch) => number(batch.outcome?.created) },
  { key: 'changed', title: '更新', width: 80, align: 'right', render: (batch) => number(batch.outcome?.changed) },
  { key: 'unchanged', title: '无变化', width: 80, align: 'right', render: (batch) => number(batch.outcome?.unchanged) },
  {
    key: 'refused',
    title: '未通过',
    width: 80,
    align: 'right',
    render: (batch) => number(batch.droppedRows + batch.invalidRows),
  },
]

/** 学前档案共享导入: the preschool system's archives come in by file; what became of each row is told. */
export function ArchiveImportPage() {
  const [batchId, setBatchId] = useState<string>()
  const client = useQueryClient()
  const batch = useImport(DOOR, batchId).data?.batch
  const finished = batch?.finishedAt
  useEffect(() => {
    if (batchId || finished) void client.invalidateQueries({ queryKey: IMPORT_KEYS.all(DOOR) })
  }, [batchId, finished, client])
  return (
    <PageFrame title="学前档案共享导入">
      <section className="xj-pre-archive" aria-label="学前档案导入">
        <FileDrop door={DOOR} batchId={batchId} onSent={setBatchId} />
        {batch?.status === 'succeeded' ? (
          <Alert
            type="success"
            showIcon
            title={`处理完毕：新增 ${formatCount(batch.outcome?.created ?? 0)}、更新 ${formatCount(batch.outcome?.changed ?? 0)}、无变化 ${formatCount(batch.outcome?.unchanged ?? 0)}`}
          />
        ) : null}
        {batch && (batch.status === 'failed' || batch.droppedRows > 0) ? (
          <ImportResult
            door={DOOR}
            batch={batch}
            title={`${formatCount(batch.droppedRows + batch.invalidRows)} 条未通过校验，没有导入`}
          />
        ) : null}
      </section>
      <ListPage<ImportBatchRow, object>
        title="导入记录"
        queryKey={IMPORT_KEYS.all(DOOR)}
        load={({ after, limit }) => apiGet(`${DOOR.room}/imports`, { after, limit })}
        columns={COLUMNS}
        rowKey={(one) => one.id}
        settingsKey="preschool.archives"
        onRowOpen={(one) => setBatchId(one.id)}
        emptyText="还没有导入过学前档案"
      />
    </PageFrame>
  )
}
