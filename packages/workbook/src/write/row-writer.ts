import { columnLetters, MAX_ROWS } from '../column-letters.ts'
import { ByteSink } from './byte-sink.ts'
import { textXml } from './cell-xml.ts'
import type { Comment } from './comments-part.ts'
import type { CellMark, CellPutter, Column, MarkedRow, RowInput } from './spec.ts'
import { STYLE } from './styles-part.ts'
import { MAX_CELL_TEXT } from './xml-escape.ts'

const ROW_START = ascii('<row r="')
const TAG_END = ascii('">')
/** The end of <t>, taken back when an attribute is to be added. */
const TAG_CLOSE = ascii('>')
const TEXT_END = ascii('</t></is></c>')
const ROW_END = ascii('</row>')

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Turns rows into XML; what is the same for all cells of a column is put together once. A row may put its cells itself. */
export class RowWriter implements CellPutter {
  private readonly sink = new ByteSink()
  private readonly comments: Comment[]
  /** A cell up to its row's number. */
  private readonly starts: Uint8Array[]
  /** The style of each column's cells. */
  private readonly styles: number[]
  /** The number of the row being written, in digits. */
  private digits = ascii('1')
  /** By style, what the cells of the row being written have in common: its number, and from there to the end of <t>. */
  private middles: (Uint8Array | undefined)[] = []
  /** The last row written, as Excel counts; the header is row 1. */
  private row = 1

  constructor(columns: readonly Column[], comments: Comment[]) {
    this.comments = comments
    this.starts = columns.map((_, column) => ascii(`<c r="${columnLetters(column)}`))
    this.styles = columns.map(({ text }) => (text ? STYLE.text : STYLE.general))
  }

  /** Writes a row; true when enough is gathered for `take`. */
  add(input: RowInput): boolean {
    this.row++
    if (this.row > MAX_ROWS) throw new RangeError('a sheet has no more rows')
    this.countOn()
    const { sink } = this
    sink.put(ROW_START)
    sink.put(this.digits)
    sink.put(TAG_END)
    if ('put' in input) input.put(this)
    else if ('marks' in input) this.addMarked(input)
    else this.addPlain(input)
    sink.put(ROW_END)
    return sink.isFull
  }

  take(): { xml: Uint8Array; lastRow: number } {
    return { xml: this.sink.take(), lastRow: this.row }
  }

  text(column: number, text: string): void {
    if (text !== '') this.addCell(column, this.styles[column]!, text)
  }

  utf8(column: number, bytes: Uint8Array, from: number, to: number): void {
    if (from >= to) return
    const { sink } = this
    const style = this.styles[column]!
    const middle = this.middles[style] ?? this.middleOf(style)
    if (to - from <= MAX_CELL_TEXT && sink.putPlainUtf8(this.starts[column]!, middle, bytes, from, to, TEXT_END)) return
    this.addCell(column, style, decoder.decode(bytes.subarray(from, to)))
  }

  private addPlain(cells: readonly string[]): void {
    const { starts, styles } = this
    const count = Math.min(cells.length, starts.length)
    for (let column = 0; column < count; column++) {
      const text = cells[column]!
      if (text !== '') this.addCell(column, styles[column]!, text)
    }
  }

  private addMarked({ cells, marks }: MarkedRow): void {
    for (let column = 0; column < this.starts.length; column++) {
      const text = cells[column] ?? ''
      const mark = marks.get(column)
      if (mark?.comment !== undefined) this.comments.push({ row: this.row - 1, column, text: mark.comment })
      if (text !== '') this.addCell(column, this.styleOf(column, mark), text)
      else if (mark?.fill !== undefined) this.addEmptyCell(column, mark.fill)
    }
  }

  private addCell(column: number, style: number, text: string): void {
    const { sink } = this
    const start = this.starts[column]!
    const middle = this.middles[style] ?? this.middleOf(style)
    if (text.length <= MAX_CELL_TEXT && sink.putPlainCell(start, middle, text, TEXT_END)) return
    sink.put(start)
    sink.put(middle)
    sink.unput(TAG_CLOSE)
    sink.putString(textXml(text))
  }

  private addEmptyCell(column: number, fill: 'error' | 'warning'): void {
    this.sink.put(this.starts[column]!)
    this.sink.putString(`${this.row}" s="${STYLE[fill]}"/>`)
  }

  private styleOf(column: number, mark: CellMark | undefined): number {
    return mark?.fill === undefined ? this.styles[column]! : STYLE[mark.fill]
  }

  /** Puts the row's number where it is written. */
  private countOn(): void {
    const { digits, row } = this
    const length = String(row).length
    if (length !== digits.length) {
      this.digits = ascii(String(row))
      this.middles = []
      return
    }
    let left = row
    for (let at = length - 1; at >= 0; at--) {
      digits[at] = 0x30 + (left % 10)
      left = Math.floor(left / 10)
    }
    for (const middle of this.middles) middle?.set(digits)
  }

  private middleOf(style: number): Uint8Array {
    const attribute = style === STYLE.general ? '' : ` s="${style}"`
    const middle = ascii(`${this.row}"${attribute} t="inlineStr"><is><t>`)
    this.middles[style] = middle
    return middle
  }
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
