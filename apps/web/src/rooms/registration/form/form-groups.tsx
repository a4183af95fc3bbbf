import { Form, Input } from 'antd'
import { type FocusEvent, useMemo } from 'react'
import type { ColumnGroup } from '../items/field-groups.ts'
import { followsNumber } from './derived-values.ts'
import { FieldItem } from './field-item.tsx'
import { fieldOptions } from './field-options.ts'
import type { EntryForm } from './use-entry-form.ts'
import type { PlaceChoices } from './use-place-choices.ts'

const LONG_LABEL = 9
// A label with a note has its sign beside it.
const hasLongLabel = (group: ColumnGroup): boolean =>
  group.columns.some(({ label, column }) => label.length + (column.note ? 2 : 0) > LONG_LABEL)

const OF_NUMBER: ReadonlySet<string> = new Set(['gender', 'birthDate'])

/** What the groups are built from. */
export type FormGroupsProps = {
  readonly groups: readonly ColumnGroup[]
  readonly entry: EntryForm
  /** What was stored before, to be shown beside what is changed; absent where nothing was. */
  readonly stored?: Readonly<Record<string, string>>
  /** Fields with one possible value only. */
  readonly fixed: ReadonlySet<string>
  /** Why fields of the first group cannot be changed, where that is not plain. */
  readonly fixedNote?: string
  readonly place: PlaceChoices
}

// Without a document there is no number, and the form says so where one looks for it (menu §2.3, IDN-011).
const NoNumber = () => (
  <div className="xj-reg-item">
    <Form.Item label="身份证件号" labelCol={{ flex: '0 0 132px' }}>
      <Input disabled placeholder="无身份证件，不填" aria-label="身份证件号" />
    </Form.Item>
  </div>
)

/** The groups of the form, each under its title. A field is judged when it is left, not while it is being typed. */
export function FormGroups({ groups, entry, stored, fixed, fixedNote, place }: FormGroupsProps) {
  const { values, changed, issues, onLeave } = entry
  const options = useMemo(() => fieldOptions(place, values.gradeName), [place, values.gradeName])
  const derived = followsNumber(values.identityType)
  const messageOf = (key: string, severity: 'error' | 'warning'): string | undefined => {
    const issue = issues.find((one) => one.field === key && one.severity === severity)
    return issue && (issue.code === 'shape.required' ? issue.message : `${issue.message}。${issue.advice}`)
  }
  const isReadOnly = (key: string): boolean => fixed.has(key) || (derived && OF_NUMBER.has(key))
  const onBlur = (event: FocusEvent<HTMLElement>): void => {
    const key = event.target.closest<HTMLElement>('[data-field]')?.dataset.field
    if (key) onLeave(key)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears which field is left, does nothing else
    <div onBlur={onBlur}>
      {groups.map((group) => (
        <section key={group.key} className="xj-reg-group" data-group={group.key} aria-label={group.title}>
          <h2>
            {group.title}
            {group.key === 'basic' && (derived || fixedNote) ? (
              <span className="xj-muted">{fixedNote ?? '性别、出生日期由居民身份证号自动生成'}</span>
            ) : null}
          </h2>
          <div className="xj-reg-grid">
            {group.columns.map((field) => (
              <FieldItem
                key={field.column.key}
                field={field}
                readOnly={isReadOnly(field.column.key)}
                options={options[field.column.key]}
                error={messageOf(field.column.key, 'error')}
                warning={messageOf(field.column.key, 'warning')}
                before={stored && changed.has(field.column.key) ? (stored[field.column.key] ?? '') : undefined}
                wideLabel={hasLongLabel(group)}
              />
            ))}
            {group.key === 'basic' && !group.columns.some(({ column }) => column.key === 'identityNumber') ? (
              <NoNumber />
            ) : null}
          </div>
        </section>
      ))}
    </div>
  )
}
