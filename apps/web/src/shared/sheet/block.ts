/** Texts by row, as a spreadsheet program lays them on the clipboard. */
export type Block = readonly (readonly string[])[]

/** A place in a sheet: row and column counted from 0. */
export type Place = { readonly row: number; readonly column: number }

/** A rectangle of places, both corners included. */
export type Span = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }

/** Where each text of a pasted block goes, and what found no place. */
export type PlacedBlock = {
  readonly cells: readonly (Place & { readonly text: string })[]
  /** Rows and columns of the block that lie beyond the sheet. */
  readonly rowsBeyond: number
  readonly columnsBeyond: number
}

/** Reads what Excel, WPS or LibreOffice copy: tabs between cells, a line a row, cells with line breaks in quotes. */
export function parseBlock(text: string): Block {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at)
    row.push(cell.text)
    at = cell.end
    if (text[at] === '\t') {
      at++
      if (at === text.length) row.push('')
      continue
    }
    rows.push(row)
    row = []
    if (text[at] === '\r' && text[at + 1] === '\n') at++
    at++
  }
  // A tab at the very end began a cell that is empty.
  if (row.length > 0) rows.push(row)
  return rows
}

/** A block as text for the clipboard. */
export const formatBlock = (block: Block): string =>
  block
    .map((row) => row.map((text) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join('\t'))
    .join('\n')

/** The rectangle between two corners. */
export const spanOf = (a: Place, b: Place): Span => ({
  top: Math.min(a.row, b.row),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.column, b.column),
  right: Math.max(a.column, b.column),
})

/** Lays a block over a sheet from the upper left corner of the chosen rectangle; one that fits into it several times is repeated, as in Excel. */
export function placeBlock(block: Block, chosen: Span, size: { rows: number; columns: number }): PlacedBlock {
  const width = Math.max(0, ...block.map((row) => row.length))
  if (width === 0) return { cells: [], rowsBeyond: 0, columnsBeyond: 0 }
  const tall = repeated(block.length, chosen.bottom - chosen.top + 1)
  const wide = repeated(width, chosen.right - chosen.left + 1)
  const lastRow = Math.min(chosen.top + tall, size.rows)
  const lastColumn = Math.min(chosen.left + wide, size.columns)
  const cells: (Place & { text: string })[] = []
  for (let row = chosen.top; row < lastRow; row++) {
    const texts = block[(row - chosen.top) % block.length]!
    for (let column = chosen.left; column < lastColumn; column++)
      cells.push({ row, column, text: texts[(column - chosen.left) % width] ?? '' })
  }
  return { cells, rowsBeyond: chosen.top + tall - lastRow, columnsBeyond: chosen.left + wide - lastColumn }
}

const repeated = (length: number, room: number): number => (room > length && room % length === 0 ? room : length)

type Read = { readonly text: string; readonly end: number }

function plainCell(text: string, from: number): Read {
  let end = from
  while (end < text.length && text[end] !== '\t' && text[end] !== '\n' && text[end] !== '\r') end++
  return { text: text.slice(from, end), end }
}

/** A cell in quotes ends at a quote with a tab, a line end or nothing behind it; otherwise the quotes are the author's own. */
function quotedCell(text: string, from: number): Read {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== '"') continue
    if (text[at + 1] === '"') {
      at++
      continue
    }
    const next = text[at + 1]
    if (next !== undefined && next !== '\t' && next !== '\n' && next !== '\r') break
    return { text: text.slice(from + 1, at).replaceAll('""', '"'), end: at + 1 }
  }
  return plainCell(text, from)
}
