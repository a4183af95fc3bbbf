/**
 * What the reader noticed about a cell, beside its text:
 * - date: the text is a day or time made from a number by its format;
 * - formula: the text is the result last calculated;
 * - error: the text is an error such as '#N/A';
 * - precisionLost: a whole number of more than 15 digits, whose end the spreadsheet has dropped.
 */
export type CellFlag = 'date' | 'formula' | 'error' | 'precisionLost'

export type FlaggedCell = { readonly column: number; readonly flag: CellFlag }

/** A row with at least one cell that is not empty. */
export type Row = {
  /** As Excel counts, from 1. */
  readonly row: number
  /** Text by column, 0 for A; '' where nothing is. Ends with the last cell that has a value. */
  readonly cells: readonly string[]
  /** One entry per flag; the same empty array for every clean row. */
  readonly flags: readonly FlaggedCell[]
}

/** Whether the cell carries the flag. */
export function hasFlag(row: Row, column: number, flag: CellFlag): boolean {
  return row.flags.some((flagged) => flagged.column === column && flagged.flag === flag)
}
