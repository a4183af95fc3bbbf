import { columnLetters } from '../column-letters.ts'
import { inlineCell } from './cell-xml.ts'
import { heightXml } from './row-height.ts'
import { PAGE_MARGINS, SHEET_END, SHEET_START, viewXml } from './sheet-frame.ts'
import type { NoteLine, NotesSheet } from './spec.ts'
import { STYLE } from './styles-part.ts'

const DEFAULT_WIDTHS = [90]

/** The XML of a sheet of free text lines. */
export function* notesSheetXml(sheet: NotesSheet, selected: boolean): Generator<string> {
  yield `${SHEET_START}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>${viewXml(selected)}`
  const widths = sheet.widths ?? DEFAULT_WIDTHS
  const cols = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
  yield cols.length === 0 ? '' : `<cols>${cols.join('')}</cols>`
  yield '<sheetData>'
  for (const [i, line] of sheet.lines.entries()) yield lineXml(line, i + 1, widths)
  // A4, as many pages high as it takes.
  yield `</sheetData>${PAGE_MARGINS}<pageSetup paperSize="9" fitToHeight="0"/>${SHEET_END}`
}

function lineXml(line: NoteLine, row: number, widths: readonly number[]): string {
  const { text, bold, red } = typeof line === 'string' ? { text: line } : line
  const style = bold ? (red ? STYLE.boldRedNote : STYLE.boldNote) : red ? STYLE.redNote : STYLE.note
  const texts = typeof text === 'string' ? [text] : text
  const cells = texts.map((cell, i) => (cell === '' ? '' : inlineCell(`${columnLetters(i)}${row}`, style, cell)))
  return `<row r="${row}"${heightXml(texts, widths)}>${cells.join('')}</row>`
}
