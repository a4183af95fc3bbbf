import type { Issue } from '../../kernel/issue.ts'
import { errorOn, warningOn } from '../../kernel/issue.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { ageOn } from '../../kernel/plain-date.ts'
import type { Stage } from '../../organization/school-kind.ts'
import type { StudentValues } from '../../student/field-catalogue.ts'
import { checkGuardians } from './guardian.rules.ts'
import { checkIdentity } from './identity.rules.ts'
import { checkPlace, gradeOf } from './place.rules.ts'
import type { RegistrationFacts } from './registration.facts.ts'
import type { RegistrationEntry } from './registration.review.ts'

/**
 * Every issue of one child at one of the six entries: REG-005, 010–018; IDN-001…007, 010–012; DAY-010, 020–023; fields 1.1–1.7, 1.10. Shape (required,
 * code tables, lengths) has been checked before; absent values are skipped here.
 */
export function checkRegistration(values: StudentValues, facts: RegistrationFacts): readonly Issue[] {
  return [
    ...checkIdentity(values, facts),
    ...checkPlace(values, facts),
    ...checkRegions(values, facts),
    ...checkCategories(values, facts),
    ...checkGuardians(values, facts.today, facts.entry.identityClass),
  ]
}

/** REG-019: a child without document is filed with at least one piece of evidence. */
export const checkEvidence = (entry: Pick<RegistrationEntry, 'identityClass'>, pieces: number): readonly Issue[] =>
  entry.identityClass === 'undocumented' && pieces === 0 ? [errorOn('evidence', 'register.evidenceMissing')] : []

function checkRegions(values: StudentValues, facts: RegistrationFacts): Issue[] {
  const issues: Issue[] = []
  const check = (field: string, code: string | undefined): void => {
    if (code && !facts.countyCodes.has(code.slice(0, 6))) issues.push(errorOn(field, 'region.unknown', code))
  }
  check('birthPlaceCode', values.birthPlaceCode)
  check('householdPlaceCode', values.householdPlaceCode)
  values.guardians?.forEach((guardian, index) => {
    check(`guardians.${index}.householdPlaceCode`, guardian.householdPlaceCode)
  })
  return issues
}

const SENIOR: Stage = 3

// fields 1.5: what belongs to compulsory education, and so is 否 in senior school.
const COMPULSORY_ONLY = ['getsBoardingSubsidy', 'isRuralLeftBehind', 'isMigrantWorkerChild'] as const

function checkCategories(values: StudentValues, facts: RegistrationFacts): Issue[] {
  const issues: Issue[] = []
  const birth = values.birthDate as PlainDate | undefined
  if (values.isRuralLeftBehind === '1' && values.isLeftBehind === '0')
    issues.push(errorOn('isLeftBehind', 'category.ruralImpliesLeftBehind', '0'))
  if (values.isLeftBehind === '1' && birth && ageOn(birth, facts.today) >= 16)
    issues.push(errorOn('isLeftBehind', 'category.leftBehindTooOld', '1'))
  if (values.isMigrantWorkerChild === '1' && values.isMigrant === '0')
    issues.push(errorOn('isMigrant', 'category.workerImpliesMigrant', '0'))
  if (values.isMigrant === '1' && values.isRuralLeftBehind === '1')
    issues.push(warningOn('isRuralLeftBehind', 'category.migrantAndRuralLeftBehind', '1'))
  if (gradeOf(values, facts)?.stage === SENIOR)
    for (const field of COMPULSORY_ONLY)
      if (values[field] === '1') issues.push(errorOn(field, 'category.compulsoryOnly', '1'))
  if (values.hasPurchasedPlace === '1' && !facts.isPrivateSchool)
    issues.push(errorOn('hasPurchasedPlace', 'category.purchasedPlaceInPublicSchool', '1'))
  if (values.politicalStatus === '03' && birth && ageOn(birth, facts.today) < 14)
    issues.push(warningOn('politicalStatus', 'category.leagueMemberTooYoung', '03'))
  return issues
}
