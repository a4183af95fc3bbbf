import type { FieldKind } from '@xueji/domain/student/field-catalogue'
import { GUARDIAN_FIELDS, STUDENT_FIELDS } from '@xueji/domain/student/field-catalogue'

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const CASTS: Partial<Record<FieldKind, string>> = { yesNo: '::int::boolean', date: '::date', decimal: '::numeric' }

// Mandatory columns of guardians that a template may leave empty.
const GUARDIAN_DEFAULTS: Readonly<Record<string, string>> = { name: `''`, isGuardian: 'false' }

/** Columns of `student` that come from a payload, and the SQL that reads each from `item.payload`; built once from the field catalogue. */
export const STUDENT_COLUMNS = STUDENT_FIELDS.map((field) => snake(field.key)).join(', ')
export const STUDENT_VALUES = STUDENT_FIELDS.map(
  (field) => `(item.payload->>'${field.key}')${CASTS[field.kind] ?? ''}`,
).join(', ')

/** The same for `guardian`, from one element `member` of `payload->'guardians'`. */
export const GUARDIAN_COLUMNS = GUARDIAN_FIELDS.map((field) => snake(field.key)).join(', ')
export const GUARDIAN_VALUES = GUARDIAN_FIELDS.map((field) => {
  const read = `(member->>'${field.key}')${CASTS[field.kind] ?? ''}`
  const otherwise = GUARDIAN_DEFAULTS[field.key]
  return otherwise ? `coalesce(${read}, ${otherwise})` : read
}).join(', ')
