import { appendFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { QUEUES } from '@xueji/db/queues'
import { ABSOLUTE_MILLIS, IDLE_MILLIS } from '../platform/http/session.ts'
import type { Platform } from '../platform/platform.ts'
import { isAnyUnverified } from '../record/student-verification.ts'
import { keepEvidence } from './evidence-store.ts'
import { expireBatches } from './expire-batches.ts'
import { keepExports } from './export-house.ts'
import { STATUS_BEFORE } from './import-store.ts'
import { keepPhotoPackages } from './photo/package-house.ts'

/** A job without a sign of life for this long is taken up by whoever finds it. */
const STALE_MILLIS = 15_000
const KEY_LIFE_MILLIS = 24 * 3600_000
/** A batch that ended its process this often will do so again. */
const MOST_ATTEMPTS = 6

/** Every few seconds and at start: takes up what a killed process left, drops what has served its time, anchors the audit heads outside the database. */
export async function keepHouse(platform: Platform): Promise<void> {
  const { db, clock, jobs } = platform
  const now = clock.now()
  const stale = new Date(now.getTime() - STALE_MILLIS)
  // A file that cannot be read ends as failed; a submission or 撤回 that cannot be carried out leaves its batch as it was before.
  await db.system.query(
    `update import_batch set finished_at = $2, phase = 'finished', progress = 100, version = version + 1,
       status = case when task = 'check' then 'failed' else ${STATUS_BEFORE} end,
       failure = case when task = 'check' then '{"code":"stopped"}'::jsonb end
     where status in ('pending', 'running') and attempts >= $1`,
    [MOST_ATTEMPTS, now],
  )
  const imports = await db.system.query<{ id: string }>(
    `select id from import_batch where status in ('pending', 'running') and heartbeat_at < $1`,
    [stale],
  )
  for (const { id } of imports) await jobs.send(QUEUES.importBatch, { batchId: id }, { key: id })
  const commands = await db.system.query<{ id: string }>(
    `select id from review_batch where status = 'running' and heartbeat_at < $1`,
    [stale],
  )
  for (const { id } of commands) await jobs.send(QUEUES.reviewBatch, { batchId: id }, { key: id })
  await keepExports(platform, stale)
  const [waiting] = await db.system.query(
    `select 1 from review_queue where status = 'checking' and next_check_at <= $1 limit 1`,
    [now],
  )
  if (waiting) await jobs.send(QUEUES.identityCheck, {}, { key: 'now' })
  if (await isAnyUnverified(db.system)) await jobs.send(QUEUES.studentVerification, {}, { key: 'now' })
  await db.system.query('delete from idempotency_key where created_at < $1', [
    new Date(now.getTime() - KEY_LIFE_MILLIS),
  ])
  await db.system.query('delete from session where expires_at < $1 or last_seen_at < $2', [
    now,
    new Date(now.getTime() - IDLE_MILLIS),
  ])
  await db.system.query('delete from login_failure where last_at < $1', [new Date(now.getTime() - ABSOLUTE_MILLIS)])
  await db.system.query('select sum_up_tally()')
  await keepPhotoPackages(platform, stale)
  await keepEvidence(platform)
  await expireBatches(platform)
  await anchorAudit(platform)
}

/** Name of the file of anchors in the data folder. */
export const ANCHOR_FILE = 'audit-anchors.jsonl'

let lastAnchored = ''

/** Writes the heads of all audit chains to a file beside the database, so that a cut tail shows (security: Audit). */
async function anchorAudit({ db, clock, config }: Platform): Promise<void> {
  const heads = await db.system.query<{ chain: number; seq: string; hash: string }>(
    'select chain, seq::text, hash from audit_chain where seq > 0 order by chain',
  )
  const text = JSON.stringify(heads)
  if (heads.length === 0 || text === lastAnchored) return
  await appendFile(
    resolve(config.dataFolder, ANCHOR_FILE),
    `${JSON.stringify({ at: clock.now().toISOString(), heads })}\n`,
  )
  lastAnchored = text
}
