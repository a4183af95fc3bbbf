import type { GuardianValues, StudentValues } from '@xueji/domain/student/field-catalogue'
import { GUARDIAN_FIELDS, STUDENT_FIELDS } from '@xueji/domain/student/field-catalogue'
import { snake } from './student-columns.ts'

/** A row of `student` or `guardian` as `to_jsonb` gives it. */
export type RecordRow = Readonly<Record<string, string | number | boolean | null>>

/** A record as the values a form and a template know: codes, 'YYYY-MM-DD', '1'/'0'; empty fields are absent. */
export const valuesOfRecord = (student: RecordRow, guardians: readonly RecordRow[]): StudentValues => ({
  ...valuesOf(STUDENT_FIELDS, student),
  guardians: guardians.map((guardian) => valuesOf(GUARDIAN_FIELDS, guardian) as GuardianValues),
})

function valuesOf(fields: readonly { readonly key: string }[], row: RecordRow): Record<string, string> {
  const values: Record<string, string> = {}
  for (const { key } of fields) {
    const value = row[snake(key)]
    if (value === null || value === undefined || value === '') continue
    values[key] = typeof value === 'boolean' ? (value ? '1' : '0') : String(value)
  }
  return values
}
