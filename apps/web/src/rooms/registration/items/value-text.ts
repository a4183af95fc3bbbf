import { codeTable } from '@xueji/contracts/codes/code-tables'
import { YESNO } from '@xueji/contracts/codes/student-codes'
import type { TemplateColumn } from '@xueji/contracts/template/template'

/** A stored value as a person reads it: names for codes, 是/否, 2026-09. Regions stay codes here, their names are looked up lazily. */
export function valueText(column: Pick<TemplateColumn, 'kind' | 'codes'>, value: string | undefined): string {
  if (!value) return ''
  if (column.kind === 'code') return codeTable(column.codes ?? '').label(value)
  if (column.kind === 'yesNo') return YESNO.label(value)
  if (column.kind === 'yearMonth' && /^\d{6}$/.test(value)) return `${value.slice(0, 4)}-${value.slice(4)}`
  return value
}
