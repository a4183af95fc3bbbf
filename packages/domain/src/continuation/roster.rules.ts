import { birthDateOf, findIdentityNumberFault, genderOf } from '../identity/identity-number.ts'
import { identityClassOf, isOverseasNumber } from '../identity/identity-type.ts'
import { isPersonName } from '../identity/person-name.ts'
import type { Issue } from '../kernel/issue.ts'
import { errorOn } from '../kernel/issue.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import type { StudentValues } from '../student/field-catalogue.ts'

/**
 * Every issue of one line of the roster, or of one archive: the five fields and how they hang together (PRE-001, IDN-001…005, 010, 011). Shape has been
 * checked before; absent values are skipped here, except the number, which only children without a document may lack.
 */
export function checkRosterLine(values: StudentValues, today: PlainDate): readonly Issue[] {
  const { identityType, identityNumber, birthDate } = values
  const issues: Issue[] = []
  if (birthDate && birthDate > today) issues.push(errorOn('birthDate', 'register.bornInFuture', birthDate))
  if (!identityType) return issues
  const identityClass = identityClassOf(identityType as 'A')
  if (values.name && identityClass !== 'overseas' && !isPersonName(values.name))
    issues.push(errorOn('name', 'shape.personName', values.name))
  if (identityClass === 'undocumented')
    return identityNumber ? [...issues, errorOn('identityNumber', 'identity.notForOther', identityNumber)] : issues
  if (!identityNumber) return [...issues, errorOn('identityNumber', 'shape.required')]
  if (identityClass === 'overseas')
    return isOverseasNumber(identityType as 'A', identityNumber)
      ? issues
      : [...issues, errorOn('identityNumber', 'identity.overseasShape', identityNumber)]
  return [...issues, ...checkResident(values, identityNumber, today)]
}

function checkResident({ gender, birthDate }: StudentValues, number: string, today: PlainDate): Issue[] {
  const fault = findIdentityNumberFault(number, today)
  if (fault) return [errorOn('identityNumber', fault, number)]
  const issues: Issue[] = []
  if (gender && gender !== genderOf(number)) issues.push(errorOn('gender', 'identity.genderMismatch', gender))
  const expected = birthDateOf(number)!
  if (birthDate && birthDate !== expected)
    issues.push(errorOn('birthDate', 'identity.birthDateMismatch', birthDate, { expected }))
  return issues
}
