import { type FieldKind, GUARDIAN_FIELDS, STUDENT_FIELDS } from '@xueji/domain/student/field-catalogue'

/** One column of a workbook template; the same definition writes it, reads it, checks it and shows it. */
export type TemplateColumn = {
  /** Path in the row's values: `name`, `guardians.0.phone`. */
  readonly key: string
  readonly header: string
  /** 红字列 (REG-009). */
  readonly required: boolean
  readonly kind: FieldKind
  readonly max?: number
  readonly codes?: string
  /** Codes this template admits; all of the table when absent. */
  readonly allow?: readonly string[]
  /** Latin names are names too: of family members, and where a child may hold an overseas document. */
  readonly latin?: true
  /** Further header names read as this column. */
  readonly aliases?: readonly string[]
  /** Width in characters. */
  readonly width: number
  readonly example: string
  /** Explanation shown on the header cell and on the notes sheet. */
  readonly note?: string
}

/** A template: what is written for a registrar to fill and what is read back. */
export type RoomTemplate = {
  readonly id: string
  /** Title, file name and first line of the notes. */
  readonly title: string
  readonly sheetName: string
  readonly columns: readonly TemplateColumn[]
  readonly notes: readonly string[]
}

/** What the example row holds in place of an identity number; a row that begins so is never imported. */
export const EXAMPLE_MARK = '示例'

/** What a template adds to a field of the catalogue. */
export type ColumnMore = Partial<Pick<TemplateColumn, 'header' | 'allow' | 'latin' | 'aliases' | 'width' | 'note'>>

const WIDTHS: Partial<Record<FieldKind, number>> = {
  identityNumber: 22,
  region: 16,
  personName: 12,
  yesNo: 10,
  phone: 16,
  date: 12,
  text: 18,
}

/** A column for a student field. */
export function studentColumn(key: string, required: boolean, example: string, more: ColumnMore = {}): TemplateColumn {
  const field = STUDENT_FIELDS.find((candidate) => candidate.key === key)
  if (!field) throw new Error(`no student field ${key}`)
  return column(key, field, field.label, required, example, more)
}

/** The twelve columns of family member 1 or 2 (fields.md 1.7). */
export function guardianColumns(
  index: 0 | 1,
  required: ReadonlySet<string>,
  examples: Readonly<Record<string, string>>,
): readonly TemplateColumn[] {
  return GUARDIAN_FIELDS.map((field) => {
    const header = `成员${index + 1}${field.label}`
    const more = field.key === 'householdPlaceCode' ? { aliases: [`${header}行政区划`] } : {}
    return column(
      `guardians.${index}.${field.key}`,
      field,
      header,
      required.has(field.key),
      examples[field.key] ?? '',
      more,
    )
  })
}

function column(
  key: string,
  field: { kind: FieldKind; max?: number; codes?: string },
  header: string,
  required: boolean,
  example: string,
  more: ColumnMore,
): TemplateColumn {
  const width = WIDTHS[field.kind] ?? 14
  return {
    key,
    header,
    required,
    kind: field.kind,
    ...(field.max ? { max: field.max } : {}),
    ...(field.codes ? { codes: field.codes } : {}),
    width: Math.max(width, header.length * 2 + 2),
    example,
    ...more,
  }
}
