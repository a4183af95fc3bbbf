import { identityKey } from '../../duplicates/holder.ts'
import { birthDateOf, findIdentityNumberFault, genderOf } from '../../identity/identity-number.ts'
import type { IdentityClass, IdentityType } from '../../identity/identity-type.ts'
import { identityClassOf, isOverseasNumber } from '../../identity/identity-type.ts'
import type { Issue } from '../../kernel/issue.ts'
import { errorOn, warningOn } from '../../kernel/issue.ts'
import type { StudentValues } from '../../student/field-catalogue.ts'
import type { RegistrationFacts } from './registration.facts.ts'

const NONE = '00'

// fields 1.1 港澳台侨外: what usually goes with a document.
const USUAL_OVERSEAS_TYPES: Readonly<Record<string, readonly string[]>> = {
  '6': ['01', '02'],
  '7': ['03', '04'],
  '8': ['05', '06'],
  '9': ['11', '41', '51', '99'],
  A: ['11', '41', '51', '99'],
}

/** Issues of document, nationality and 港澳台侨外: the entry decides which there may be (REG-005, REG-010, IDN-001…011, fields 1.1, 1.10). */
export function checkIdentity(values: StudentValues, facts: RegistrationFacts): Issue[] {
  const { identityClass } = facts.entry
  const { identityType } = values
  const wrongType = identityType !== undefined && identityClassOf(identityType as IdentityType) !== identityClass
  return [
    ...(wrongType ? [errorOn('identityType', 'register.wrongIdentityType', identityType, { identityClass })] : []),
    ...checkOrigin(values, identityClass),
    ...(wrongType ? [] : checkNumber(values, facts)),
  ]
}

function checkOrigin(
  { nationality, overseasType, identityType }: StudentValues,
  identityClass: IdentityClass,
): Issue[] {
  const issues: Issue[] = []
  if (identityClass !== 'overseas') {
    if (nationality && nationality !== 'CHN')
      issues.push(errorOn('nationality', 'register.nationalityNotChina', nationality, { identityClass }))
    if (identityClass === 'undocumented' && overseasType && overseasType !== NONE)
      issues.push(errorOn('overseasType', 'register.overseasTypeNotNone', overseasType))
    return issues
  }
  if (nationality === 'CHN') issues.push(errorOn('nationality', 'register.nationalityChina', nationality))
  if (overseasType === NONE) issues.push(errorOn('overseasType', 'register.overseasTypeNone', overseasType))
  else if (overseasType && USUAL_OVERSEAS_TYPES[identityType ?? '']?.includes(overseasType) === false)
    issues.push(warningOn('overseasType', 'register.overseasTypeUnusual', overseasType))
  return issues
}

function checkNumber(values: StudentValues, facts: RegistrationFacts): Issue[] {
  const { identityType, identityNumber } = values
  if (!identityNumber) return []
  const { identityClass } = facts.entry
  if (identityClass === 'undocumented') return [errorOn('identityNumber', 'identity.mustBeEmpty', identityNumber)]
  if (identityClass === 'resident') {
    const fault = findIdentityNumberFault(identityNumber, facts.today)
    if (fault) return [errorOn('identityNumber', fault, identityNumber)]
    return [...checkDerived(values, identityNumber, facts), ...checkHolder(values, facts)]
  }
  if (identityType && !isOverseasNumber(identityType as IdentityType, identityNumber))
    return [errorOn('identityNumber', 'identity.overseasNumber', identityNumber)]
  return checkHolder(values, facts)
}

/** IDN-004, IDN-005: what stands in a resident number. */
function checkDerived({ gender, birthDate }: StudentValues, number: string, facts: RegistrationFacts): Issue[] {
  const issues: Issue[] = []
  const region = number.slice(0, 6)
  if (gender && gender !== genderOf(number)) issues.push(errorOn('gender', 'identity.genderMismatch', gender))
  if (birthDate && birthDate !== birthDateOf(number))
    issues.push(errorOn('birthDate', 'identity.birthDateMismatch', birthDate, { expected: birthDateOf(number)! }))
  if (!facts.countyCodes.has(region))
    issues.push(warningOn('identityNumber', 'identity.regionUnknown', number, { region }))
  return issues
}

function checkHolder({ identityType, identityNumber }: StudentValues, facts: RegistrationFacts): Issue[] {
  const holder = facts.holders.get(identityKey(identityType, identityNumber))
  if (!holder) return []
  const code = holder.sameSchool ? 'duplicate.sameSchool' : 'duplicate.elsewhere'
  return [errorOn('identityNumber', code, identityNumber, { where: holder.where })]
}
