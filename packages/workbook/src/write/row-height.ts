const LINE_HEIGHT = 15
/** Space above and below the text. */
const PADDING = 3

/**
 * The `ht` attributes of a row whose texts wrap in columns of the given widths; '' when one line is enough. Spreadsheets
 * could find the height themselves, but LibreOffice and WPS often do not when they open a file.
 */
export function heightXml(texts: readonly string[], widths: readonly number[]): string {
  const lines = Math.max(1, ...texts.map((text, i) => linesOf(text, widths[i] ?? Number.POSITIVE_INFINITY)))
  return lines === 1 ? '' : ` ht="${Math.min(409, lines * LINE_HEIGHT + PADDING)}" customHeight="1"`
}

function linesOf(text: string, width: number): number {
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / width)), 0)
}

/** Width in digits of the font: a Chinese character takes two. */
function columnsOf(line: string): number {
  let columns = 0
  for (const character of line) columns += character.codePointAt(0)! < 0x1100 ? 1 : 2
  return columns
}
