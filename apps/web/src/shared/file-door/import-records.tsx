import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { useMemo } from 'react'
import { apiGet } from '../api-client.ts'
import { type ListColumn, ListPage } from '../list-page.tsx'
import { formatCount, formatInstant } from '../time.ts'
import { type FileDoor, IMPORT_KEYS } from './file-door.queries.ts'

type Column = ListColumn<ImportBatchRow>

/** A column that counts something of each file; nothing counted is 0. */
export const countColumn = (
  key: string,
  title: string,
  width: number,
  count: (batch: ImportBatchRow) => number | undefined,
): Column => ({
  key,
  title,
  width,
  align: 'right',
  render: (batch) => <span className="xj-number">{formatCount(count(batch) ?? 0)}</span>,
})

/** How many rows of a file stayed out. */
export const refusedRows = (batch: ImportBatchRow): number => batch.droppedRows + batch.invalidRows

const FILE: readonly Column[] = [
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
  countColumn('total', '总条数', 80, (batch) => batch.totalRows),
  countColumn('created', '新增', 80, (batch) => batch.outcome?.created),
  countColumn('changed', '更新', 80, (batch) => batch.outcome?.changed),
  countColumn('unchanged', '无变化', 80, (batch) => batch.outcome?.unchanged),
]
const REFUSED = countColumn('refused', '未通过', 80, refusedRows)

/** 导入记录: the files a room has received, and what became of their rows; `counts` are the room's own before 未通过. */
export function ImportRecords(props: {
  door: FileDoor
  settingsKey: string
  title?: string
  counts?: readonly Column[]
  onOpen: (batchId: string) => void
  emptyText: string
}) {
  const { door, counts } = props
  const columns = useMemo(() => [...FILE, ...(counts ?? []), REFUSED], [counts])
  return (
    <ListPage<ImportBatchRow, object>
      title={props.title}
      queryKey={IMPORT_KEYS.all(door)}
      load={({ after, limit }) => apiGet(`${door.room}/imports`, { after, limit })}
      columns={columns}
      rowKey={(one) => one.id}
      settingsKey={props.settingsKey}
      onRowOpen={(one) => props.onOpen(one.id)}
      emptyText={props.emptyText}
    />
  )
}
