import type { StudentValues } from './field-catalogue.ts'

/** One field that differs: its path as in a template, and both values; absent is ''. */
export type FieldChange = { readonly field: string; readonly before: string; readonly after: string }

/**
 * What `after` would change of `before`, field by field in the order given. Only the fields named are compared: a template that lacks a column says
 * nothing about it, one that has it and leaves it empty empties the field.
 */
export function diffValues(
  before: StudentValues,
  after: StudentValues,
  fields: readonly string[],
): readonly FieldChange[] {
  return fields.flatMap((field) => {
    const change = { field, before: valueAt(before, field), after: valueAt(after, field) }
    return change.before === change.after ? [] : [change]
  })
}

function valueAt(values: StudentValues, field: string): string {
  const member = /^guardians\.(\d+)\.(.+)$/.exec(field)
  const holder: object | undefined = member ? values.guardians?.[Number(member[1])] : values
  const key = member ? member[2]! : field
  const value: unknown = holder && Object.hasOwn(holder, key) ? holder[key as keyof typeof holder] : undefined
  return typeof value === 'string' ? value : ''
}
