import type { Actor } from '@xueji/domain/access/roles'
import type { Transaction } from '../platform/db.ts'
import type { ImportJob } from './import-store.ts'

/** One correction as recorded: a cell edited, a row dropped or restored. */
export type CorrectionAct = {
  readonly rowNumber: number
  readonly field: string | null
  readonly act: 'edit' | 'drop' | 'restore'
  readonly before: string
  readonly after: string
}

const NEXT_STEP = '(select coalesce(max(step), 0) + 1 from import_correction where batch_id = $1)'

/** Records corrections as the next step of a batch. One statement. */
export async function recordCorrections(
  tx: Transaction,
  batch: { readonly id: string; readonly orgPath: string },
  acts: readonly CorrectionAct[],
  by: Pick<Actor, 'accountId' | 'displayName'>,
  at: Date,
  newId: () => string,
): Promise<void> {
  await tx.query(
    `insert into import_correction (id, batch_id, org_path, step, row_number, field, act, before, after, account_id, account_name, at)
     select c.id, $1, $2, ${NEXT_STEP}, c."rowNumber", c.field, c.act, c.before, c.after, $4, $5, $6
     from jsonb_to_recordset($3::jsonb) as c (id uuid, "rowNumber" int, field text, act text, before text, after text)`,
    [
      batch.id,
      batch.orgPath,
      JSON.stringify(acts.map((act) => ({ ...act, id: newId() }))),
      by.accountId,
      by.displayName,
      at,
    ],
  )
}

/** Marks the last step that still holds as taken back and returns what it had done; empty when there is none. */
export const takeBackLastStep = (tx: Transaction, batchId: string): Promise<CorrectionAct[]> =>
  tx.query<CorrectionAct>(
    `update import_correction set undone = true
     where batch_id = $1 and step = (select max(step) from import_correction where batch_id = $1 and not undone)
     returning row_number as "rowNumber", field, act, before, after`,
    [batchId],
  )

/** Cells of some rows that a correction still holds, by row number. */
export async function findCorrectedCells(
  tx: Transaction,
  batchId: string,
  rowNumbers: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const rows = await tx.query<{ row_number: number; fields: string[] }>(
    `select row_number, array_agg(distinct field order by field) as fields from import_correction
     where batch_id = $1 and not undone and act = 'edit' and row_number = any($2::int[]) group by row_number`,
    [batchId, rowNumbers],
  )
  return new Map(rows.map((row) => [row.row_number, row.fields]))
}

/** Leaves out every row that may not enter, as a step of its own that can be taken back. Two statements. */
export async function leaveOutInvalid(
  tx: Transaction,
  job: Pick<ImportJob, 'id' | 'orgPath' | 'filerId' | 'filerName'>,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into import_correction (id, batch_id, org_path, step, row_number, act, account_id, account_name, at)
     select new_id(), $1, $2, ${NEXT_STEP}, row_number, 'drop', $3, $4, $5 from import_row where batch_id = $1 and not valid and not dropped`,
    [job.id, job.orgPath, job.filerId, job.filerName, at],
  )
  await tx.query('update import_row set dropped = true where batch_id = $1 and not valid and not dropped', [job.id])
}
