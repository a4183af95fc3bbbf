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
