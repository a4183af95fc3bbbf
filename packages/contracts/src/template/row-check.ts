import type { Issue } from '@xueji/domain/kernel/issue'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { makeShapeCheck, type RowCells } from './row-schema.ts'
import type { RoomTemplate } from './template.ts'

/** What the reader noticed about a cell that makes its text worthless. */
export type CellFault = 'precisionLost' | 'formula' | 'error'

/** A row as the reader gives it: texts by column key, and what it noticed about single cells. */
export type ReadRow = {
  readonly rowNumber: number
  readonly cells: RowCells
  readonly cellFaults?: Readonly<Record<string, CellFault>>
}

/** A row with its values as far as they could be read and every issue found without looking at other rows. */
export type CheckedRow = {
  readonly rowNumber: number
  readonly cells: RowCells
  readonly values: StudentValues
  readonly issues: readonly Issue[]
}

/** Checks one row: the reader's remarks, its shape and the room's rules. Pure; every issue of the row at once, the same in the browser and on the server. */
export function makeRowCheck(
  template: RoomTemplate,
  checkValues: (values: StudentValues) => readonly Issue[],
): (row: ReadRow) => CheckedRow {
  const checkShape = makeShapeCheck(template)
  return ({ rowNumber, cells, cellFaults }) => {
    const { values, issues } = checkShape(cells)
    if (!cellFaults) return { rowNumber, cells, values, issues: [...issues, ...checkValues(values)] }
    const faults = Object.entries(cellFaults).map(
      ([field, fault]): Issue => ({ code: `cell.${fault}`, severity: 'error', field, value: cells[field] ?? '' }),
    )
    const spoilt = new Set(faults.map((fault) => fault.field))
    const sound = withoutFields(values, spoilt)
    const shape = issues.filter((issue) => !spoilt.has(issue.field))
    return { rowNumber, cells, values: sound, issues: [...faults, ...shape, ...checkValues(sound)] }
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
