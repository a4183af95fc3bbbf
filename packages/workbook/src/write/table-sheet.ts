import { columnLetters, MAX_COLUMNS, MAX_ROWS } from '../column-letters.ts'
import { inlineCell } from './cell-xml.ts'
import type { ChoiceLists } from './choice-lists.ts'
import type { Comment } from './comments-part.ts'
import { heightXml } from './row-height.ts'
import { RowWriter } from './row-writer.ts'
import { PAGE_MARGINS, SHEET_END, SHEET_START, viewXml } from './sheet-frame.ts'
import type { Column, TableSheet } from './spec.ts'
import { STYLE } from './styles-part.ts'
import { validationsXml } from './validations.ts'

const DEFAULT_WIDTH = 12

/** What is known of a sheet only once its last row is written. */
export type SheetResult = {
  readonly comments: Comment[]
  /** As Excel counts. */
  lastRow: number
}

/**
 * The XML of a table, row by row, noting in `result` what the other parts need of it. Elements stand in the order the
 * schema demands; Excel repairs any other.
 */
export async function* tableSheetXml(
  sheet: TableSheet,
  lists: ChoiceLists,
  result: SheetResult,
  selected: boolean,
): AsyncGenerator<string | Uint8Array> {
  const { columns } = sheet
  if (columns.length === 0 || columns.length > MAX_COLUMNS) throw new RangeError(`${columns.length} columns`)
  yield SHEET_START + viewXml(selected, FROZEN_HEADER) + colsXml(columns)
  yield `<sheetData>${headerXml(columns, result.comments)}`
  for await (const piece of rowPieces(sheet, result.comments)) {
    result.lastRow = piece.lastRow
    yield piece.xml
  }
  const lastRow = Math.min(sheet.lastRow ?? MAX_ROWS, MAX_ROWS)
  const lastColumn = columnLetters(columns.length - 1)
  yield '</sheetData>'
  if (sheet.autoFilter) yield `<autoFilter ref="A1:${lastColumn}${result.lastRow}"/>`
  yield validationsXml(columns, lists, Math.max(lastRow, 2))
  yield PAGE_MARGINS
  // Numbers kept as text are meant here; without this every cell has a green corner.
  yield `<ignoredErrors><ignoredError sqref="A1:${lastColumn}${Math.max(lastRow, result.lastRow)}" numberStoredAsText="1"/></ignoredErrors>`
  if (result.comments.length > 0) yield '<legacyDrawing r:id="rId1"/>'
  yield SHEET_END
}

const FROZEN_HEADER =
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/>'

function colsXml(columns: readonly Column[]): string {
  const cols = columns.map(({ width, text }, i) => {
    const style = text ? ` style="${STYLE.text}"` : ''
    return `<col min="${i + 1}" max="${i + 1}" width="${width ?? DEFAULT_WIDTH}"${style} customWidth="1"/>`
  })
  return `<cols>${cols.join('')}</cols>`
}

function headerXml(columns: readonly Column[], comments: Comment[]): string {
  const cells = columns.map(({ header, required, comment }, column) => {
    if (comment !== undefined) comments.push({ row: 0, column, text: comment })
    return inlineCell(`${columnLetters(column)}1`, required ? STYLE.requiredHeader : STYLE.header, header)
  })
  const height = heightXml(
    columns.map(({ header }) => header),
    columns.map(({ width }) => width ?? DEFAULT_WIDTH),
  )
  return `<row r="1"${height}>${cells.join('')}</row>`
}

async function* rowPieces(
  sheet: TableSheet,
  comments: Comment[],
): AsyncGenerator<{ xml: Uint8Array; lastRow: number }> {
  const writer = new RowWriter(sheet.columns, comments)
  const { rows = [], pages } = sheet
  if (pages) {
    for await (const page of pages) for (const row of page) if (writer.add(row)) yield writer.take()
  } else if (Symbol.iterator in rows) {
    // Without an await per row.
    for (const row of rows) if (writer.add(row)) yield writer.take()
  } else {
    for await (const row of rows) if (writer.add(row)) yield writer.take()
  }
  yield writer.take()
}
