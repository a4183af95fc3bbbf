import { columnLetters } from '../column-letters.ts'
import { inlineCell } from './cell-xml.ts'
import type { ChoiceLists } from './choice-lists.ts'
import { SHEET_END, SHEET_START, viewXml } from './sheet-frame.ts'
import { STYLE } from './styles-part.ts'

/** The XML of the hidden sheet that holds long drop-down lists, one per column from row 1 on. */
export function* choicesSheetXml({ stored }: ChoiceLists): Generator<string> {
  yield `${SHEET_START}${viewXml(false)}<sheetData>`
  const rows = Math.max(0, ...stored.map(({ items }) => items.length))
  for (let row = 0; row < rows; row++) {
    const cells = stored.map(({ items }, column) => {
      const item = items[row]
      return item === undefined ? '' : inlineCell(`${columnLetters(column)}${row + 1}`, STYLE.text, item)
    })
    yield `<row r="${row + 1}">${cells.join('')}</row>`
  }
  yield `</sheetData>${SHEET_END}`
}
