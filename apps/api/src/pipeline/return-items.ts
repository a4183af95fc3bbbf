import type { RefusalId } from '@xueji/contracts/issues/refusals'
import { refusalMessage } from '@xueji/contracts/issues/refusals'
import type { Clock } from '../platform/clock.ts'
import type { Transaction } from '../platform/db.ts'
import { actAsSystem } from './act-as-system.ts'
import type { StoredItem } from './review-store.ts'

/** Sends items back to their applicants as the system, whose reason stands as the opinion: state, event, audit. As one set. */
export const returnItems = (
  tx: Transaction,
  clock: Clock,
  returns: readonly { readonly item: StoredItem; readonly reason: RefusalId }[],
  requestId: string,
): Promise<void> =>
  actAsSystem(
    tx,
    clock,
    returns.map(({ item, reason }) => ({
      item,
      status: 'returned',
      event: { kind: 'refuse', step: item.step, opinion: refusalMessage(reason) },
      audit: { action: 'review.return', detail: { room: item.room, step: item.step, round: item.round, reason } },
    })),
    requestId,
  )
