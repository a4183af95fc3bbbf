import { ASCII } from './ascii.ts'
import { type CellContext, CellReader } from './cell-reader.ts'
import { RefusedError } from './refusal.ts'
import type { Row } from './row.ts'
import { endOfMarkup, numberAttribute } from './xml-bytes.ts'

const { BANG, COLON, GT, LOWER_C, LOWER_R, LT, QUESTION, SLASH } = ASCII

/** Where the scanner stands in the part. */
type Phase = 'prolog' | 'head' | 'rows' | 'tail'

/**
 * Turns the bytes of a worksheet into rows. It sees a window of the part at a time and consumes whole elements only, so
 * that no state is kept inside one; a row is the state between cells.
 */
export class SheetScanner {
  /** Rows finished and not yet taken. */
  rows: Row[] = []
  private readonly reader: CellReader
  private phase: Phase = 'prolog'
  /** Length of the root's prefix with its colon: some writers say <x:row>. */
  private prefix = 0

  constructor(context: CellContext) {
    this.reader = new CellReader(context)
  }

  /** Reads as far as whole elements reach; returns how many bytes are done with. */
  scan(bytes: Uint8Array, end: number): number {
    let at = 0
    while (this.phase === 'prolog' || this.phase === 'head') {
      const next = this.scanHead(bytes, at, end)
      if (next < 0) return -next - 1
      at = next
    }
    if (this.phase === 'rows') at = this.scanRows(bytes, at, end)
    return this.phase === 'tail' ? end : at
  }

  /** To be called after the last byte: a part cut off inside its rows is refused. */
  finish(): void {
    if (this.phase !== 'tail') throw new RefusedError('damaged', 'sheet')
  }

  /** One element before the rows; when incomplete, -1 - (its start). */
  private scanHead(bytes: Uint8Array, from: number, end: number): number {
    const lt = bytes.indexOf(LT, from)
    if (lt < 0 || lt >= end) return -1 - end
    const next = endOfMarkup(bytes, lt, end)
    if (next < 0) return -1 - lt
    const first = bytes[lt + 1]
    if (first === QUESTION || first === BANG) return next
    if (this.phase === 'prolog') this.enterRoot(bytes, lt, next)
    else if (isNamed(bytes, lt + 1 + this.prefix, SHEET_DATA)) this.phase = bytes[next - 2] === SLASH ? 'tail' : 'rows'
    else if (first === SLASH && isNamed(bytes, lt + 2 + this.prefix, WORKSHEET)) this.phase = 'tail'
    return next
  }

  private enterRoot(bytes: Uint8Array, lt: number, tagEnd: number): void {
    const name = lt + 1
    for (let at = name; at < tagEnd && bytes[at]! > 0x20; at++) if (bytes[at] === COLON) this.prefix = at + 1 - name
    if (!isNamed(bytes, name + this.prefix, WORKSHEET)) throw new RefusedError('damaged', 'sheet')
    this.phase = bytes[tagEnd - 2] === SLASH ? 'tail' : 'head'
  }

  private scanRows(bytes: Uint8Array, from: number, end: number): number {
    const reader = this.reader
    const prefix = this.prefix
    reader.prefix = prefix
    let at = from
    while (at < end) {
      if (bytes[at] !== LT) {
        at++
        continue
      }
      const name = at + 1 + prefix
      let next: number
      if (bytes[name] === LOWER_C && name + 1 < end && isNameEnd(bytes[name + 1]!)) {
        next = reader.readCell(bytes, at, end)
      } else {
        next = this.scanRowMarkup(bytes, at, end)
      }
      if (next < 0) return at
      at = next
      if (this.phase === 'tail') return end
    }
    return at
  }

  /** Anything between cells: <row>, </row>, </sheetData>, and what is passed over. */
  private scanRowMarkup(bytes: Uint8Array, lt: number, end: number): number {
    const next = endOfMarkup(bytes, lt, end)
    if (next < 0) return -1
    const closing = bytes[lt + 1] === SLASH
    const name = lt + 1 + this.prefix + (closing ? 1 : 0)
    if (isNamed(bytes, name, ROW)) {
      // Also at a start: a row never closed must not run into the next.
      this.endRow()
      if (!closing) this.reader.startRow(numberAttribute(bytes, lt, next, LOWER_R))
    } else if (closing && isNamed(bytes, name, SHEET_DATA)) {
      this.phase = 'tail'
    }
    return next
  }

  private endRow(): void {
    const row = this.reader.takeRow()
    if (row !== undefined) this.rows.push(row)
  }
}

const ROW = ascii('row')
const SHEET_DATA = ascii('sheetData')
const WORKSHEET = ascii('worksheet')

function isNamed(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name[i]) return false
  return isNameEnd(bytes[at + name.length]!)
}

function isNameEnd(byte: number): boolean {
  return byte === GT || byte === SLASH || byte <= 0x20
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
