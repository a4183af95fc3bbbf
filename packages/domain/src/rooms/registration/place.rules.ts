import type { Issue } from '../../kernel/issue.ts'
import { errorOn } from '../../kernel/issue.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { ageOn } from '../../kernel/plain-date.ts'
import { gradeName } from '../../organization/class-number.ts'
import type { StudentValues } from '../../student/field-catalogue.ts'
import { entryAgeDay } from '../../student/school-year.ts'
import type { RegistrationFacts, RegistrationGrade } from './registration.facts.ts'

/** Upper bound above the entry age: older children register as non-newcomers (REG-018). */
const ENTRY_AGE_SPAN = 4

const COMPULSORY_MODES: ReadonlySet<string> = new Set(['11', '12'])

/** The grade a row is filed for: the newcomers' one (REG-014), or the one the row names (REG-015); undefined when it names none that there is. */
export const gradeOf = (values: StudentValues, facts: RegistrationFacts): RegistrationGrade | undefined =>
  facts.entry.newcomer ? facts.grades[0] : facts.grades.find((grade) => grade.name === values.gradeName)

/** Issues of school, grade, class, month and way of entry, and of the age of newcomers (REG-011, 013…015, 018; fields 1.3). */
export function checkPlace(values: StudentValues, facts: RegistrationFacts): Issue[] {
  const { schoolCode, campusNumber } = values
  const grade = gradeOf(values, facts)
  return [
    ...(schoolCode && schoolCode !== facts.schoolCode
      ? [errorOn('schoolCode', 'register.otherSchool', schoolCode, { expected: facts.schoolCode })]
      : []),
    ...checkGrade(values, grade, facts),
    ...(grade ? checkWithinGrade(values, grade, facts) : []),
    ...(campusNumber && !facts.campusNumbers.has(campusNumber)
      ? [errorOn('campusNumber', 'register.noSuchCampus', campusNumber)]
      : []),
    ...checkBirth(values, facts),
  ]
}

function checkGrade(values: StudentValues, grade: RegistrationGrade | undefined, facts: RegistrationFacts): Issue[] {
  if (grade || !values.gradeName || facts.entry.newcomer) return []
  // The first grade of this year has its own entry.
  const ofNewcomers = values.gradeName === gradeName(1, facts.entryYear)
  const code = ofNewcomers ? 'register.gradeOfNewcomers' : 'register.noSuchGrade'
  return [errorOn('gradeName', code, values.gradeName)]
}

function checkWithinGrade(values: StudentValues, grade: RegistrationGrade, facts: RegistrationFacts): Issue[] {
  const issues: Issue[] = []
  const { enrolledMonth, enrolMode, classNumber } = values
  const year = grade.entryYear
  if (enrolledMonth && Number(enrolledMonth.slice(0, 4)) !== year) {
    const code = facts.entry.newcomer ? 'register.notThisYear' : 'register.notYearOfGrade'
    issues.push(errorOn('enrolledMonth', code, enrolledMonth, { year }))
  }
  if (enrolMode && COMPULSORY_MODES.has(enrolMode) !== grade.stage < 3) {
    const code = grade.stage < 3 ? 'register.enrolModeNotCompulsory' : 'register.enrolModeNotSenior'
    issues.push(errorOn('enrolMode', code, enrolMode))
  }
  if (classNumber && !grade.classNumbers.has(classNumber)) {
    const elsewhere = facts.grades.some((other) => other.classNumbers.has(classNumber))
    const code = elsewhere ? 'register.classOfOtherGrade' : 'register.noSuchClass'
    issues.push(errorOn('classNumber', code, classNumber, { year }))
  }
  return issues
}

function checkBirth(values: StudentValues, facts: RegistrationFacts): Issue[] {
  const birth = values.birthDate as PlainDate | undefined
  if (!birth) return []
  if (birth > facts.today) return [errorOn('birthDate', 'register.bornInFuture', birth)]
  if (!facts.entry.newcomer) return []
  const age = ageOn(birth, entryAgeDay(facts.entryYear))
  const [from, to] = [facts.entryAge, facts.entryAge + ENTRY_AGE_SPAN]
  if (age >= from && age <= to) return []
  return [errorOn('birthDate', 'register.entryAge', birth, { age, from, to, year: facts.entryYear })]
}
