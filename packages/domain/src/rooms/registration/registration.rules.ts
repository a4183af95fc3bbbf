import type { IdentityHolder } from '../../duplicates/holder.ts'
import { birthDateOf, findIdentityNumberFault, genderOf } from '../../identity/identity-number.ts'
import type { Issue } from '../../kernel/issue.ts'
import { errorOn, warningOn } from '../../kernel/issue.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { ageOn } from '../../kernel/plain-date.ts'
import type { StudentValues } from '../../student/field-catalogue.ts'
import { entryAgeDay } from '../../student/school-year.ts'
import { checkGuardians } from './guardian.rules.ts'

/** Everything a row is checked against, loaded in bulk once per batch. */
export type RegistrationFacts = {
  readonly today: PlainDate
  /** 学校标识码 of the filing school. */
  readonly schoolCode: string
  /** School year into which newcomers register: the entry year of first grade (REG-014). */
  readonly entryYear: number
  /** Least completed age on 31 August of the entry year (REG-018). */
  readonly entryAge: number
  /** County codes in force (REG-012). */
  readonly countyCodes: ReadonlySet<string>
  /** Class numbers of the grade (REG-013). */
  readonly classNumbers: ReadonlySet<string>
  readonly campusNumbers: ReadonlySet<string>
  /** True when the school is run by 民办 founders: only they may have purchased places. */
  readonly isPrivateSchool: boolean
  /** Live holders by identity number (DUP-003); only the numbers asked for. */
  readonly holders: ReadonlyMap<string, IdentityHolder>
}

/** Upper bound above the entry age: older children register as non-newcomers (REG-018). */
const ENTRY_AGE_SPAN = 4

/**
 * Every issue of one newcomer with a resident identity card (R11): REG-005, 010–014, 016, 018; IDN-001…005, 007; DAY-010, 020–023; fields
 * 1.1–1.7. Shape (required, code tables, lengths) has been checked before; absent values are skipped here.
 */
export function checkRegistration(values: StudentValues, facts: RegistrationFacts): readonly Issue[] {
  return [
    ...checkIdentity(values, facts),
    ...checkEntry(values, facts),
    ...checkPlaces(values, facts),
    ...checkCategories(values, facts),
    ...checkGuardians(values, facts.today),
  ]
}

function checkIdentity(values: StudentValues, facts: RegistrationFacts): Issue[] {
  const issues: Issue[] = []
  const { identityType, identityNumber, gender, birthDate } = values
  if (identityType && identityType !== '1')
    issues.push(errorOn('identityType', 'register.wrongIdentityType', identityType))
  if (values.nationality && values.nationality !== 'CHN')
    issues.push(errorOn('nationality', 'register.nationalityNotChina', values.nationality))
  if (!identityNumber || (identityType && identityType !== '1')) return issues
  const fault = findIdentityNumberFault(identityNumber, facts.today)
  if (fault) return [...issues, errorOn('identityNumber', fault, identityNumber)]
  if (gender && gender !== genderOf(identityNumber)) issues.push(errorOn('gender', 'identity.genderMismatch', gender))
  if (birthDate && birthDate !== birthDateOf(identityNumber))
    issues.push(
      errorOn('birthDate', 'identity.birthDateMismatch', birthDate, { expected: birthDateOf(identityNumber)! }),
    )
  if (!facts.countyCodes.has(identityNumber.slice(0, 6)))
    issues.push(
      warningOn('identityNumber', 'identity.regionUnknown', identityNumber, { region: identityNumber.slice(0, 6) }),
    )
  const holder = facts.holders.get(identityNumber)
  if (holder)
    issues.push(
      errorOn('identityNumber', holder.sameSchool ? 'duplicate.sameSchool' : 'duplicate.elsewhere', identityNumber, {
        where: holder.where,
      }),
    )
  return issues
}

function checkEntry(values: StudentValues, facts: RegistrationFacts): Issue[] {
  const issues: Issue[] = []
  const { schoolCode, enrolledMonth, enrolMode, classNumber, campusNumber } = values
  if (schoolCode && schoolCode !== facts.schoolCode)
    issues.push(errorOn('schoolCode', 'register.otherSchool', schoolCode, { expected: facts.schoolCode }))
  if (enrolledMonth && Number(enrolledMonth.slice(0, 4)) !== facts.entryYear)
    issues.push(errorOn('enrolledMonth', 'register.notThisYear', enrolledMonth, { year: facts.entryYear }))
  if (enrolMode && enrolMode !== '11' && enrolMode !== '12')
    issues.push(errorOn('enrolMode', 'register.enrolModeNotCompulsory', enrolMode))
  if (classNumber && !facts.classNumbers.has(classNumber))
    issues.push(errorOn('classNumber', 'register.noSuchClass', classNumber, { year: facts.entryYear }))
  if (campusNumber && !facts.campusNumbers.has(campusNumber))
    issues.push(errorOn('campusNumber', 'register.noSuchCampus', campusNumber))
  return [...issues, ...checkEntryAge(values, facts)]
}

function checkEntryAge(values: StudentValues, facts: RegistrationFacts): Issue[] {
  const birth = values.birthDate as PlainDate | undefined
  if (!birth) return []
  if (birth > facts.today) return [errorOn('birthDate', 'register.bornInFuture', birth)]
  const age = ageOn(birth, entryAgeDay(facts.entryYear))
  if (age >= facts.entryAge && age <= facts.entryAge + ENTRY_AGE_SPAN) return []
  return [
    errorOn('birthDate', 'register.entryAge', birth, {
      age,
      from: facts.entryAge,
      to: facts.entryAge + ENTRY_AGE_SPAN,
      year: facts.entryYear,
    }),
  ]
}

function checkPlaces(values: StudentValues, facts: RegistrationFacts): Issue[] {
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
  if (values.hasPurchasedPlace === '1' && !facts.isPrivateSchool)
    issues.push(errorOn('hasPurchasedPlace', 'category.purchasedPlaceInPublicSchool', '1'))
  if (values.politicalStatus === '03' && birth && ageOn(birth, facts.today) < 14)
    issues.push(warningOn('politicalStatus', 'category.leagueMemberTooYoung', '03'))
  return issues
}
