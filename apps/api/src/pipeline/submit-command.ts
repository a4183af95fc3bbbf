import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { auditCommand, type Commander, lockBatch, readBatch } from './batch-lock.ts'
import { dropRows, putBack } from './import-store.ts'
import type { StoredBatch } from './import-view.ts'
import type { Room } from './room.ts'

/**
 * 提交: a checked, clean batch is given to its job, which asks the nation once more and makes it items (REG-007); where the room allows, the clean rows of
 * a batch that is not clean. Who gives it is the applicant of the items.
 */
export async function submitStaged(
  tx: Transaction,
  platform: Pick<Platform, 'clock'>,
  room: Room,
  by: Commander,
  { id, version, cleanRowsOnly }: { readonly id: string; readonly version: number; readonly cleanRowsOnly: boolean },
): Promise<StoredBatch> {
  const batch = await lockBatch(tx, room, id, version)
  if (cleanRowsOnly && !room.mayFileCleanRows) refuse('import.wholeOnly')
  const mayFileClean = cleanRowsOnly && batch.status === 'failed' && batch.failure === null && batch.valid_rows > 0
  if (batch.status !== 'ready' && !mayFileClean) refuse('import.notReady')
  const now = platform.clock.now()
  await tx.query(
    `update import_batch set status = 'running', task = $2, phase = 'comparing', progress = 75, attempts = 0, version = version + 1, heartbeat_at = $3,
       touched_at = $3, submitted_by = $4, submitter_name = $5 where id = $1`,
    [id, mayFileClean ? 'submitClean' : 'submit', now, by.actor.accountId, by.actor.displayName],
  )
  await auditCommand(tx, platform, by, 'import.submit', id, { rows: batch.valid_rows, leftOut: batch.invalid_rows })
  return readBatch(tx, id)
}

/**
 * Cancels what has not ended: a file that waits or is being read leaves nothing staged, and its job stops at its next report; a submission is taken back and
 * leaves the batch as it was before 提交. Once the job makes items nothing can be cancelled: it holds the batch until all of them are there.
 */
export async function cancelBatch(
  tx: Transaction,
  platform: Pick<Platform, 'clock'>,
  room: Room,
  by: Commander,
  id: string,
): Promise<StoredBatch> {
  // Whoever waits longer than this waits for the closing transaction.
  await tx.query(`select set_config('lock_timeout', '1500', true)`)
  const batch = await lockBatch(tx, room, id)
  if (batch.status !== 'pending' && batch.status !== 'running') refuse('import.notRunning')
  const now = platform.clock.now()
  if (batch.status === 'pending' || !(await putBack(tx, id))) {
    await tx.query(
      `update import_batch set status = 'cancelled', phase = 'finished', progress = 100, finished_at = $2, touched_at = $2, version = version + 1,
         total_rows = 0, valid_rows = 0, invalid_rows = 0, dropped_rows = 0 where id = $1`,
      [id, now],
    )
    await dropRows(tx, id)
  }
  await auditCommand(tx, platform, by, 'import.cancel', id, { phase: batch.phase })
  return readBatch(tx, id)
}
