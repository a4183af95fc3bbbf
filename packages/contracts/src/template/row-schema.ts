import type { Issue } from '@xueji/domain/kernel/issue'
import type { GuardianValues, StudentValues } from '@xueji/domain/student/field-catalogue'
import { z } from 'zod'
import { parseCell } from './parse-cell.ts'
import type { RoomTemplate } from './template.ts'

/** A row read from a workbook: texts by column key. */
export type RowCells = Readonly<Record<string, string>>

/** A row after the shape check: typed values as far as they could be read, and every issue. */
export type ShapedRow = { readonly values: StudentValues; readonly issues: readonly Issue[] }

/**
 * The zod schema of a template's rows, built once: one string per column, transformed to its typed value. Custom issues carry the
 * catalogue code in `params`, so one schema serves the server, the page and the OpenAPI description.
 */
export function rowSchema(
  template: RoomTemplate,
): z.ZodType<Record<string, string | undefined>, Record<string, string | undefined>> {
  const shape: Record<string, z.ZodType> = {}
  for (const column of template.columns) {
    shape[column.key] = z
      .string()
      .optional()
      .transform((text, context) => {
        const parsed = parseCell(column, text ?? '')
        if (!parsed.fault) return parsed.value
        context.issues.push({ code: 'custom', input: text, params: parsed.fault })
        return z.NEVER
      })
      .meta({ title: column.header })
  }
  return z.object(shape) as never
}

/** Checks the shape of rows of one template (REG-009): returns values and every issue, never throws. */
export function makeShapeCheck(template: RoomTemplate): (cells: RowCells) => ShapedRow {
  const schema = rowSchema(template)
  return (cells) => {
    const result = schema.safeParse(cells)
    if (result.success) return { values: nest(result.data), issues: [] }
    const issues = result.error.issues.map((issue): Issue => {
      const field = String(issue.path[0])
      const fault =
        'params' in issue ? (issue.params as { code: string; params?: Issue['params'] }) : { code: 'shape.code' }
      const value = cells[field]
      return {
        code: fault.code,
        severity: 'error',
        field,
        ...(value ? { value } : {}),
        ...(fault.params ? { params: fault.params } : {}),
      }
    })
    // What could be read still goes through the rules, so that a registrar sees every issue of the row at once.
    const bad = new Set(issues.map((issue) => issue.field))
    const flat: Record<string, string | undefined> = {}
    for (const column of template.columns)
      if (!bad.has(column.key)) flat[column.key] = parseCell(column, cells[column.key] ?? '').value
    return { values: nest(flat), issues }
  }
}

/** Flat column keys to nested values: `guardians.0.name` → guardians[0].name. Members without any value are dropped from the end. */
export function nest(flat: Readonly<Record<string, string | undefined>>): StudentValues {
  const values: Record<string, unknown> = {}
  const guardians: Record<string, string>[] = []
  for (const [key, value] of Object.entries(flat)) {
    if (value === undefined) continue
    if (key.startsWith('guardians.')) {
      const index = Number(key[10])
      for (let at = guardians.length; at <= index; at++) guardians.push({})
      guardians[index]![key.slice(12)] = value
    } else values[key] = value
  }
  if (guardians.length > 0) values.guardians = guardians as GuardianValues[]
  return values as StudentValues
}

/** The reverse of `nest`: values by column key, for forms and marked files. */
export function flatten(values: StudentValues): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [key, value] of Object.entries(values)) if (typeof value === 'string') flat[key] = value
  values.guardians?.forEach((guardian, index) => {
    for (const [key, value] of Object.entries(guardian)) if (value) flat[`guardians.${index}.${key}`] = value
  })
  return flat
}
