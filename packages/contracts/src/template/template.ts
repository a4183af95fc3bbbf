import { type FieldKind, GUARDIAN_FIELDS, STUDENT_FIELDS } from '@xueji/domain/student/field-catalogue'
import { groupKeyOf } from './field-groups.ts'

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
  /** Codes offered to be chosen from; those admitted when absent. */
  readonly offer?: readonly string[]
  /** A name that may be written in Latin letters: where a child may hold a foreigner's document. */
  readonly latin?: boolean
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

/** Codes a column offers, in the order of their table; undefined when it is not coded. */
export const offeredCodes = ({
  offer,
  allow,
}: Pick<TemplateColumn, 'offer' | 'allow'>): readonly string[] | undefined => offer ?? allow

/** What the example row holds in place of an identity number; a row that begins so is never imported. */
export const EXAMPLE_MARK = '示例'

/** What a template adds to a field of the catalogue. */
export type ColumnMore = Partial<
  Pick<TemplateColumn, 'header' | 'allow' | 'offer' | 'latin' | 'aliases' | 'width' | 'note'>
>

const WIDTHS: Partial<Record<FieldKind, number>> = {
  identityNumber: 22,
  region: 16,
  personName: 12,
  latinName: 18,
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

/** 姓名拼音, in every form but not in every workbook: left empty it follows the name (fields.md 1.2). */
const NAME_PINYIN = studentColumn('namePinyin', false, '', { note: '大写字母，例如 SUNJIAYI；不填时按姓名自动生成' })

/**
 * The template as a form has it: with 姓名拼音 at the head of its group where the workbook has no column for it. A row of the workbook is read by it as
 * by the template, for it has no text under that key.
 */
export function formTemplate(template: RoomTemplate): RoomTemplate {
  const { columns } = template
  if (columns.some(({ key }) => key === NAME_PINYIN.key)) return template
  const at = columns.findIndex(({ key }) => groupKeyOf(key) === 'auxiliary')
  const before = at < 0 ? columns.length : at
  return { ...template, columns: [...columns.slice(0, before), NAME_PINYIN, ...columns.slice(before)] }
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
