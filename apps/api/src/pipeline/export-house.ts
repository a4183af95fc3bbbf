import { QUEUES } from '@xueji/db/queues'
import { appendAudit } from '../platform/audit.ts'
import type { Platform } from '../platform/platform.ts'
import { finishLine } from './export-audit.ts'
import { GIVEN_UP, giveUpExports } from './export-store.ts'

/** An export that ended its process this often will do so again. */
const MOST_ATTEMPTS = 6
/** The record of an export stays in its list for a month; the audit keeps it for ever. */
const KEEP_RECORD_MILLIS = 30 * 24 * 3600_000
const FILES_AT_ONCE = 500

/** Takes up exports that a killed process left, and removes files that have served their time or never became whole. */
export async function keepExports({ db, clock, jobs, files }: Platform, stale: Date): Promise<void> {
  const now = clock.now()
  await db.inSystem(async (tx) => {
    const jobs = await giveUpExports(tx, MOST_ATTEMPTS, stale, now)
    await appendAudit(
      tx,
      clock,
      jobs.map((job) => finishLine(job, GIVEN_UP, undefined)),
    )
  })
  const left = await db.system.query<{ id: string }>(
    `select id from export_job where status in ('pending', 'running') and heartbeat_at < $1`,
    [stale],
  )
  for (const { id } of left) await jobs.send(QUEUES.exportList, { exportId: id }, { key: id })
  await db.system.query(`update export_job set status = 'expired' where status = 'ready' and expires_at <= $1`, [now])
  // The file goes first: whoever is killed in between finds it named here again. One that is being left may still be written to for a moment.
  const gone = await db.system.query<{ id: string; file_id: string }>(
    `select id, file_id from export_job where file_id is not null and status in ('expired', 'failed', 'cancelled') and heartbeat_at < $1 limit ${FILES_AT_ONCE}`,
    [stale],
  )
  for (const { file_id } of gone) await files.remove(file_id)
  if (gone.length > 0) {
    await db.system.query('delete from stored_file where id = any($1::uuid[])', [gone.map(({ file_id }) => file_id)])
    await db.system.query('update export_job set file_id = null where id = any($1::uuid[])', [gone.map(({ id }) => id)])
  }
  await db.system.query('delete from export_job where file_id is null and created_at < $1', [
    new Date(now.getTime() - KEEP_RECORD_MILLIS),
  ])
}
