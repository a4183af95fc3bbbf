import type { Clock } from '../platform/clock.ts'
import type { Transaction } from '../platform/db.ts'
import { actAsSystem } from './act-as-system.ts'
import type { ItemToEnd } from './room.ts'

/** Ends items as the system: state, event, identity number given back, audit. As one set. */
export const endItems = (
  tx: Transaction,
  clock: Clock,
  items: readonly ItemToEnd[],
  requestId: string,
): Promise<void> =>
  actAsSystem(
    tx,
    clock,
    items.map((item) => ({
      item,
      status: 'ended',
      event: { kind: 'end', step: null, opinion: item.reason ?? '' },
      audit: { action: 'review.end', detail: {} },
    })),
    requestId,
  )
