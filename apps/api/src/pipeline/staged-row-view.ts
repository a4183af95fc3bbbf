import { codeTable } from '@xueji/contracts/codes/code-tables'
import { YESNO } from '@xueji/contracts/codes/student-codes'
import type { RowView, StagedRow } from '@xueji/contracts/pipeline/import.api'
import type { RoomTemplate, TemplateColumn } from '@xueji/contracts/template/template'
import { diffValues } from '@xueji/domain/student/diff-values'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import type { Executor } from '../platform/db.ts'
import { presentIssues } from './import-view.ts'
import type { Room } from './room.ts'
import { STAGED_COLUMNS, type StagedRecord } from './staged-rows.ts'

// Each view is the predicate of an index, so that a page costs what it shows and not what the batch holds.
const VIEWS: Readonly<Record<RowView, string>> = {
  failing: 'not valid and not dropped',
  warning: `issues <> '[]' and not dropped and issues @> '[{"severity":"warning"}]'`,
  corrected: `corrected <> '{}'`,
  dropped: 'dropped',
  clean: 'valid and not dropped',
  all: 'true',
}

/** Which rows are asked for. */
export type RowChoice = {
  readonly view: RowView
  readonly code?: string | undefined
  readonly field?: string | undefined
}

function conditionOf({ view, code, field }: RowChoice, place: number): { where: string; values: string[] } {
  if (!code && !field) return { where: VIEWS[view], values: [] }
  const issue = { ...(code ? { code } : {}), ...(field ? { field } : {}) }
  return {
    where: `${VIEWS[view]} and issues <> '[]' and issues @> $${place}::jsonb`,
    values: [JSON.stringify([issue])],
  }
}

/** Rows of a batch from a row number on, in order. */
export function listRows(
  db: Executor,
  batchId: string,
  choice: RowChoice,
  from: number,
  limit: number,
): Promise<StagedRecord[]> {
  const { where, values } = conditionOf(choice, 4)
  return db.query<StagedRecord>(
    `select ${STAGED_COLUMNS} from import_row where batch_id = $1 and row_number >= $2 and ${where} order by row_number limit $3`,
    [batchId, from, limit, ...values],
  )
}

/** How many rows of a batch a choice holds, up to a cap and one more. */
export async function countChosen(db: Executor, batchId: string, choice: RowChoice, cap: number): Promise<number> {
  const { where, values } = conditionOf(choice, 3)
  const [row] = await db.query<{ n: number }>(
    `select count(*)::int as n from (select 1 from import_row where batch_id = $1 and ${where} limit $2) as chosen`,
    [batchId, cap + 1, ...values],
  )
  return row!.n
}

/** Rows as the grid shows them; where the room changes records that exist, with what each would change. */
export async function presentRows(
  db: Executor,
  room: Room,
  template: RoomTemplate,
  batchId: string,
  rows: readonly StagedRecord[],
): Promise<StagedRow[]> {
  const rowNumbers = rows.map((row) => row.rowNumber)
  const existing = rows.length > 0 ? await room.findExisting?.(db, { batchId, rowNumbers }) : undefined
  return rows.map((row) => presentRow(row, template, existing?.get(row.rowNumber)))
}

function presentRow(row: StagedRecord, template: RoomTemplate, existing: StudentValues | undefined): StagedRow {
  const { rowNumber, cells, values, valid, dropped, corrected } = row
  const changes = existing ? changesOf(existing, values, template) : []
  const inConflict = row.issues.some((issue) => issue.layer === 'holder' && issue.severity === 'error')
  return {
    rowNumber,
    kind: inConflict ? 'conflict' : !existing ? 'new' : changes.length > 0 ? 'changed' : 'unchanged',
    name: cells.name ?? '',
    valid,
    dropped,
    cells: { ...cells },
    corrected: [...corrected],
    changes,
    issues: presentIssues(row.issues, cells, template),
  }
}

function changesOf(existing: StudentValues, values: StudentValues, template: RoomTemplate): StagedRow['changes'] {
  const columns = new Map(template.columns.map((column) => [column.key, column]))
  return diffValues(existing, values, [...columns.keys()]).map(({ field, before, after }) => {
    const column = columns.get(field)!
    return { field, label: column.header, before: nameOf(column, before), after: nameOf(column, after) }
  })
}

/** A value as a registrar reads it: the name of a code, 是 or 否, else the value itself. */
function nameOf(column: TemplateColumn, value: string): string {
  if (column.kind === 'yesNo') return YESNO.label(value)
  return column.kind === 'code' ? codeTable(column.codes ?? '').label(value) : value
}
