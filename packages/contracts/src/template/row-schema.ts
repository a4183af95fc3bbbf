import type { Issue } from '@xueji/domain/kernel/issue'
import type { FieldKind, StudentValues } from '@xueji/domain/student/field-catalogue'
import { type ParsedCell, parseCell } from './parse-cell.ts'
import type { RoomTemplate, TemplateColumn } from './template.ts'

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
  const places = template.columns.map((column) => ({
    key: column.key,
    parse: makeParser(column),
    ...placeOf(column.key),
  }))
  return (cells) => {
    const values: Record<string, unknown> = {}
    const issues: Issue[] = []
    let guardians: Record<string, string>[] | undefined
    for (const { key, parse, guardian, field } of places) {
      const text = Object.hasOwn(cells, key) ? cells[key]! : ''
      const { value, fault } = parse(text)
      if (fault) issues.push(issueOf(key, text, fault))
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

/** What has few texts in a roster of thousands. */
const REPEATED: ReadonlySet<FieldKind> = new Set(['code', 'yesNo', 'region', 'date', 'yearMonth', 'postcode', 'digits'])
/** Texts of a column that are remembered: more than a column of these kinds has, unless it was made to have them. */
const REMEMBERED = 2_000

/** `parseCell` of one column; what repeats from row to row is read once. */
function makeParser(column: TemplateColumn): (text: string) => ParsedCell {
  if (!REPEATED.has(column.kind)) return (text) => parseCell(column, text)
  const read = new Map<string, ParsedCell>()
  return (text) => {
    const known = read.get(text)
    if (known) return known
    const parsed = parseCell(column, text)
    if (read.size < REMEMBERED) read.set(text, parsed)
    return parsed
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
