import { CFB } from 'xlsx'
import { join } from './tiny-zip.ts'

/** A cell of a hand-made .xls: its record's type and what follows row, column and style. */
export type XlsCell = { readonly type: number; readonly style?: number; readonly data: Uint8Array }

export type TinyXls = {
  readonly rows: readonly (readonly (XlsCell | undefined)[])[]
  /** Number format ids by style index, and custom codes by id. */
  readonly formats?: readonly number[]
  readonly codes?: Readonly<Record<number, string>>
  readonly epoch1904?: boolean
  readonly protection?: boolean
  readonly hidden?: boolean
  /** What kind of sheet it says it is: 0x10 for rows, 0x20 for a chart, 0x40 for macros. */
  readonly sheetType?: number
  /** Names of further streams in the container. */
  readonly streams?: readonly string[]
}

export const xlsText = (text: string, style = 0): XlsCell => ({ type: 0x0204, style, data: wideText(text) })
export const xlsNumber = (value: number, style = 0): XlsCell => ({ type: 0x0203, style, data: float(value) })
export const xlsBoolean = (value: boolean): XlsCell => ({ type: 0x0205, data: Uint8Array.of(value ? 1 : 0, 0) })
export const xlsError = (code: number): XlsCell => ({ type: 0x0205, data: Uint8Array.of(code, 1) })
/** 1 + 2, last calculated as `value`. */
export const xlsFormula = (value: number): XlsCell => ({
  type: 0x0006,
  data: join([float(value), new Uint8Array(6), Uint8Array.of(7, 0, 0x1e, 1, 0, 0x1e, 2, 0, 0x03)]),
})

/** An Excel 97–2003 workbook of one sheet, record by record. For tests. */
export function tinyXls(book: TinyXls): Uint8Array {
  const file = CFB.utils.cfb_new()
  CFB.utils.cfb_add(file, 'Workbook', Buffer.from(stream(book)))
  for (const name of book.streams ?? []) CFB.utils.cfb_add(file, name, Buffer.from('x'))
  return new Uint8Array(CFB.write(file, { type: 'buffer' }) as Buffer)
}

function stream(book: TinyXls): Uint8Array {
  const before = [
    record(0x0809, bof(0x05)),
    ...(book.protection ? [record(0x2f, Uint8Array.of(0, 0, 1, 2, 3, 4))] : []),
    record(0x22, Uint8Array.of(book.epoch1904 ? 1 : 0, 0)),
    ...Object.entries(book.codes ?? {}).map(([id, code]) => record(0x041e, join([uint16(Number(id)), wideText(code)]))),
    ...(book.formats ?? [0]).map((id) => record(0xe0, join([uint16(0), uint16(id), new Uint8Array(16)]))),
  ]
  const type = book.sheetType ?? 0x10
  const kind = { 32: 2, 64: 1 }[type] ?? 0
  const sheetHead = join([Uint8Array.of(book.hidden ? 1 : 0, kind, 1, 1), uint16(0x53)])
  const start = join(before).length + 4 + 4 + sheetHead.length + 4
  const cells = book.rows.flatMap((row, r) =>
    row.flatMap((cell, c) =>
      cell === undefined ? [] : [record(cell.type, join([uint16(r), uint16(c), uint16(cell.style ?? 0), cell.data]))],
    ),
  )
  const position = new Uint8Array(4)
  new DataView(position.buffer).setUint32(0, start, true)
  const end = record(0x0a, new Uint8Array(0))
  return join([...before, record(0x85, join([position, sheetHead])), end, record(0x0809, bof(type)), ...cells, end])
}

function bof(type: number): Uint8Array {
  return join([uint16(0x0600), uint16(type), uint16(0x0dbb), uint16(0x07cc), new Uint8Array(8)])
}

function record(type: number, data: Uint8Array): Uint8Array {
  return join([uint16(type), uint16(data.length), data])
}

function wideText(text: string): Uint8Array {
  return join([uint16(text.length), Uint8Array.of(1), new Uint8Array(Buffer.from(text, 'utf16le'))])
}

function float(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value, true)
  return bytes
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >> 8)
}
