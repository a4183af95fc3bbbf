import { MAX_COLUMNS, MAX_ROWS } from '../column-letters.ts'

export type Severity = 'error' | 'warning'

/** Something to be said about a cell. */
export type Mark = {
  /** As Excel counts, from 1. */
  readonly row: number
  /** From 0 for A. */
  readonly column: number
  /** A red or a yellow ground. */
  readonly severity: Severity
  /** What is wrong and what to do; without it the cell is only coloured. */
  readonly comment?: string
}

/** All that is to be said about one cell. */
export type CellMarks = { readonly column: number; readonly severity: Severity; readonly comment: string }

/** By row, in rising order; the cells of a row in rising order as well. */
export type MarksByRow = ReadonlyMap<number, readonly CellMarks[]>

/** Marks by row and cell: of several on one cell the worst colour and every comment. Throws for a place no sheet has. */
export function groupMarks(marks: Iterable<Mark>): MarksByRow {
  const rows = new Map<number, Map<number, CellMarks>>()
  for (const { row, column, severity, comment = '' } of marks) {
    if (!(row >= 1 && row <= MAX_ROWS && column >= 0 && column < MAX_COLUMNS)) {
      throw new RangeError(`no such cell: row ${row}, column ${column}`)
    }
    const cells = rows.get(row) ?? new Map<number, CellMarks>()
    const known = cells.get(column)
    cells.set(column, known === undefined ? { column, severity, comment } : both(known, severity, comment))
    rows.set(row, cells)
  }
  const inOrder = [...rows].sort(([a], [b]) => a - b)
  return new Map(inOrder.map(([row, cells]) => [row, [...cells.values()].sort((a, b) => a.column - b.column)]))
}

function both(known: CellMarks, severity: Severity, comment: string): CellMarks {
  return {
    column: known.column,
    severity: known.severity === 'error' ? 'error' : severity,
    comment: [known.comment, comment].filter((text) => text !== '').join('\n'),
  }
}
