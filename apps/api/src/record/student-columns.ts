import type { FieldKind } from '@xueji/domain/student/field-catalogue'
import { GUARDIAN_FIELDS, STUDENT_FIELDS } from '@xueji/domain/student/field-catalogue'

type Column = { readonly key: string; readonly kind: FieldKind }

/** The column of a field. */
export const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const CASTS: Partial<Record<FieldKind, string>> = { yesNo: '::int::boolean', date: '::date', decimal: '::numeric' }

// Mandatory columns that a template may leave empty.
const STUDENT_DEFAULTS: Readonly<Record<string, string>> = { namePinyin: `''` }
const GUARDIAN_DEFAULTS: Readonly<Record<string, string>> = { name: `''`, isGuardian: 'false' }

const columnNames = (fields: readonly Column[]): string => fields.map((field) => snake(field.key)).join(', ')

const columnValues = (
  fields: readonly Column[],
  alias: string,
  defaults: Readonly<Record<string, string>> = {},
): string =>
  fields
    .map((field) => {
      const read = `${alias}."${field.key}"${CASTS[field.kind] ?? ''}`
      const otherwise = defaults[field.key]
      return otherwise ? `coalesce(${read}, ${otherwise})` : read
    })
    .join(', ')

// One pass over a value of two kilobytes: reading it with ->> field by field would unpack it once for each.
const recordOf = (fields: readonly Column[], source: string, alias: string): string =>
  `jsonb_to_record(${source}) as ${alias} (${fields.map((field) => `"${field.key}" text`).join(', ')})`

/** Columns of `student` that come from a payload, their values from the record `v`, and that record: built once from the field catalogue. */
export const STUDENT_COLUMNS = columnNames(STUDENT_FIELDS)
export const STUDENT_VALUES = columnValues(STUDENT_FIELDS, 'v', STUDENT_DEFAULTS)
export const STUDENT_RECORD = recordOf(STUDENT_FIELDS, 'item.payload', 'v')

/** The same record from another jsonb value. */
export const studentRecord = (source: string): string => recordOf(STUDENT_FIELDS, source, 'v')

/** A field of the record `v` as its column's type has it. */
export const typedValue = ({ key, kind }: Column): string => `v."${key}"${CASTS[kind] ?? ''}`

/** The same for `guardian`, from one element `member` of `payload->'guardians'`. */
export const GUARDIAN_COLUMNS = columnNames(GUARDIAN_FIELDS)
export const GUARDIAN_VALUES = columnValues(GUARDIAN_FIELDS, 'v', GUARDIAN_DEFAULTS)
export const GUARDIAN_RECORD = recordOf(GUARDIAN_FIELDS, 'member', 'v')
