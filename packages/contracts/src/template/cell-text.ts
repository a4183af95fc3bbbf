import { codeTable } from '../codes/code-tables.ts'
import { YESNO } from '../codes/student-codes.ts'
import type { TemplateColumn } from './template.ts'

/** A stored value as the template writes it, so that a file taken out can be read back in: names for codes, 是/否, all else as it is kept. */
export function cellText(column: Pick<TemplateColumn, 'kind' | 'codes'>, value: string | undefined): string {
  if (!value) return ''
  if (column.kind === 'code') return codeTable(column.codes ?? '').label(value)
  return column.kind === 'yesNo' ? YESNO.label(value) : value
}
