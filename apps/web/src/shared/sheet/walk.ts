import type { Place } from './block.ts'

/** What a key press says about moving, as the keyboard event tells it. */
export type WalkKey = { readonly key: string; readonly ctrlKey: boolean; readonly shiftKey: boolean }

/** How large a sheet is, and how many rows a page of it shows. */
export type SheetSize = { readonly rows: number; readonly columns: number; readonly page: number }

/**
 * Where a key leads from a place, as in a spreadsheet; undefined for a key that leads nowhere: any other key, and Tab at the first or the last cell, which
 * leaves the sheet.
 */
export function walk(from: Place, { key, ctrlKey, shiftKey }: WalkKey, size: SheetSize): Place | undefined {
  const lastRow = size.rows - 1
  const lastColumn = size.columns - 1
  const to = (row: number, column: number): Place => ({
    row: clamp(row, lastRow),
    column: clamp(column, lastColumn),
  })
  switch (key) {
    case 'ArrowUp':
      return to(ctrlKey ? 0 : from.row - 1, from.column)
    case 'ArrowDown':
      return to(ctrlKey ? lastRow : from.row + 1, from.column)
    case 'ArrowLeft':
      return to(from.row, ctrlKey ? 0 : from.column - 1)
    case 'ArrowRight':
      return to(from.row, ctrlKey ? lastColumn : from.column + 1)
    case 'PageUp':
      return to(from.row - size.page, from.column)
    case 'PageDown':
      return to(from.row + size.page, from.column)
    case 'Home':
      return to(ctrlKey ? 0 : from.row, 0)
    case 'End':
      return to(ctrlKey ? lastRow : from.row, lastColumn)
    case 'Tab':
      return next(from, shiftKey ? -1 : 1, size)
    default:
      return undefined
  }
}

/** The next cell in reading order for which something holds, from the start again after the end; undefined when it holds for none but where one is. */
export function seek(
  from: Place | undefined,
  size: Pick<SheetSize, 'rows' | 'columns'>,
  holds: (at: Place) => boolean,
): Place | undefined {
  const count = size.rows * size.columns
  const start = from ? from.row * size.columns + from.column + 1 : 0
  for (let step = 0; step < count - (from ? 1 : 0); step++) {
    const index = (start + step) % count
    const at = { row: Math.floor(index / size.columns), column: index % size.columns }
    if (holds(at)) return at
  }
  return undefined
}

/** The cell before or after in reading order. */
function next(from: Place, step: 1 | -1, size: SheetSize): Place | undefined {
  const index = from.row * size.columns + from.column + step
  if (index < 0 || index >= size.rows * size.columns) return undefined
  return { row: Math.floor(index / size.columns), column: index % size.columns }
}

const clamp = (value: number, last: number): number => Math.max(0, Math.min(last, value))
