import { MAX_COLUMNS, MAX_ROWS } from '../column-letters.ts'
import { ASCII } from '../read/ascii.ts'
import { ByteWindow } from '../read/byte-window.ts'
import { RefusedError } from '../read/refusal.ts'
import { decodeUtf8 } from '../read/utf8-text.ts'
import { endOfElement, endOfMarkup, numberAttribute } from '../read/xml-bytes.ts'
import { attributeAt } from './tag-attribute.ts'

const { BANG, COLON, GT, LOWER_R, LT, QUESTION, SLASH, SPACE, UPPER_A, UPPER_Z } = ASCII

/** Told of every tag of a worksheet that matters to marking, by its place bytes[start … end). */
export type SheetVisitor = {
  root(bytes: Uint8Array, start: number, end: number): void
  /** Any element that starts before the rows, by its local name. */
  head(bytes: Uint8Array, start: number, end: number, name: string): void
  row(bytes: Uint8Array, start: number, end: number, number: number): void
  /** The start tag of a cell; its column as written, or as it follows from the one before. */
  cell(bytes: Uint8Array, start: number, end: number, column: number): void
  /** Before </row>; not for a row closed in its own tag. */
  endRow(bytes: Uint8Array, at: number): void
  /** Before </sheetData>. */
  endRows(bytes: Uint8Array, at: number): void
  /** A child of the root that starts behind the rows, by its local name. */
  tail(bytes: Uint8Array, start: number, end: number, name: string): void
  /** Before the root's end. */
  endRoot(bytes: Uint8Array, at: number): void
  /** Everything before `done` will not be shown again; what is to be written of it. */
  take(bytes: Uint8Array, done: number): readonly Uint8Array[]
}

/** Walks over the UTF-8 bytes of a worksheet, handing out what the visitor makes of them. Refuses a part that breaks off. */
export async function* walkSheet(chunks: AsyncIterable<Uint8Array>, visitor: SheetVisitor): AsyncGenerator<Uint8Array> {
  const window = new ByteWindow()
  const walker = new SheetWalker(visitor)
  for await (const chunk of chunks) {
    if (!window.append(chunk)) continue
    const done = walker.scan(window.bytes, window.length)
    yield* visitor.take(window.bytes, done)
    window.consume(done)
  }
  const done = walker.scan(window.bytes, window.length)
  if (!walker.isDone || done < window.length) throw new RefusedError('damaged', 'sheet')
  yield* visitor.take(window.bytes, done)
}

type Phase = 'prolog' | 'head' | 'rows' | 'tail' | 'done'

/** Sees rows and cells exactly where the reader sees them, so that an address means the same cell to both. */
class SheetWalker {
  private readonly visitor: SheetVisitor
  private phase: Phase = 'prolog'
  /** Length of the root's prefix with its colon. */
  private prefix = 0
  private row = 0
  private inRow = false
  private column = -1
  /** Elements open behind the rows, the root not counted. */
  private depth = 0

  constructor(visitor: SheetVisitor) {
    this.visitor = visitor
  }

  get isDone(): boolean {
    return this.phase === 'done'
  }

  /** Walks as far as whole elements reach; returns how many bytes are done with. */
  scan(bytes: Uint8Array, end: number): number {
    for (let at = 0; ; ) {
      const lt = bytes[at] === LT ? at : bytes.indexOf(LT, at)
      if (lt < 0 || lt >= end) return end
      const tagEnd = endOfMarkup(bytes, lt, end)
      if (tagEnd < 0) return lt
      const next = this.visit(bytes, lt, tagEnd, end)
      if (next < 0) return lt
      at = next
    }
  }

  /** One tag, a whole cell at once; returns where to go on, or -1 when that lies beyond `end`. */
  private visit(bytes: Uint8Array, lt: number, tagEnd: number, end: number): number {
    const first = bytes[lt + 1]
    if (first === QUESTION || first === BANG) return tagEnd
    if (this.phase === 'rows') return this.visitRows(bytes, lt, tagEnd, end)
    if (this.phase === 'prolog') this.visitRoot(bytes, lt, tagEnd)
    else if (this.phase === 'head') this.visitHead(bytes, lt, tagEnd)
    else if (this.phase === 'tail') this.visitTail(bytes, lt, tagEnd)
    return tagEnd
  }

