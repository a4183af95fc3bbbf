import { birthDateOf, findIdentityNumberFault, genderOf } from '../../identity/identity-number.ts'
import { identityClassOf, isOverseasNumber } from '../../identity/identity-type.ts'
import { isPersonName } from '../../identity/person-name.ts'
import type { Issue } from '../../kernel/issue.ts'
import { errorOn, warningOn } from '../../kernel/issue.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { StudentValues } from '../../student/field-catalogue.ts'
import { isStudentNumber } from '../../student/student-number.ts'

/** What makes an identity number wrong by itself: the child enters all the same, as 问题学籍 of type 1, error kind 校验位错误 (PROB-001, codes 3.4). */
export const WRONG_NUMBER_CODES: readonly string[] = [
  'identity.length',
  'identity.oldFormat',
  'identity.characters',
  'identity.province',
  'identity.birthDate',
  'identity.checkCharacter',
  'identity.overseasShape',
  'identity.genderMismatch',
  'identity.birthDateMismatch',
]

/** What makes the student number that a row brings no number of ours (NUM-001): another one is allotted. */
export const LOST_NUMBER_CODES: readonly string[] = ['legacy.studentNumber']

/**
 * Every issue of one row of a load of old records. What cannot be a student is an error and stays out; a wrong identity or student number is a warning:
 * the child is in school, whatever was written down about it. Shape has been checked before.
 */
export function checkLegacyRow(values: StudentValues, today: PlainDate): readonly Issue[] {
  const { name, birthDate, identityType } = values
  const issues: Issue[] = []
  if (birthDate && birthDate > today) issues.push(errorOn('birthDate', 'register.bornInFuture', birthDate))
  const identityClass = identityType && identityClassOf(identityType as 'A')
  if (name && identityClass && identityClass !== 'overseas' && !isPersonName(name))
    issues.push(errorOn('name', 'shape.personName', name))
  if (identityClass === 'overseas' && !values.nationality) issues.push(errorOn('nationality', 'shape.required'))
  return [...issues, ...checkDocument(values, identityClass, today), ...checkOwnNumber(values, today)]
}

function checkDocument(
  values: StudentValues,
  identityClass: ReturnType<typeof identityClassOf> | '',
  today: PlainDate,
): Issue[] {
  const { identityType, identityNumber } = values
  if (!identityClass) return []
  if (identityClass === 'undocumented')
    return identityNumber ? [errorOn('identityNumber', 'identity.notForOther', identityNumber)] : []
  if (!identityNumber) return [errorOn('identityNumber', 'legacy.numberMissing')]
  if (identityClass === 'overseas')
    return isOverseasNumber(identityType as 'A', identityNumber)
      ? []
      : [warningOn('identityNumber', 'identity.overseasShape', identityNumber)]
  return checkResident(values, identityNumber, today)
}

function checkResident({ gender, birthDate }: StudentValues, number: string, today: PlainDate): Issue[] {
  const fault = findIdentityNumberFault(number, today)
  if (fault) return [warningOn('identityNumber', fault, number)]
  const issues: Issue[] = []
  if (gender && gender !== genderOf(number)) issues.push(warningOn('gender', 'identity.genderMismatch', gender))
  const expected = birthDateOf(number)!
  if (birthDate && birthDate !== expected)
    issues.push(warningOn('birthDate', 'identity.birthDateMismatch', birthDate, { expected }))
  return issues
}

// NUM-003: behind a G stands a right identity number; of L and J only the shape is asked for (NUM-005).
function checkOwnNumber({ studentNumber }: StudentValues, today: PlainDate): Issue[] {
  if (!studentNumber) return []
  const isRight =
    isStudentNumber(studentNumber) &&
    (!studentNumber.startsWith('G') || !findIdentityNumberFault(studentNumber.slice(1), today))
  return isRight ? [] : [warningOn('studentNumber', 'legacy.studentNumber', studentNumber)]
}
