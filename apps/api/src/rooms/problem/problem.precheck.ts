import type { RefusalId } from '@xueji/contracts/issues/refusals'
import { identityKey } from '@xueji/domain/duplicates/holder'
import { identityClassOf } from '@xueji/domain/identity/identity-type'
import type { IdentityValues } from '@xueji/domain/rooms/problem/problem.rules'
import type { Database } from '../../platform/db.ts'
import type { IdentityGateway } from '../../platform/identity/identity-gateway.ts'
import { findHolders } from '../../record/identity-claims.ts'

/** Who can be asked about identities. */
export type IdentityRegister = Pick<IdentityGateway, 'checkDuplicates' | 'verifyIdentities'>

/** An amendment about to be filed. */
export type AmendmentToCheck = {
  readonly studentId: string
  readonly before: IdentityValues
  readonly after: IdentityValues
}

/** Why an amendment is not filed; `detail` is what the page adds to the sentence. */
export type PrecheckFault = { readonly refusal: RefusalId; readonly detail?: string }

/**
 * 查重认证 before an amendment is filed (PROB-008, PROB-009): first the nation's live holders and the national base, then the population register for
 * resident cards. What cannot be answered is not filed (DUP-010). Asked as sets, outside any transaction. Returns the faults by student.
 */
export async function precheckAmendments(
  db: Database,
  register: IdentityRegister,
  amendments: readonly AmendmentToCheck[],
  askerPath: string,
): Promise<Map<string, PrecheckFault>> {
  const faults = new Map<string, PrecheckFault>()
  const renumbered = amendments.filter(
    ({ before, after }) =>
      after.identityNumber !== null &&
      (after.identityNumber !== before.identityNumber || after.identityType !== before.identityType),
  )
  const persons = renumbered.map(({ studentId, after }) => ({
    ref: studentId,
    identityType: after.identityType,
    identityNumber: after.identityNumber!,
  }))
  const holders = await findHolders(db.system, persons, [], askerPath)
  const national = persons.length > 0 ? await register.checkDuplicates(persons) : []
  const answers = new Map(national.map((one) => [one.ref, one]))
  for (const { ref, identityType, identityNumber } of persons) {
    const holder = holders.get(identityKey(identityType, identityNumber))
    const answer = answers.get(ref)
    if (holder) faults.set(ref, { refusal: 'problem.numberHeld', detail: holder.where })
    else if (!answer || answer.outcome === 'unavailable') faults.set(ref, { refusal: 'problem.registerAway' })
    else if (answer.outcome === 'duplicate')
      faults.set(ref, {
        refusal: 'problem.numberHeld',
        ...(answer.holder?.provinceName ? { detail: answer.holder.provinceName } : {}),
      })
  }
  const toVerify = amendments.filter(
    ({ studentId, after }) => !faults.has(studentId) && identityClassOf(after.identityType) === 'resident',
  )
  const verified =
    toVerify.length > 0
      ? await register.verifyIdentities(
          toVerify.map(({ studentId, after }) => ({
            ref: studentId,
            name: after.name,
            identityNumber: after.identityNumber!,
          })),
        )
      : []
  for (const { ref, outcome } of verified)
    if (outcome === 'unavailable') faults.set(ref, { refusal: 'problem.registerAway' })
    else if (outcome !== 'match')
      faults.set(ref, {
        refusal: 'problem.unverified',
        detail: outcome === 'notFound' ? '身份证号不存在' : '身份证号与姓名不匹配',
      })
  return faults
}
