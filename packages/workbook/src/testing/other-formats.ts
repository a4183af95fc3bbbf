import { type CellObject, utils, type WorkSheet, write } from 'xlsx'

/** Kinds of files a roster may come in, besides .xlsx. */
export const OTHER_FORMATS = ['.xls', '.ods', '.csv in UTF-8', '.csv in UTF-8 with mark', '.csv in GB18030'] as const

export type OtherFormat = (typeof OTHER_FORMATS)[number]

/** Texts, and days as { day: serial number }, as a file of another kind, written by SheetJS. For tests. */
export function otherFormat(kind: OtherFormat, grid: readonly (readonly (string | { day: number })[])[]): Uint8Array {
  const sheet: WorkSheet = { '!ref': utils.encode_range({ s: { r: 0, c: 0 }, e: { r: grid.length, c: 200 } }) }
  for (const [r, row] of grid.entries()) {
    for (const [c, value] of row.entries()) if (value !== '') sheet[utils.encode_cell({ r, c })] = cellOf(value)
  }
  if (kind.startsWith('.csv')) return csvBytes(kind, utils.sheet_to_csv(sheet))
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, '名单')
  return new Uint8Array(write(book, { bookType: kind === '.xls' ? 'biff8' : 'ods', type: 'array' }))
}

function cellOf(value: string | { day: number }): CellObject {
  return typeof value === 'string' ? { t: 's', v: value } : { t: 'n', v: value.day, z: 'yyyy-mm-dd' }
}

function csvBytes(kind: OtherFormat, text: string): Uint8Array {
  if (kind === '.csv in GB18030') return toGb18030(text)
  return new TextEncoder().encode(kind === '.csv in UTF-8' ? text : `\ufeff${text}`)
}

/** Characters of one and two bytes, which GBK has too; the platform only decodes. */
export function toGb18030(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030')
  const known = new Map<string, readonly number[]>()
  for (let a = 0x81; a < 0xff; a++) {
    for (let b = 0x40; b < 0xff; b++) known.set(decoder.decode(Uint8Array.of(a, b)), [a, b])
  }
  return Uint8Array.from([...text].flatMap((char) => (char < '\u0080' ? [char.charCodeAt(0)] : known.get(char)!)))
}
