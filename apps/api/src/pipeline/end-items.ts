import { appendAudit } from '../platform/audit.ts'
import type { Clock } from '../platform/clock.ts'
import type { Transaction } from '../platform/db.ts'
import { releaseClaims } from '../record/identity-claims.ts'
import { appendEvents, SYSTEM, writeStates } from './review-store.ts'
import type { ItemToEnd } from './room.ts'

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
      opinion: item.reason ?? '',
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
