import { type AuditLine, appendAudit } from '../platform/audit.ts'
import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'

/** Rows removed by one statement: a hundred thousand at once take longer than a request's statement may. */
const REMOVED_AT_ONCE = 10_000

/**
 * Removes a batch that never became items: its rows, corrections and file go with it, the trace of the upload stays in the audit. The file goes last,
 * inside the transaction: should the commit fail, the batch is still there to be removed again, and nobody's data lies about without one.
 */
export async function removeBatch(
  tx: Transaction,
  platform: Pick<Platform, 'clock' | 'files'>,
  batch: { readonly id: string; readonly fileId: string },
  line: Omit<AuditLine, 'target'>,
): Promise<void> {
  await removeRows(tx, batch.id)
  await tx.query('delete from import_batch where id = $1', [batch.id])
  await tx.query('delete from stored_file where id = $1', [batch.fileId])
  await appendAudit(tx, platform.clock, [{ ...line, target: batch.id }])
  await platform.files.remove(batch.fileId)
}

async function removeRows(tx: Transaction, batchId: string): Promise<void> {
  for (let removed = REMOVED_AT_ONCE; removed === REMOVED_AT_ONCE; ) {
    const [gone] = await tx.query<{ n: number }>(
      `with gone as (
         delete from import_row where batch_id = $1 and row_number in (select row_number from import_row where batch_id = $1 order by row_number limit $2) returning 1)
       select count(*)::int as n from gone`,
      [batchId, REMOVED_AT_ONCE],
    )
    removed = gone!.n
  }
}
