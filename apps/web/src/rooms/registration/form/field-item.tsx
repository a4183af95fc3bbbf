import { Form } from 'antd'
import { memo } from 'react'
import type { GroupedColumn } from '../items/field-groups.ts'
import { valueText } from '../items/value-text.ts'
import { type ClassOption, FieldControl } from './field-control.tsx'

/** One field with its label, its message and, once changed, what it held before. Built anew only when one of these changes. */
export const FieldItem = memo(function FieldItem({
  field,
  readOnly,
  options,
  error,
  warning,
  before,
  wideLabel,
}: {
  field: GroupedColumn
  readOnly: boolean
  options: readonly ClassOption[] | undefined
  error: string | undefined
  warning: string | undefined
  /** The stored value when it differs from the one in the form. */
  before: string | undefined
  wideLabel: boolean
}) {
  const { column, label } = field
  const message = error ?? warning
  const wide = column.kind === 'text' && (column.max ?? 0) >= 200
  return (
    <div data-field={column.key} className={`xj-reg-item${wide ? ' xj-reg-wide' : ''}`}>
      <Form.Item
        name={column.key}
        label={label}
        required={column.required}
        labelCol={{ flex: wideLabel ? '0 0 180px' : '0 0 132px' }}
        {...(message ? { validateStatus: error ? 'error' : 'warning', help: message } : {})}
        {...(before === undefined
          ? {}
          : { extra: `已改，原为：${before === '' ? '（空）' : valueText(column, before)}` })}
        {...(column.note && !readOnly ? { tooltip: column.note } : {})}
      >
        <FieldControl column={column} readOnly={readOnly} options={options} />
      </Form.Item>
    </div>
  )
})
