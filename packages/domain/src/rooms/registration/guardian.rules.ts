import { findIdentityNumberFault } from '../../identity/identity-number.ts'
import type { IdentityClass } from '../../identity/identity-type.ts'
import type { Issue } from '../../kernel/issue.ts'
import { errorOn } from '../../kernel/issue.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { GuardianValues, StudentValues } from '../../student/field-catalogue.ts'

const OTHER_RELATION = '99'
const OTHER_DOCUMENT = /^[0-9A-Za-z()-]+$/

// Where the second member may be left out, one that was begun is filled in (fields 1.7, 1.10).
const NEEDED = ['name', 'relation', 'currentAddress', 'phone', 'isGuardian'] as const

/**
 * Issues of the family members: at least one is the guardian (REG-016), their documents (IDN-012), the note for 其他 (fields 1.7). A resident's two
 * members are required by the template; others may have one. Of a child without document one has a resident card (REG-017).
 */
export function checkGuardians(
  values: StudentValues,
  today: PlainDate,
  identityClass: IdentityClass = 'resident',
): readonly Issue[] {
  const guardians = values.guardians ?? []
  const issues = guardians.flatMap((guardian, index) => [
    ...(identityClass === 'resident' || index === 0 ? [] : checkBegun(guardian, index)),
    ...checkGuardian(guardian, index, values, today),
  ])
  const answered = guardians.filter((guardian) => guardian.isGuardian)
  if (
    answered.length > 0 &&
    answered.length === guardians.length &&
    answered.every((guardian) => guardian.isGuardian !== '1')
  )
    issues.push(errorOn('guardians.0.isGuardian', 'guardian.noneIsGuardian', '0'))
  const withCard = guardians.some(
    ({ identityType, identityNumber }) =>
      identityType === '1' && identityNumber && !findIdentityNumberFault(identityNumber, today),
  )
  if (identityClass === 'undocumented' && !withCard)
    issues.push(errorOn('guardians.0.identityType', 'guardian.noneHasResidentCard', guardians[0]?.identityType))
  return issues
}

const checkBegun = (guardian: GuardianValues, index: number): Issue[] =>
  Object.values(guardian).some((value) => value)
    ? NEEDED.filter((field) => !guardian[field]).map((field) =>
        errorOn(`guardians.${index}.${field}`, 'guardian.incomplete'),
      )
    : []

function checkGuardian(guardian: GuardianValues, index: number, student: StudentValues, today: PlainDate): Issue[] {
  const issues: Issue[] = []
  const at = (field: string): string => `guardians.${index}.${field}`
  const member = index + 1
  if (guardian.relation === OTHER_RELATION && !guardian.relationNote)
    issues.push(errorOn(at('relationNote'), 'guardian.relationNoteMissing', undefined, { member }))
  const { identityType, identityNumber } = guardian
  if (identityNumber && !identityType)
    issues.push(errorOn(at('identityType'), 'guardian.identityTypeMissing', undefined, { member }))
  if (!identityNumber && identityType && identityType !== 'Z')
    issues.push(errorOn(at('identityNumber'), 'guardian.identityNumberMissing', undefined, { member }))
  if (!identityNumber) return issues
  const fault = identityType === '1' ? findIdentityNumberFault(identityNumber, today) : undefined
  if (fault) issues.push(errorOn(at('identityNumber'), fault, identityNumber))
  else if (identityType !== '1' && !OTHER_DOCUMENT.test(identityNumber))
    issues.push(errorOn(at('identityNumber'), 'guardian.identityNumberCharacters', identityNumber, { member }))
  if (student.identityNumber && identityNumber === student.identityNumber)
    issues.push(errorOn(at('identityNumber'), 'guardian.sameAsStudent', identityNumber, { member }))
  return issues
}
