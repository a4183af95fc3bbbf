import { codeTable } from '../codes/code-tables.ts'
import { YESNO } from '../codes/student-codes.ts'
import type { TemplateColumn } from './template.ts'

type Column = Pick<TemplateColumn, 'kind' | 'codes'>

/** A stored value as the template writes it, so that a file taken out can be read back in: names for codes, 是/否, all else as it is kept. */
export const cellText = (column: Column, value: string | undefined): string => cellWriter(column)(value)

/** The same for many values of one column, whose table is looked up once. */
export function cellWriter({ kind, codes }: Column): (value: string | undefined) => string {
  const table = kind === 'code' ? codeTable(codes ?? '') : kind === 'yesNo' ? YESNO : undefined
  return table ? (value) => (value ? table.label(value) : '') : (value) => value ?? ''
}
