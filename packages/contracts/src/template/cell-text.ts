import type { CodeTable } from '../codes/code-table.ts'
import { codeTable } from '../codes/code-tables.ts'
import { YESNO } from '../codes/student-codes.ts'
import type { TemplateColumn } from './template.ts'

type Column = Pick<TemplateColumn, 'kind' | 'codes'>

/** A stored value as the template writes it, so that a file taken out can be read back in: names for codes, 是/否, all else as it is kept. */
export function cellText(column: Column, value: string | undefined): string {
  if (!value) return ''
  return cellTable(column)?.label(value) ?? value
}

/** The table whose names a column is written in; undefined when its values stand for themselves. */
export const cellTable = ({ kind, codes }: Column): CodeTable | undefined =>
  kind === 'code' ? codeTable(codes ?? '') : kind === 'yesNo' ? YESNO : undefined
