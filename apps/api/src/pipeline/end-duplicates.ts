import { appendAudit } from '../platform/audit.ts'
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
      const at = platform.clock.now().toISOString()
      const items = await tx.query<{ id: string; orgPath: string; step: number; round: number; applicantId: string }>(
        `select i.id, i.org_path as "orgPath", i.step, i.round, i.applicant_id as "applicantId" from review_queue q join review_item i on i.id = q.item_id
         where q.status = 'duplicate' and i.status = 'duplicate' order by q.item_id limit $1 for update of i skip locked`,
        [CHUNK],
      )
      if (items.length === 0) return 0
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
        platform.clock,
        items.map((item) => ({
          actorId: null,
          actorName: SYSTEM.displayName,
          orgPath: item.orgPath,
          action: 'review.end',
          target: item.id,
          detail: {},
          requestId: 'end-duplicates',
        })),
      )
      return items.length
    })
    ended += count
    if (count < CHUNK) return ended
  }
}
