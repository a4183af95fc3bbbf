import type { FocusEvent } from 'react'
import type { ColumnGroup } from '../items/field-groups.ts'
import { followsNumber } from './derived-values.ts'
import type { ClassOption } from './field-control.tsx'
import { FieldItem } from './field-item.tsx'
import type { Correction } from './use-correction.ts'

const LONG_LABEL = 9
// A label with a note has its sign beside it.
const hasLongLabel = (group: ColumnGroup): boolean =>
  group.columns.some(({ label, column }) => label.length + (column.note ? 2 : 0) > LONG_LABEL)

const OF_NUMBER: ReadonlySet<string> = new Set(['gender', 'birthDate'])

/** What the groups are built from. */
export type CorrectionGroupsProps = {
  readonly groups: readonly ColumnGroup[]
  readonly correction: Correction
  readonly stored: Readonly<Record<string, string>>
  readonly classes: readonly ClassOption[]
  /** Fields that may not be changed here (PRE-015). */
  readonly locked?: ReadonlySet<string>
}

/** The groups of the form, each under its title. A field is judged when it is left, not while it is being typed. */
export function CorrectionGroups({ groups, correction, stored, classes, locked }: CorrectionGroupsProps) {
  const { values, changed, issues, onLeave } = correction
  const derived = followsNumber(values.identityType)
  const messageOf = (key: string, severity: 'error' | 'warning'): string | undefined => {
    const issue = issues.find((one) => one.field === key && one.severity === severity)
    return issue && (issue.code === 'shape.required' ? issue.message : `${issue.message}。${issue.advice}`)
  }
  const isReadOnly = (key: string): boolean =>
    key === 'schoolCode' || locked?.has(key) === true || (derived && OF_NUMBER.has(key))
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
            {group.key === 'basic' && (derived || locked) ? (
              <span className="xj-muted">
                {locked
                  ? '姓名、性别、出生日期、身份证件类型、身份证件号与学前调档名单一致，不能修改'
                  : '性别、出生日期由居民身份证号自动生成'}
              </span>
            ) : null}
          </h2>
          <div className="xj-reg-grid">
            {group.columns.map((field) => (
              <FieldItem
                key={field.column.key}
                field={field}
                readOnly={isReadOnly(field.column.key)}
                classes={classes}
                error={messageOf(field.column.key, 'error')}
                warning={messageOf(field.column.key, 'warning')}
                before={changed.has(field.column.key) ? (stored[field.column.key] ?? '') : undefined}
                wideLabel={hasLongLabel(group)}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}
