import type { CellFaults, CheckedRow, ReadRow } from '@xueji/contracts/template/row-check'
import { passes } from '@xueji/domain/kernel/issue'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import type { Executor, Transaction } from '../platform/db.ts'
import type { StagedIssue } from './row-stage.ts'
import { comparedOf } from './row-stage.ts'

/** A staged row as it is kept. */
export type StagedRecord = {
  readonly rowNumber: number
  readonly cells: Readonly<Record<string, string>>
  readonly values: StudentValues
  readonly issues: readonly StagedIssue[]
  readonly valid: boolean
  readonly dropped: boolean
  readonly corrected: readonly string[]
  readonly cellFaults: CellFaults | null
}

/** Columns of `StagedRecord` over `import_row`. */
export const STAGED_COLUMNS =
  'row_number as "rowNumber", cells, values, issues, valid, dropped, corrected, cell_faults as "cellFaults"'

/** Rows of a batch by their numbers, in order; a number that is none of its rows is left out. */
export const loadRows = (db: Executor, batchId: string, rowNumbers: readonly number[]): Promise<StagedRecord[]> =>
  db.query<StagedRecord>(
    `select ${STAGED_COLUMNS} from import_row where batch_id = $1 and row_number = any($2::int[]) order by row_number`,
    [batchId, rowNumbers],
  )

/** How many rows of a batch are to enter. */
export async function countStaged(tx: Transaction, batchId: string): Promise<number> {
  const [staged] = await tx.query<{ n: number }>(
    'select count(*)::int as n from import_row where batch_id = $1 and not dropped',
    [batchId],
  )
  return staged!.n
}

/** Writes rows as they are now. One statement. */
export async function writeRows(tx: Transaction, batchId: string, rows: readonly StagedRecord[]): Promise<void> {
  if (rows.length === 0) return
  const written = rows.map((row) => ({ ...row, compared: comparedOf(row.values) }))
  await tx.query(
    `update import_row r set cells = w.cells, values = w.values, issues = w.issues, valid = w.valid, dropped = w.dropped,
       corrected = array(select jsonb_array_elements_text(w.corrected)), compared = w.compared
     from jsonb_to_recordset($2::jsonb) as w ("rowNumber" int, cells json, values jsonb, issues jsonb, valid boolean, dropped boolean, corrected jsonb, compared jsonb)
     where r.batch_id = $1 and r.row_number = w."rowNumber"`,
    [batchId, JSON.stringify(written)],
  )
}

/** The same row with these issues; whether it may enter follows. */
export const withIssues = (row: StagedRecord, issues: readonly StagedIssue[]): StagedRecord => ({
  ...row,
  issues,
  valid: passes(issues),
})

/** The row checked by itself once more; what comparison and nation said of it stays. */
export function recheckRow(row: StagedRecord, check: (row: ReadRow) => CheckedRow): StagedRecord {
  const cellFaults = liveFaults(row)
  const { values, issues } = check({ rowNumber: row.rowNumber, cells: row.cells, cellFaults })
  return withIssues({ ...row, values }, [...issues, ...row.issues.filter((issue) => issue.layer)])
}

/** What the reader noticed about cells that still hold what the file held. */
export function liveFaults({ cellFaults, corrected }: StagedRecord): CellFaults {
  return Object.fromEntries(Object.entries(cellFaults ?? {}).filter(([field]) => !corrected.includes(field)))
}
