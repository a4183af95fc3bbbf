import { cellXml, cut, MAX_CELL_TEXT, needsPreserve } from './xml-escape.ts'

/** A whole text cell. */
export function inlineCell(address: string, style: number, text: string): string {
  return `<c r="${address}" s="${style}" t="inlineStr"><is><t${textXml(text)}`
}

/** A text cell from behind `<t` to its end; a text too long for a cell is cut. */
export function textXml(text: string): string {
  const shown = cut(text, MAX_CELL_TEXT)
  const start = needsPreserve(shown) ? ' xml:space="preserve">' : '>'
  return `${start}${cellXml(shown)}</t></is></c>`
}
