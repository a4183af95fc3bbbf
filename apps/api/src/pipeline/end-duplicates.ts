import { appendAudit } from '../platform/audit.ts'
import type { Clock } from '../platform/clock.ts'
import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { releaseClaims } from '../record/identity-claims.ts'
import { appendEvents, SYSTEM, writeStates } from './review-store.ts'

/** Items ended in one transaction. */
const CHUNK = 2_000

/**
 * Ends every item that failed the duplicate check (REG-022, flows §0.2 D): state 查重不通过已结束, identity number given back, so that the school may correct
 * and file again. Set by set until none is left; run by the scheduler.
 */
export async function endDuplicates(platform: Platform): Promise<number> {
  let ended = 0
  for (;;) {
    const count = await platform.db.inSystem(async (tx) => {
      const items = await tx.query<ItemToEnd>(
        `select id, org_path as "orgPath", step, round, applicant_id as "applicantId" from review_item where status = 'duplicate' order by id limit $1 for update skip locked`,
        [CHUNK],
      )
      await endItems(tx, platform.clock, items, 'end-duplicates')
      return items.length
    })
    ended += count
    if (count < CHUNK) return ended
  }
}

/** An item the system is to end, locked by the caller. */
export type ItemToEnd = {
  readonly id: string
  readonly orgPath: string
  readonly step: number
  readonly round: number
  readonly applicantId: string
}

/** Ends items as the system: state, event, identity number given back, audit. As one set. */
export async function endItems(
  tx: Transaction,
  clock: Clock,
  items: readonly ItemToEnd[],
  requestId: string,
): Promise<void> {
  if (items.length === 0) return
  const at = clock.now().toISOString()
  await writeStates(
    tx,
    items.map(({ id, step, round }) => ({ id, step, round, status: 'ended', waitingPath: null, waitingAct: null })),
    at,
  )
  await appendEvents(
    tx,
    items.map((item) => ({
      itemId: item.id,
      orgPath: item.orgPath,
      kind: 'end',
      round: item.round,
      step: null,
      opinion: '',
      applicantId: item.applicantId,
    })),
    SYSTEM,
    at,
  )
  await releaseClaims(
    tx,
    items.map((item) => item.id),
    at,
  )
  await appendAudit(
    tx,
    clock,
    items.map((item) => ({
      actorId: null,
      actorName: SYSTEM.displayName,
      orgPath: item.orgPath,
      action: 'review.end',
      target: item.id,
      detail: {},
      requestId,
    })),
  )
}
