import type { Issue } from '@xueji/domain/kernel/issue'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { makeShapeCheck, type RowCells } from './row-schema.ts'
import type { RoomTemplate } from './template.ts'

/** What the reader noticed about cells that makes their text worthless, by column key. */
export type CellFaults = Readonly<Record<string, 'precisionLost' | 'formula' | 'error'>>

/** A row as the reader gives it: texts by column key, and what the reader noticed about single cells. */
export type ReadRow = {
  readonly rowNumber: number
  readonly cells: RowCells
  readonly cellFaults?: CellFaults
}

/** A row with its values as far as they could be read and every issue found without looking at other rows. */
export type CheckedRow = ReadRow & {
  readonly values: StudentValues
  readonly issues: readonly Issue[]
}

/** Checks one row: the reader's remarks, its shape and the room's rules. Pure; every issue of the row at once, the same in the browser and on the server. What else a row carries stays with it. */
export function makeRowCheck(
  template: RoomTemplate,
  checkValues: (values: StudentValues) => readonly Issue[],
): <Row extends ReadRow>(row: Row) => Row & CheckedRow {
  const checkShape = makeShapeCheck(template)
  return (row) => {
    const { values, issues } = checkShape(row.cells)
    const faults = Object.entries(row.cellFaults ?? {}).map(
      ([field, fault]): Issue => ({ code: `cell.${fault}`, severity: 'error', field, value: row.cells[field] ?? '' }),
    )
    if (faults.length === 0) return { ...row, values, issues: [...issues, ...checkValues(values)] }
    const spoilt = new Set(faults.map((fault) => fault.field))
    const sound = withoutFields(values, spoilt)
    const shape = issues.filter((issue) => !spoilt.has(issue.field))
    return { ...row, values: sound, issues: [...faults, ...shape, ...checkValues(sound)] }
  }
}

function withoutFields(values: StudentValues, fields: ReadonlySet<string | undefined>): StudentValues {
  const copy: Record<string, unknown> = { ...values }
  for (const field of fields) if (field) delete copy[field]
  if (values.guardians)
    copy.guardians = values.guardians.map((guardian, index) =>
      Object.fromEntries(Object.entries(guardian).filter(([key]) => !fields.has(`guardians.${index}.${key}`))),
    )
  return copy as StudentValues
}
