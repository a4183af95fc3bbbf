import { columnLetters } from '../column-letters.ts'
import { ASCII } from '../read/ascii.ts'
import type { CellMarks, MarksByRow } from './marks.ts'
import type { SheetVisitor } from './sheet-walker.ts'
import type { StylePlan } from './style-plan.ts'
import { type MissingCell, numberAt } from './survey.ts'
import { attributeAt, endOfValue } from './tag-attribute.ts'

const { SLASH } = ASCII

/** What a sheet is rewritten by. */
export type SheetPlan = {
  readonly rows: MarksByRow
  readonly styles: StylePlan
  /** Marked cells the sheet has not, by row in rising order. */
  readonly missing: ReadonlyMap<number, readonly MissingCell[]>
  hasRow(row: number): boolean
  /** The root's prefix with its colon. */
  readonly prefix: string
  /** An element to be added that names the drawing with the boxes of comments; '' when the sheet has one or needs none. */
  readonly drawing: string
}

/** Children of the root that stand behind <legacyDrawing>. Alternatives wrap controls and embedded objects. */
const BEHIND_DRAWING = new Set([
  'legacyDrawingHF',
  'drawingHF',
  'picture',
  'oleObjects',
  'controls',
  'AlternateContent',
  'webPublishItems',
  'tableParts',
  'extLst',
])
const STYLE = ascii('s')
const ADDRESS = ascii('r')

/** Writes a sheet anew with its marks: the styles of marked cells, and cells and rows it has not; every other byte as it is. */
export class SheetRewriter implements SheetVisitor {
  private readonly plan: SheetPlan
  private readonly missingRows: readonly number[]
  private nextMissingRow = 0
  private readonly out: Uint8Array[] = []
  /** Bytes before are written. */
  private kept = 0
  private marks: readonly CellMarks[] | undefined
  private rowNumber = 0
  /** Of the row at hand, cells to be put in. */
  private missing: readonly MissingCell[] = []
  private nextMissing = 0
  private drawing: string
  private readonly done = new Set<number>()

  constructor(plan: SheetPlan) {
    this.plan = plan
    this.drawing = plan.drawing
    this.missingRows = [...plan.missing.keys()].filter((row) => !plan.hasRow(row))
  }

  root(): void {}

  head(): void {}

  row(bytes: Uint8Array, start: number, end: number, number: number): void {
    this.putRowsBefore(bytes, start, number)
    // Should the sheet have a row twice, what it lacks goes into the first.
    this.missing = this.done.has(number) ? [] : (this.plan.missing.get(number) ?? [])
    if (this.missing.length > 0) this.done.add(number)
    this.nextMissing = 0
    this.rowNumber = number
    this.marks = this.plan.rows.get(number)
    if (bytes[end - 2] !== SLASH || this.missing.length === 0) return
    this.keep(bytes, end - 2)
    this.put('>')
    this.putCellsBefore(bytes, end - 2, Number.POSITIVE_INFINITY)
    this.put(`</${this.plan.prefix}row>`)
    this.kept = end
  }

  cell(bytes: Uint8Array, start: number, end: number, column: number): void {
    if (this.nextMissing < this.missing.length) this.putCellsBefore(bytes, start, column)
    const { styles } = this.plan
    const mark = this.marks?.find((one) => one.column === column)
    if (mark === undefined && !styles.hasOwn) return
    const style = numberAt(bytes, start, end, STYLE) ?? 0
    if (mark !== undefined) this.putStyle(bytes, start, end, styles.markedStyle(style, mark.severity))
    else if (styles.isOwn(style)) this.putStyle(bytes, start, end, styles.baseOf(style))
  }

  endRow(bytes: Uint8Array, at: number): void {
    if (this.nextMissing < this.missing.length) this.putCellsBefore(bytes, at, Number.POSITIVE_INFINITY)
  }

  endRows(bytes: Uint8Array, at: number): void {
    this.putRowsBefore(bytes, at, Number.POSITIVE_INFINITY)
  }

  tail(bytes: Uint8Array, start: number, _end: number, name: string): void {
    if (this.drawing !== '' && BEHIND_DRAWING.has(name)) this.endRoot(bytes, start)
  }

  endRoot(bytes: Uint8Array, at: number): void {
    if (this.drawing === '') return
    this.keep(bytes, at)
    this.put(this.drawing)
    this.drawing = ''
  }

  take(bytes: Uint8Array, done: number): readonly Uint8Array[] {
    this.keep(bytes, done)
    this.kept = 0
    return this.out.splice(0)
  }

  private putStyle(bytes: Uint8Array, start: number, end: number, style: number): void {
    const value = attributeAt(bytes, start, end, STYLE)
    if (value >= 0) {
      this.keep(bytes, value)
      this.put(String(style))
      this.kept = endOfValue(bytes, value)
      return
    }
    const address = attributeAt(bytes, start, end, ADDRESS)
    const behind = address < 0 ? start + 2 + this.plan.prefix.length : endOfValue(bytes, address) + 1
    this.keep(bytes, behind)
    this.put(` s="${style}"`)
  }

  private putCellsBefore(bytes: Uint8Array, at: number, column: number): void {
    const cells: string[] = []
    for (; this.nextMissing < this.missing.length; this.nextMissing++) {
      const cell = this.missing[this.nextMissing]!
      if (cell.column >= column) break
      cells.push(this.cellXml(this.rowNumber, cell))
    }
    if (cells.length === 0) return
    this.keep(bytes, at)
    this.put(cells.join(''))
  }

  private putRowsBefore(bytes: Uint8Array, at: number, row: number): void {
    const { missing, prefix } = this.plan
    for (; this.nextMissingRow < this.missingRows.length; this.nextMissingRow++) {
      const number = this.missingRows[this.nextMissingRow]!
      if (number >= row) return
      const cells = missing.get(number)!.map((cell) => this.cellXml(number, cell))
      this.keep(bytes, at)
      this.put(`<${prefix}row r="${number}">${cells.join('')}</${prefix}row>`)
    }
  }

  private cellXml(row: number, { column, style }: MissingCell): string {
    return `<${this.plan.prefix}c r="${columnLetters(column)}${row}" s="${style}"/>`
  }

  /** Writes the bytes up to `to` as they are; copied, because their buffer is used again. */
  private keep(bytes: Uint8Array, to: number): void {
    if (to > this.kept) this.out.push(bytes.slice(this.kept, to))
    this.kept = Math.max(this.kept, to)
  }

  private put(text: string): void {
    this.out.push(new TextEncoder().encode(text))
  }
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
