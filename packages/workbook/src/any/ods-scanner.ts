import { MAX_ROWS } from '../column-letters.ts'
import { ASCII } from '../read/ascii.ts'
import { ByteWindow } from '../read/byte-window.ts'
import { RefusedError } from '../read/refusal.ts'
import type { Row } from '../read/row.ts'
import { decodeUtf8 } from '../read/utf8-text.ts'
import { endOfElement, endOfMarkup } from '../read/xml-bytes.ts'
import { scanXml, type XmlAttributes } from '../read/xml-text.ts'
import { odsRow } from './ods-row.ts'
import { OdsStyles } from './ods-styles.ts'
import { makeRow } from './row-batches.ts'

const { BANG, COLON, GT, LT, QUESTION, SLASH, SPACE } = ASCII

type OdsSheet = { readonly name: string; readonly hidden: boolean }

/** Tables of other files that the program keeps beside the sheets, and what points to them. */
const OUTSIDE = new Set(['table-source', 'dde-links', 'dde-link', 'dde-source', 'cell-range-source'])

/** Walks content.xml as its bytes come. Lists the sheets, and gives the rows of the one asked for (-1 for none). */
export class OdsScanner {
  readonly sheets: OdsSheet[] = []
  isSpreadsheet = false
  /** The sheet asked for is over. */
  isDone = false
  bytesSeen = 0
  private readonly wanted: number
  private readonly window = new ByteWindow()
  private readonly styles = new OdsStyles()
  private depth = 0
  private row = 0

  constructor(wanted: number) {
    this.wanted = wanted
  }

  *push(chunk: Uint8Array): Generator<Row> {
    this.bytesSeen += chunk.length
    if (this.window.append(chunk)) yield* this.scan()
  }

  /** To be called after the last byte: a part cut off inside a sheet is refused. */
  *finish(): Generator<Row> {
    yield* this.scan()
    if (!this.isDone && (this.depth > 0 || this.window.length > 0)) throw new RefusedError('damaged', 'content.xml')
  }

  private *scan(): Generator<Row> {
    const { bytes, length: end } = this.window
    let at = 0
    for (;;) {
      const lt = bytes.indexOf(LT, at)
      if (lt < 0 || lt >= end) {
        at = end
        break
      }
      let next = endOfMarkup(bytes, lt, end)
      if (next >= 0 && this.isRow(bytes, lt, next)) {
        if (bytes[next - 2] !== SLASH) next = endOfElement(bytes, lt, end)
        if (next >= 0) yield* this.takeRow(decodeUtf8(bytes, lt, next))
      } else if (next >= 0) this.enter(bytes, lt, next)
      if (next < 0) {
        at = lt
        break
      }
      at = next
      if (this.isDone) return
    }
    this.window.consume(at)
  }

  private isRow(bytes: Uint8Array, lt: number, next: number): boolean {
    return this.depth > 0 && localName(bytes, lt + 1, next) === 'table-row'
  }

  /** Everything that is no row: styles before the sheets, where sheets start and end. */
  private enter(bytes: Uint8Array, lt: number, next: number): void {
    const first = bytes[lt + 1]
    if (first === BANG || first === QUESTION) return
    if (first === SLASH) {
      if (this.depth > 0 && localName(bytes, lt + 2, next) === 'table') this.leaveTable()
      return
    }
    const name = localName(bytes, lt + 1, next)
    if (OUTSIDE.has(name)) throw new RefusedError('externalLink')
    if (name === 'spreadsheet') this.isSpreadsheet = true
    if (OdsStyles.NAMES.has(name)) this.styles.enter(name, attributesOf(bytes, lt, next))
    else if (name === 'table' && this.isSpreadsheet) this.enterTable(bytes, lt, next)
  }

  /** A table inside a sheet stands in a drawing and is none of its rows. */
  private enterTable(bytes: Uint8Array, lt: number, next: number): void {
    const closed = bytes[next - 2] === SLASH
    if (this.depth === 0) {
      const attributes = attributesOf(bytes, lt, next)
      const hidden = this.styles.hiddenSheets.has(attributes.get('style-name') ?? '')
      this.sheets.push({ name: attributes.get('name') ?? '', hidden })
      this.row = 0
    }
    if (!closed) this.depth++
  }

  private leaveTable(): void {
    this.depth--
    this.isDone = this.depth === 0 && this.sheets.length - 1 === this.wanted
  }

  private *takeRow(xml: string): Generator<Row> {
    if (this.depth !== 1 || this.sheets.length - 1 !== this.wanted) return
    const { cells, flags, times } = odsRow(xml, this.styles)
    const row = makeRow(this.row + 1, cells, flags)
    if (row === undefined) this.row += times
    else {
      for (let i = 0; i < times; i++) {
        if (++this.row > MAX_ROWS) throw new RefusedError('damaged', 'row')
        yield { ...row, row: this.row }
      }
    }
  }
}

function attributesOf(bytes: Uint8Array, lt: number, next: number): XmlAttributes {
  let found: XmlAttributes = new Map()
  scanXml(decodeUtf8(bytes, lt, next), {
    open: (_, attributes) => {
      found = attributes
    },
  })
  return found
}

/** The name that starts at `from`, without its prefix. */
function localName(bytes: Uint8Array, from: number, end: number): string {
  let start = from
  let at = from
  for (; at < end && bytes[at]! > SPACE && bytes[at] !== SLASH && bytes[at] !== GT; at++) {
    if (bytes[at] === COLON) start = at + 1
  }
  return decodeUtf8(bytes, start, at)
}
