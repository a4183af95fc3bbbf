/** Texts not yet sent, by row number and column key. */
export type Edits = ReadonlyMap<number, ReadonlyMap<string, string>>

/** A text for a cell, and what the server holds there. */
export type CellEdit = {
  readonly rowNumber: number
  readonly field: string
  readonly text: string
  readonly stored: string
}

/** One cell as it is sent. */
export type SentCell = { readonly rowNumber: number; readonly field: string; readonly value: string }

export const NO_EDITS: Edits = new Map()

/** The edits with some more; a cell given its stored text again is no edit any longer. Rows without a change stay the same objects. */
export function editCells(edits: Edits, changes: readonly CellEdit[]): Edits {
  const next = new Map(edits)
  for (const { rowNumber, field, text, stored } of changes) {
    const row = new Map(next.get(rowNumber))
    if (text === stored) row.delete(field)
    else row.set(field, text)
    if (row.size > 0) next.set(rowNumber, row)
    else next.delete(rowNumber)
  }
  return next
}

/** How many cells are edited. */
export const countEdits = (edits: Edits): number => [...edits.values()].reduce((sum, row) => sum + row.size, 0)

/** The edits as cells, row by row. */
export const cellsOf = (edits: Edits): readonly SentCell[] =>
  [...edits]
    .sort(([a], [b]) => a - b)
    .flatMap(([rowNumber, row]) => [...row].map(([field, value]) => ({ rowNumber, field, value })))

/** What is left once some cells were sent: a cell written again meanwhile is still to be sent. */
export function withoutSent(edits: Edits, sent: readonly SentCell[]): Edits {
  const next = new Map([...edits].map(([rowNumber, row]) => [rowNumber, new Map(row)]))
  for (const { rowNumber, field, value } of sent) {
    const row = next.get(rowNumber)
    if (row?.get(field) === value) row.delete(field)
    if (row?.size === 0) next.delete(rowNumber)
  }
  return next
}

/** What is left once some rows were left out: their cells need no mending. */
export const withoutRows = (edits: Edits, rowNumbers: readonly number[]): Edits =>
  new Map([...edits].filter(([rowNumber]) => !rowNumbers.includes(rowNumber)))
