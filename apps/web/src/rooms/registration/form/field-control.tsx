import { offeredCodes, type TemplateColumn } from '@xueji/contracts/template/template'
import { Input, Radio, Select } from 'antd'
import { codeOptions } from '../../../shared/code-text.ts'
import { RegionPicker } from '../../../shared/region-picker.tsx'
import { valueText } from '../items/value-text.ts'

/** A grade or class one may choose, by its name or number. */
export type ClassOption = { readonly value: string; readonly label: string }

type Props = {
  readonly column: TemplateColumn
  readonly readOnly?: boolean
  /** A list that takes the place of the column's own: grades, classes, what the grade admits. */
  readonly options?: readonly ClassOption[] | undefined
  readonly id?: string
  readonly value?: string
  readonly onChange?: (value: string | undefined) => void
}

const YES_NO = [
  { value: '1', label: '是' },
  { value: '0', label: '否' },
]
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  date: 'YYYYMMDD',
  yearMonth: 'YYYYMM',
  validPeriod: '2020.06.01-2025.06.01',
}
const LONG_LIST = 8

/** The control a column is filled with: a list for codes, 是/否, a region, or text of the right kind. Values are texts, codes for lists. */
export function FieldControl({ column, readOnly = false, options, id, value, onChange }: Props) {
  if (readOnly) return <span className="xj-fixed xj-number">{valueText(column, value) || '—'}</span>
  const shared = id ? { id } : {}
  if (column.kind === 'yesNo' && column.required)
    return (
      <Radio.Group
        {...shared}
        options={YES_NO}
        value={value || null}
        onChange={(event) => onChange?.(event.target.value as string)}
      />
    )
  const choices = choicesOf(column, options, value)
  if (choices)
    return (
      <Select
        {...shared}
        options={[...choices]}
        value={value || undefined}
        onChange={(next: string | undefined) => onChange?.(next ?? '')}
        allowClear={!column.required}
        showSearch={choices.length > LONG_LIST ? { optionFilterProp: 'label' } : false}
        placeholder="请选择"
      />
    )
  if (column.kind === 'region')
    return <RegionPicker {...shared} {...(value ? { value } : {})} onChange={(next) => onChange?.(next ?? '')} />
  return (
    <Input
      {...shared}
      value={value ?? ''}
      onChange={(event) => onChange?.(textOf(column, event.target.value))}
      maxLength={column.max ?? 100}
      placeholder={PLACEHOLDERS[column.kind] ?? ''}
      className={NUMERIC.has(column.kind) ? 'xj-number' : ''}
      inputMode={DIGITS.has(column.kind) ? 'numeric' : 'text'}
      autoComplete="off"
    />
  )
}

/** The list a column is chosen from, codes with their names; undefined for one that is written. */
export function choicesOf(
  column: TemplateColumn,
  options: readonly ClassOption[] | undefined,
  value: string | undefined,
): readonly ClassOption[] | undefined {
  if (options) {
    // What is in the list no longer stays visible, so that it can be seen to be wrong.
    const known = !value || options.some((one) => one.value === value)
    return known ? options : [...options, { value, label: valueText(column, value) }]
  }
  if (column.kind === 'code') return codeOptions(column.codes ?? '', offeredCodes(column))
  return column.kind === 'yesNo' ? YES_NO : undefined
}

const NUMERIC: ReadonlySet<string> = new Set([
  'identityNumber',
  'phone',
  'postcode',
  'date',
  'yearMonth',
  'digits',
  'decimal',
])
const DIGITS: ReadonlySet<string> = new Set(['postcode', 'date', 'yearMonth', 'digits'])

// The final X is written in upper case; a number copied with blanks loses them.
const textOf = (column: TemplateColumn, text: string): string =>
  column.kind === 'identityNumber' ? text.replace(/\s+/g, '').toUpperCase() : text
