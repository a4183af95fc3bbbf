import type { IdentityGateway } from '../platform/identity/identity-gateway.ts'
import type { Platform } from '../platform/platform.ts'
import { takeUnverified, type Verified, writeVerifications } from '../record/student-verification.ts'

/** Children asked about at a time: one call of the register. Live registrations keep the other lanes. */
const TAKE = 500

/**
 * Asks the population register about the children of loads, in the background and as sets: take, ask, write (DUP-001, IDN). What cannot be answered stays
 * 未认证 and is asked again by a later sweep, never passed (DUP-010). One process at a time; killed between asking and writing, they are asked about again.
 */
export async function verifyStudents(
  platform: Platform,
  gateway: Pick<IdentityGateway, 'verifyIdentities'>,
): Promise<void> {
  const { db, clock } = platform
  await db.exclusively('student-verification', async () => {
    for (let after: string | null = null; ; ) {
      const due = await takeUnverified(db.system, after, TAKE)
      if (due.length === 0) return
      const results = await gateway.verifyIdentities(
        due.map(({ id, name, identityNumber }) => ({ ref: id, name, identityNumber })),
      )
      const answers = results.flatMap(({ ref, outcome }): Verified[] =>
        outcome === 'unavailable' ? [] : [{ id: ref, outcome }],
      )
      // The register is away: whoever comes next would wait in vain too.
      if (answers.length === 0) return
      const stamp = { at: clock.now().toISOString(), today: clock.today() }
      await db.inSystem((tx) => writeVerifications(tx, clock.newId, answers, stamp))
      after = due.at(-1)!.id
    }
  })
}
