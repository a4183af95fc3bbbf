import type { ReadOptions, RowBatch } from '../read/read-rows.ts'
import { RefusedError, refusalOf } from '../read/refusal.ts'
import type { CellFlag, FlaggedCell, Row } from '../read/row.ts'

const NO_FLAGS: readonly FlaggedCell[] = Object.freeze([])

/** The row as the .xlsx reader would give it: without empty cells at its end; undefined when nothing is in it. Takes `cells` over. */
export function makeRow(number: number, cells: string[], flags: readonly FlaggedCell[]): Row | undefined {
  let width = flags.reduce((last, { column }) => Math.max(last, column + 1), 0)
  for (let column = cells.length - 1; column >= width; column--) if (cells[column] !== '') width = column + 1
  if (width === 0) return undefined
  cells.length = width
  return { row: number, cells, flags: flags.length === 0 ? NO_FLAGS : flags }
}

export function flagged(column: number, flag: CellFlag): FlaggedCell {
  return { column, flag }
}

/** Rows by the thousand, or as many as asked for; a refusal thrown on the way ends them as a value. */
export async function* inBatches(
  rows: Iterable<Row> | AsyncIterable<Row>,
  maxCells: number,
  progress: () => number,
  { batchRows = 1000 }: ReadOptions = {},
): AsyncGenerator<RowBatch> {
  let batch: Row[] = []
  let cellsLeft = maxCells
  try {
    for await (const row of rows) {
      cellsLeft -= row.cells.length
      if (cellsLeft < 0) throw new RefusedError('tooLarge', 'cells')
      // Held back until there is more: only the last batch says that all is read.
      if (batch.length >= batchRows) {
        yield { ok: true, rows: batch, progress: Math.min(1, progress()) }
        batch = []
      }
      batch.push(row)
    }
    if (batch.length > 0) yield { ok: true, rows: batch, progress: 1 }
  } catch (error) {
    yield { ok: false, refusal: refusalOf(error) }
  }
}
