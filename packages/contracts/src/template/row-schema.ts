import type { Issue } from '@xueji/domain/kernel/issue'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { parseCell } from './parse-cell.ts'
import type { RoomTemplate } from './template.ts'

/** A row read from a workbook: texts by column key. */
export type RowCells = Readonly<Record<string, string>>

/** A row after the shape check: typed values as far as they could be read, and every issue. */
export type ShapedRow = { readonly values: StudentValues; readonly issues: readonly Issue[] }

/**
 * Checks the shape of rows of one template (REG-009): typed values and every issue, never throws. Built once per template and run for every row on
 * both sides. It walks the columns itself: the same check as a zod object of transforms took three times as long (decision 0008). What could be read
 * still goes on to the rules, so that a registrar sees every issue of a row at once.
 */
export function makeShapeCheck(template: RoomTemplate): (cells: RowCells) => ShapedRow {
  const places = template.columns.map((column) => ({ column, ...placeOf(column.key) }))
  return (cells) => {
    const values: Record<string, unknown> = {}
    const issues: Issue[] = []
    let guardians: Record<string, string>[] | undefined
    for (const { column, guardian, field } of places) {
      const text = Object.hasOwn(cells, column.key) ? cells[column.key]! : ''
      const { value, fault } = parseCell(column, text)
      if (fault) issues.push(issueOf(column.key, text, fault))
      else if (value !== undefined) {
        if (guardian === undefined) values[field] = value
        else {
          guardians ??= []
          while (guardians.length <= guardian) guardians.push({})
          guardians[guardian]![field] = value
        }
      }
    }
    if (guardians) values.guardians = guardians
    return { values: values as StudentValues, issues }
  }
}

function issueOf(field: string, text: string, fault: { code: string; params?: Issue['params'] }): Issue {
  return {
    code: fault.code,
    severity: 'error',
    field,
    ...(text ? { value: text } : {}),
    ...(fault.params ? { params: fault.params } : {}),
  }
}

/** `guardians.1.phone` is `phone` of the second member; any other key is the student's own. */
function placeOf(key: string): { guardian: number | undefined; field: string } {
  const match = /^guardians\.(\d)\.(.+)$/.exec(key)
  return match ? { guardian: Number(match[1]), field: match[2]! } : { guardian: undefined, field: key }
}

/** Values back to texts by column key, for forms and marked files. */
export function flatten(values: StudentValues): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [key, value] of Object.entries(values)) if (typeof value === 'string') flat[key] = value
  values.guardians?.forEach((guardian, index) => {
    for (const [key, value] of Object.entries(guardian)) if (value) flat[`guardians.${index}.${key}`] = value
  })
  return flat
}
