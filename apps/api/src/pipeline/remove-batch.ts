import { type AuditLine, appendAudit } from '../platform/audit.ts'
import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'

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
  await tx.query('delete from import_batch where id = $1', [batch.id])
  await tx.query('delete from stored_file where id = $1', [batch.fileId])
  await appendAudit(tx, platform.clock, [{ ...line, target: batch.id }])
  await platform.files.remove(batch.fileId)
}
