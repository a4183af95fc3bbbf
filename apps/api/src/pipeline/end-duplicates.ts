import type { Platform } from '../platform/platform.ts'
import { endItems } from './end-items.ts'
import type { ItemToEnd } from './room.ts'

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
        `select i.id, i.org_path as "orgPath", i.step, i.round, i.applicant_id as "applicantId" from review_queue q join review_item i on i.id = q.item_id
         where q.status = 'duplicate' and i.status = 'duplicate' order by q.item_id limit $1 for update of i skip locked`,
        [CHUNK],
      )
      await endItems(tx, platform.clock, items, 'end-duplicates')
      return items.length
    })
    ended += count
    if (count < CHUNK) return ended
  }
}
