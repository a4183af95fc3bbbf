import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { Actor } from '@xueji/domain/access/roles'
import type { ReviewCommand } from '@xueji/domain/review/machine'
import type { Transaction } from '../platform/db.ts'
import { rolesNow } from '../platform/http/session.ts'
import { publish } from '../platform/live-events.ts'
import type { Platform } from '../platform/platform.ts'
import { loadSettings } from '../platform/settings.ts'
import { BATCH_PART, closePart, type RefusedTarget, takePart } from './batch-targets.ts'
import { commandItems } from './review-command.ts'
import type { ReviewRoom } from './room.ts'

/** Parts worked off side by side: one is decided and hashed while the other is written and made safe on the disk. */
const LANES = 2

/** Refusals that mean "was not to be done" rather than "could not be done". */
const SKIPPED: ReadonlySet<RefusalId> = new Set([
  'review.alreadyDecided',
  'review.checkPending',
  'review.duplicate',
  'review.notYourStep',
  'review.notReturned',
])

type StoredBatch = {
  room: string
  command: Exclude<ReviewCommand, 'resubmit'>
  opinion: string
  actor: Actor
  request_id: string
  org_path: string
}

/**
 * Works off a batch command part by part, each in one transaction together with its outcomes: killed anywhere, it goes on where it stopped, nothing lost
 * and nothing doubled. Every target ends with an outcome (F-010). Several processes may run one batch: parts are taken with SKIP LOCKED.
 */
export async function runReviewBatch(
  platform: Platform,
  rooms: (name: string) => ReviewRoom | undefined,
  batchId: string,
): Promise<void> {
  const [batch] = await platform.db.system.query<{ total: number }>('select total from review_batch where id = $1', [
    batchId,
  ])
  const lanes = Math.min(LANES, Math.ceil((batch?.total ?? 0) / BATCH_PART))
  const ends = await Promise.allSettled(Array.from({ length: lanes }, () => runLane(platform, rooms, batchId)))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function runLane(
  platform: Platform,
  rooms: (name: string) => ReviewRoom | undefined,
  batchId: string,
): Promise<void> {
  const { db } = platform
  for (;;) {
    const [batch] = await db.system.query<StoredBatch>(
      `select room, command, opinion, actor, request_id, org_path from review_batch where id = $1 and status = 'running'`,
      [batchId],
    )
    const room = batch && rooms(batch.room)
    if (!batch || !room) return
    const settings = await loadSettings(db.system, batch.org_path)
    // Rights are those of now, as for a request: what was revoked meanwhile is not decided any more (SEC-008).
    const actor = { ...batch.actor, roles: await rolesNow(db.system, batch.actor.accountId, batch.actor.orgId) }
    const left = await db.inScopeOf(actor, (tx) => runPart(tx, platform, batchId, { ...batch, actor }, room, settings))
    await report(platform, batchId, batch.org_path)
    if (!left) break
  }
}

async function runPart(
  tx: Transaction,
  platform: Platform,
  batchId: string,
  batch: StoredBatch,
  room: ReviewRoom,
  settings: Awaited<ReturnType<typeof loadSettings>>,
): Promise<boolean> {
  const part = await takePart(tx, batchId)
  const outcomes = part
    ? await commandItems(tx, platform, batch.actor, settings, {
        room,
        command: batch.command,
        opinion: batch.opinion,
        ids: part.itemIds,
        requestId: batch.request_id,
      })
    : []
  const refused = outcomes.flatMap(({ id, refusal }): RefusedTarget[] =>
    refusal ? [{ id, outcome: SKIPPED.has(refusal) ? 'skipped' : 'failed', reason: refusal }] : [],
  )
  if (part) await closePart(tx, batchId, part, refused)
  const now = platform.clock.now()
  const countOf = (outcome: string): number => refused.filter((one) => one.outcome === outcome).length
  // Added up, not counted anew: a part of a large batch costs what one of a small batch does.
  const [state] = await tx.query<{ open: number }>(
    `update review_batch set heartbeat_at = $2::timestamptz, done = done + $3, skipped = skipped + $4, failed = failed + $5,
       status = case when done + skipped + failed + $6 = total then 'finished' else status end,
       finished_at = case when done + skipped + failed + $6 = total then $2::timestamptz end
     where id = $1 returning total - done - skipped - failed as open`,
    [batchId, now, outcomes.length - refused.length, countOf('skipped'), countOf('failed'), outcomes.length],
  )
  // What is left open is another process's when no part could be taken.
  return part !== undefined && state!.open > 0
}

async function report(platform: Platform, batchId: string, orgPath: string): Promise<void> {
  const [batch] = await platform.db.system.query<{ total: number; worked: number; status: string }>(
    'select total, done + skipped + failed as worked, status from review_batch where id = $1',
    [batchId],
  )
  if (!batch) return
  await publish(platform.db.system, {
    topic: 'review-batch',
    id: batchId,
    orgPath,
    phase: batch.status,
    done: batch.worked,
    total: batch.total,
  })
}