  private visitRoot(bytes: Uint8Array, lt: number, tagEnd: number): void {
    for (let at = lt + 1; bytes[at]! > SPACE && at < tagEnd; at++) if (bytes[at] === COLON) this.prefix = at - lt
    if (localName(bytes, lt + 1) !== 'worksheet' || bytes[tagEnd - 2] === SLASH) {
      throw new RefusedError('damaged', 'sheet')
    }
    this.phase = 'head'
    this.visitor.root(bytes, lt, tagEnd)
  }

  private visitHead(bytes: Uint8Array, lt: number, tagEnd: number): void {
    if (bytes[lt + 1] === SLASH) return
    if (!this.isNamed(bytes, lt + 1, SHEET_DATA)) {
      this.visitor.head(bytes, lt, tagEnd, localName(bytes, lt + 1))
      return
    }
    // Without rows there is no header either, so no sheet that was read looks like this.
    if (bytes[tagEnd - 2] === SLASH) throw new RefusedError('damaged', 'sheet')
    this.phase = 'rows'
  }

  private visitRows(bytes: Uint8Array, lt: number, tagEnd: number, end: number): number {
    const closing = bytes[lt + 1] === SLASH
    const name = closing ? lt + 2 : lt + 1
    if (!closing && this.isNamed(bytes, name, CELL)) return this.visitCell(bytes, lt, tagEnd, end)
    if (this.isNamed(bytes, name, ROW)) {
      this.endRow(bytes, lt)
      if (!closing) this.startRow(bytes, lt, tagEnd)
    } else if (closing && this.isNamed(bytes, name, SHEET_DATA)) {
      this.endRow(bytes, lt)
      this.visitor.endRows(bytes, lt)
      this.phase = 'tail'
    }
    return tagEnd
  }

  private startRow(bytes: Uint8Array, lt: number, tagEnd: number): void {
    const number = numberAttribute(bytes, lt, tagEnd, LOWER_R)
    this.row = number < 0 ? this.row + 1 : number
    if (this.row < 1 || this.row > MAX_ROWS) throw new RefusedError('damaged', 'row')
    this.column = -1
    this.inRow = bytes[tagEnd - 2] !== SLASH
    this.visitor.row(bytes, lt, tagEnd, this.row)
  }

  private endRow(bytes: Uint8Array, at: number): void {
    if (this.inRow) this.visitor.endRow(bytes, at)
    this.inRow = false
  }

  private visitCell(bytes: Uint8Array, lt: number, tagEnd: number, end: number): number {
    const next = bytes[tagEnd - 2] === SLASH ? tagEnd : endOfElement(bytes, lt, end)
    if (next < 0) return -1
    const address = attributeAt(bytes, lt, tagEnd, ADDRESS)
    this.column = address < 0 ? this.column + 1 : columnAt(bytes, address)
    if (this.column < 0 || this.column >= MAX_COLUMNS) throw new RefusedError('damaged', 'cell')
    this.visitor.cell(bytes, lt, tagEnd, this.column)
    return next
  }

  private visitTail(bytes: Uint8Array, lt: number, tagEnd: number): void {
    if (bytes[lt + 1] === SLASH) {
      if (this.depth > 0) this.depth--
      else {
        this.visitor.endRoot(bytes, lt)
        this.phase = 'done'
      }
      return
    }
    if (this.depth === 0) this.visitor.tail(bytes, lt, tagEnd, localName(bytes, lt + 1))
    if (bytes[tagEnd - 2] !== SLASH) this.depth++
  }

  private isNamed(bytes: Uint8Array, from: number, name: Uint8Array): boolean {
    const at = from + this.prefix
    for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name[i]) return false
    const behind = bytes[at + name.length]!
    return behind === GT || behind === SLASH || behind <= SPACE
  }
}

const ADDRESS = ascii('r')
const CELL = ascii('c')
const ROW = ascii('row')
const SHEET_DATA = ascii('sheetData')

/** The column an address begins with; -1 when it is no address. */
function columnAt(bytes: Uint8Array, from: number): number {
  let column = 0
  let at = from
  for (; bytes[at]! >= UPPER_A && bytes[at]! <= UPPER_Z && at - from < 4; at++) {
    column = column * 26 + bytes[at]! - UPPER_A + 1
  }
  return column - 1
}

function localName(bytes: Uint8Array, from: number): string {
  let start = from
  let at = from
  for (; bytes[at]! > SPACE && bytes[at] !== GT && bytes[at] !== SLASH; at++) if (bytes[at] === COLON) start = at + 1
  return decodeUtf8(bytes, start, at)
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
