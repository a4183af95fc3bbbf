import type { RefusalId } from '@xueji/contracts/issues/refusals'
import { refusalMessage } from '@xueji/contracts/issues/refusals'
import { appendAudit } from '../platform/audit.ts'
import type { Clock } from '../platform/clock.ts'
import type { Transaction } from '../platform/db.ts'
import { appendEvents, type StoredItem, SYSTEM, writeStates } from './review-store.ts'

/** Sends items back to their applicants as the system, whose reason stands as the opinion: state, event, audit. As one set. */
export async function returnItems(
  tx: Transaction,
  clock: Clock,
  returns: readonly { readonly item: StoredItem; readonly reason: RefusalId }[],
  requestId: string,
): Promise<void> {
  if (returns.length === 0) return
  const at = clock.now().toISOString()
  await writeStates(
    tx,
    returns.map(({ item: { id, step, round } }) => ({
      id,
      step,
      round,
      status: 'returned',
      waitingPath: null,
      waitingAct: null,
    })),
    at,
  )
  await appendEvents(
    tx,
    returns.map(({ item, reason }) => ({
      itemId: item.id,
      orgPath: item.orgPath,
      kind: 'refuse',
      round: item.round,
      step: item.step,
      opinion: refusalMessage(reason),
      applicantId: item.applicantId,
    })),
    SYSTEM,
    at,
  )
  await appendAudit(
    tx,
    clock,
    returns.map(({ item, reason }) => ({
      actorId: null,
      actorName: SYSTEM.displayName,
      orgPath: item.orgPath,
      action: 'review.return',
      target: item.id,
      detail: { room: item.room, step: item.step, round: item.round, reason },
      requestId,
    })),
  )
}
