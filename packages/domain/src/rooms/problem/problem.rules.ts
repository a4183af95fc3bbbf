import type { Gender } from '../../identity/identity-number.ts'
import { birthDateOf, findIdentityNumberFault, genderOf } from '../../identity/identity-number.ts'
import type { IdentityType } from '../../identity/identity-type.ts'
import { canonicalIdentityNumber, identityClassOf, isOverseasNumber } from '../../identity/identity-type.ts'
import { isPersonName } from '../../identity/person-name.ts'
import type { Issue } from '../../kernel/issue.ts'
import { errorOn } from '../../kernel/issue.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'

/** The part of a record that says who a child is. */
export type IdentityValues = {
  readonly name: string
  readonly identityType: IdentityType
  readonly identityNumber: string | null
  readonly gender: Gender
  readonly birthDate: PlainDate
}

/** What the registrar asks for (menu §3.1, 变更页). */
export type AmendmentWish = Pick<IdentityValues, 'name' | 'identityType' | 'identityNumber'>

/** What an amendment is judged by. */
export type AmendmentFacts = {
  readonly today: PlainDate
  readonly studentNumber: string
  /** 认证不通过：号与姓名不匹配: only then may the name be amended here (flows §4.2). */
  readonly mayAmendName: boolean
  /** A member of the family with a resident card stands in the record (REG-017). */
  readonly hasGuardianWithCard: boolean
}

/** Why an amendment may not be filed at all. */
export type AmendmentRefusal =
  | 'problem.nothingAmended'
  | 'problem.nameAndNumber'
  | 'problem.nameClosed'
  | 'problem.formalToUndocumented'
  | 'problem.guardianCard'

/** The identity after an amendment, or why there is none: a forbidden case, or issues of its fields. */
export type AmendmentOutcome =
  | { readonly after: IdentityValues }
  | { readonly refusal: AmendmentRefusal }
  | { readonly issues: readonly Issue[] }

/**
 * Judges an amendment before anything is asked of the nation (PROB-006, PROB-007, PROB-010, IDN-001…011): with a resident card gender and birth date
 * follow the number (IDN-006), with another document they stay as they are.
 */
export function planAmendment(before: IdentityValues, wish: AmendmentWish, facts: AmendmentFacts): AmendmentOutcome {
  const name = wish.name.trim()
  const number = wish.identityType === 'Z' ? null : canonicalIdentityNumber(wish.identityNumber ?? '')
  const renamed = name !== before.name
  const renumbered = wish.identityType !== before.identityType || number !== before.identityNumber
  if (!renamed && !renumbered) return { refusal: 'problem.nothingAmended' }
  if (renamed && renumbered) return { refusal: 'problem.nameAndNumber' }
  if (renamed && !facts.mayAmendName) return { refusal: 'problem.nameClosed' }
  if (renamed && !isPersonName(name)) return { issues: [errorOn('name', 'shape.personName', name)] }
  if (wish.identityType === 'Z') {
    if (facts.studentNumber.startsWith('G')) return { refusal: 'problem.formalToUndocumented' }
    if (!facts.hasGuardianWithCard) return { refusal: 'problem.guardianCard' }
  }
  const issue = findNumberIssue(wish.identityType, number, facts.today)
  if (issue) return { issues: [issue] }
  const after = { ...before, name, identityType: wish.identityType, identityNumber: number }
  if (wish.identityType !== '1') return { after }
  return { after: { ...after, gender: genderOf(number!), birthDate: birthDateOf(number!)! } }
}

function findNumberIssue(type: IdentityType, number: string | null, today: PlainDate): Issue | undefined {
  if (type === 'Z') return undefined
  if (!number) return errorOn('identityNumber', 'shape.required')
  if (identityClassOf(type) === undefined) return errorOn('identityType', 'shape.code', type)
  if (type !== '1')
    return isOverseasNumber(type, number) ? undefined : errorOn('identityNumber', 'identity.overseasNumber', number)
  const fault = findIdentityNumberFault(number, today)
  return fault ? errorOn('identityNumber', fault, number) : undefined
}
