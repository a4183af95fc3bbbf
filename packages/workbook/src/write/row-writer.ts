import { columnLetters, MAX_ROWS } from '../column-letters.ts'
import { ByteSink } from './byte-sink.ts'
import { textXml } from './cell-xml.ts'
import type { Comment } from './comments-part.ts'
import type { CellMark, Column, MarkedRow, RowInput } from './spec.ts'
import { STYLE } from './styles-part.ts'
import { MAX_CELL_TEXT } from './xml-escape.ts'

const ROW_START = ascii('<row r="')
const TAG_END = ascii('">')
/** The end of <t>, taken back when an attribute is to be added. */
const TAG_CLOSE = ascii('>')
const TEXT_END = ascii('</t></is></c>')
const ROW_END = ascii('</row>')

/** Turns rows into XML; what is the same for all cells of a column is put together once. */
export class RowWriter {
  private readonly sink = new ByteSink()
  private readonly comments: Comment[]
  /** A cell up to its row's number, and from there to the end of <t>. */
  private readonly starts: Uint8Array[]
  private readonly styles: Uint8Array[]
  /** The last row written, as Excel counts; the header is row 1. */
  private row = 1

  constructor(columns: readonly Column[], comments: Comment[]) {
    this.comments = comments
    this.starts = columns.map((_, column) => ascii(`<c r="${columnLetters(column)}`))
    this.styles = columns.map(({ text }) => ascii(textStart(text ? STYLE.text : STYLE.general)))
  }

  /** Writes a row; true when enough is gathered for `take`. */
  add(input: RowInput): boolean {
    this.row++
    if (this.row > MAX_ROWS) throw new RangeError('a sheet has no more rows')
    const { sink } = this
    const number = ascii(String(this.row))
    sink.put(ROW_START)
    sink.put(number)
    sink.put(TAG_END)
    if ('marks' in input) this.addMarked(input, number)
    else this.addPlain(input, number)
    sink.put(ROW_END)
    return sink.isFull
  }

  take(): { xml: Uint8Array; lastRow: number } {
    return { xml: this.sink.take(), lastRow: this.row }
  }

  private addPlain(cells: readonly string[], number: Uint8Array): void {
    const { starts, styles } = this
    const count = Math.min(cells.length, starts.length)
    for (let column = 0; column < count; column++) {
      const text = cells[column]!
      if (text !== '') this.addCell(column, number, styles[column]!, text)
    }
  }

  private addMarked({ cells, marks }: MarkedRow, number: Uint8Array): void {
    for (let column = 0; column < this.starts.length; column++) {
      const text = cells[column] ?? ''
      const mark = marks.get(column)
      if (mark?.comment !== undefined) this.comments.push({ row: this.row - 1, column, text: mark.comment })
      if (text !== '') this.addCell(column, number, this.styleOf(column, mark), text)
      else if (mark?.fill !== undefined) this.addEmptyCell(column, number, mark.fill)
    }
  }

  private addCell(column: number, number: Uint8Array, style: Uint8Array, text: string): void {
    const { sink } = this
    sink.put(this.starts[column]!)
    sink.put(number)
    sink.put(style)
    if (text.length <= MAX_CELL_TEXT && sink.putPlainText(text)) sink.put(TEXT_END)
    else {
      sink.unput(TAG_CLOSE)
      sink.putString(textXml(text))
    }
  }

  private addEmptyCell(column: number, number: Uint8Array, fill: 'error' | 'warning'): void {
    this.sink.put(this.starts[column]!)
    this.sink.put(number)
    this.sink.putString(`" s="${STYLE[fill]}"/>`)
  }

  private styleOf(column: number, mark: CellMark | undefined): Uint8Array {
    return mark?.fill === undefined ? this.styles[column]! : ascii(textStart(STYLE[mark.fill]))
  }
}

function textStart(style: number): string {
  return style === STYLE.general ? '" t="inlineStr"><is><t>' : `" s="${style}" t="inlineStr"><is><t>`
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
