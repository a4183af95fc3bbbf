import type { Platform } from '../platform/platform.ts'
import { SETTINGS } from '../platform/settings.ts'
import { KEEP_DAYS } from './import-view.ts'
import { removeBatch } from './remove-batch.ts'
import { SYSTEM } from './review-store.ts'

/** Batches deleted at one sweep: each takes all its rows along. */
const AT_ONCE = 20

/**
 * Deletes batches that nobody has submitted or touched for as long as they are kept (`import.keepDays`): rows, corrections and file; the trace stays in
 * the audit. Each in a transaction of its own, so that a killed process leaves whole batches. Returns how many went.
 */
export async function expireBatches(platform: Platform): Promise<number> {
  const { db, clock } = platform
  const now = clock.now()
  let removed = 0
  while (removed < AT_ONCE && (await expireNext(now))) removed++
  return removed

  function expireNext(now: Date): Promise<boolean> {
    return db.inSystem(async (tx) => {
      // The shortest time set anywhere narrows the search to the old end of an index.
      const [batch] = await tx.query<{ id: string; file_id: string; org_path: string; status: string }>(
        `select id, file_id, org_path, status from import_batch
         where status in ('failed', 'ready', 'cancelled')
           and touched_at < $1::timestamptz - make_interval(days => (select least($2::int, min((value#>>'{}')::int)) from setting where key = 'import.keepDays'))
           and touched_at < $1::timestamptz - make_interval(days => ${KEEP_DAYS})
         order by touched_at limit 1 for update of import_batch skip locked`,
        [now, SETTINGS['import.keepDays']],
      )
      if (!batch) return false
      await removeBatch(
        tx,
        platform,
        { id: batch.id, fileId: batch.file_id },
        {
          actorId: SYSTEM.accountId,
          actorName: SYSTEM.displayName,
          orgPath: batch.org_path,
          action: 'import.expire',
          detail: { was: batch.status },
          requestId: 'housekeeping',
        },
      )
      return true
    })
  }
}
