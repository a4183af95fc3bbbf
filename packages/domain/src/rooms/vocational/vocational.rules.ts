import { checkRosterLine } from '../../continuation/roster.rules.ts'
import type { Issue } from '../../kernel/issue.ts'
import { errorOn } from '../../kernel/issue.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { StudentValues } from '../../student/field-catalogue.ts'
import { isStudentNumber } from '../../student/student-number.ts'

/** The six fields: those every list has, and 学籍号. */
export type VocationalLineValues = StudentValues & { readonly studentNumber?: string }

/** Every issue of one line of 中职调档名单: the five fields as on every list (PRE-001), and the shape of 学籍号 where there is one (PRE-019, NUM-001). */
export function checkVocationalLine(values: VocationalLineValues, today: PlainDate): readonly Issue[] {
  const issues = checkRosterLine(values, today)
  const { studentNumber } = values
  if (!studentNumber || isStudentNumber(studentNumber)) return issues
  return [...issues, errorOn('studentNumber', 'vocational.studentNumber', studentNumber)]
}

/** A number that is on the school's own list already. */
export const checkVocationalListed = (values: StudentValues): readonly Issue[] => [
  errorOn('identityNumber', 'vocational.listed', values.identityNumber),
]
