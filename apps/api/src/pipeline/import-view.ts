import { REGCAT } from '@xueji/contracts/codes/student-codes'
import { wordIssue } from '@xueji/contracts/issues/catalogue'
import { FILE_REFUSALS } from '@xueji/contracts/issues/refusals'
import type { ImportBatchRow, IssueRow, RowIssue } from '@xueji/contracts/pipeline/import.api'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import type { Issue } from '@xueji/domain/kernel/issue'
import { SETTINGS } from '../platform/settings.ts'
import type { FileFailure } from './import-store.ts'
import { IMPORT_PHASES, type ImportPhase } from './import-store.ts'

/** A batch as stored. */
export type StoredBatch = {
  id: string
  file_name: string
  uploaded_at: Date
  uploader_name: string
  status: keyof typeof STATUS_NAMES
  category: string
  total_rows: number
  valid_rows: number
  invalid_rows: number
  dropped_rows: number
  recognised_rows: number
  version: number
  phase: ImportPhase
  progress: number
  failure: FileFailure | null
  finished_at: Date | null
  touched_at: Date
  keep_days: number
  outcome: Record<string, number> | null
  may_undo: boolean
}

/** Days an organisation's unsubmitted batches are kept: the setting nearest to it. */
export const KEEP_DAYS = `coalesce((select (s.value#>>'{}')::int from setting s where s.key = 'import.keepDays'
  and starts_with(import_batch.org_path, s.org_path) order by length(s.org_path) desc limit 1), ${SETTINGS['import.keepDays']})`

// Whether anything was decided is one look, however large the batch: the database notes it with the first decision (decision 0010).
const MAY_UNDO = `(import_batch.status = 'succeeded' and import_batch.outcome is null and not exists (select 1 from import_decided d where d.batch_id = import_batch.id))`

/** Columns of `StoredBatch` over `import_batch`. */
export const BATCH_COLUMNS = `import_batch.id, file_name, uploaded_at, uploader_name, status, category, total_rows, valid_rows, invalid_rows, dropped_rows,
  recognised_rows, version, phase, progress, failure, finished_at, touched_at, outcome, ${KEEP_DAYS} as keep_days, ${MAY_UNDO} as may_undo`

// 处理结果 (codes 3.2), and what a change set adds to it.
const STATUS_NAMES = {
  pending: '未处理',
  running: '处理中',
  failed: '处理失败',
  ready: '待提交',
  succeeded: '处理成功',
  cancelled: '已取消',
} as const

/** States that end with time, and may be deleted before. */
export const IDLE_STATUSES: readonly string[] = ['failed', 'ready', 'cancelled']

const DAY_MILLIS = 86_400_000

/** A batch in the words of 文件上传记录. */
export function presentBatch(batch: StoredBatch): ImportBatchRow {
  return {
    id: batch.id,
    fileName: batch.file_name,
    uploadedAt: batch.uploaded_at.toISOString(),
    uploaderName: batch.uploader_name,
    status: batch.status,
    statusName: STATUS_NAMES[batch.status],
    category: batch.category,
    categoryName: REGCAT.label(batch.category),
    totalRows: batch.total_rows,
    validRows: batch.valid_rows,
    invalidRows: batch.invalid_rows,
    phase: batch.phase,
    phaseName: IMPORT_PHASES[batch.phase][0],
    progress: batch.progress,
    failure: batch.failure ? presentFailure(batch.failure) : null,
    finishedAt: batch.finished_at?.toISOString() ?? null,
    version: batch.version,
    droppedRows: batch.dropped_rows,
    recognisedRows: batch.recognised_rows,
    mayUndo: batch.may_undo,
    outcome: batch.outcome,
    expiresAt: IDLE_STATUSES.includes(batch.status)
      ? new Date(batch.touched_at.getTime() + batch.keep_days * DAY_MILLIS).toISOString()
      : null,
  }
}

function presentFailure(failure: FileFailure): { title: string; advice: string; detail?: string } {
  const [title, advice] = FILE_REFUSALS[failure.code] ?? FILE_REFUSALS.damaged!
  const shown = DETAIL_SHOWN.has(failure.code) ? failure.detail : undefined
  return { title, advice, ...(shown ? { detail: shown } : {}) }
}

// Details of other codes name parts of the file's inside, which help nobody.
const DETAIL_SHOWN = new Set(['columnsMissing', 'columnsDuplicated', 'otherTemplate'])

/** The header a field stands under. */
export function labelOf(template: RoomTemplate | undefined, field: string | undefined): string {
  return template?.columns.find((column) => column.key === field)?.header ?? ''
}

/** One issue in words. */
export function presentIssue(issue: Issue, template: RoomTemplate | undefined): RowIssue {
  const label = labelOf(template, issue.field)
  return {
    ...(issue.field ? { field: issue.field } : {}),
    label,
    code: issue.code,
    severity: issue.severity,
    ...(issue.value ? { value: issue.value } : {}),
    ...wordIssue(issue, label),
  }
}

// A registrar looks for what the cell says, not for the code it was read as.
function asWritten(issue: Issue, cells: Readonly<Record<string, string>>): Issue {
  const written = issue.field ? cells[issue.field] : undefined
  return written ? { ...issue, value: written } : issue
}

/** The issues of a row in the order of its columns. */
export function presentIssues(
  issues: readonly Issue[],
  cells: Readonly<Record<string, string>>,
  template: RoomTemplate | undefined,
): RowIssue[] {
  const order = new Map(template?.columns.map((column, index) => [column.key, index]))
  return issues
    .map((issue) => presentIssue(asWritten(issue, cells), template))
    .sort((a, b) => (order.get(a.field ?? '') ?? 999) - (order.get(b.field ?? '') ?? 999))
}

/** A row with its issues; `summary` joins them with commas, as 问题说明 does (REG-008). */
export function presentIssueRow(
  row: { row_number: number; cells: Record<string, string>; issues: Issue[]; valid: boolean },
  template: RoomTemplate | undefined,
): IssueRow {
  const issues = presentIssues(row.issues, row.cells, template)
  const summary = issues
    .filter((issue) => issue.severity === 'error')
    .map((issue) => `${issue.message}，`)
    .join('')
  return { rowNumber: row.row_number, name: row.cells.name ?? '', valid: row.valid, summary, issues }
}
