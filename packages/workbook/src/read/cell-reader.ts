import { MAX_COLUMNS, MAX_ROWS } from '../column-letters.ts'
import { ASCII } from './ascii.ts'
import { MAX_ELEMENT } from './byte-window.ts'
import { CELL_TYPE, endOfText, isShortWhole, readDigits, readType, TYPE_LENGTHS } from './cell-bytes.ts'
import { isoText, serialText } from './dates.ts'
import { unescapeControls } from './escapes.ts'
import { DATE, GENERAL } from './number-format.ts'
import { RefusedError } from './refusal.ts'
import type { CellFlag, FlaggedCell, Row } from './row.ts'
import type { SharedStrings } from './shared-strings.ts'
import { shownNumber } from './shown-number.ts'
import { slowCell } from './slow-cell.ts'
import type { CellStyles } from './styles.ts'
import { decodeUtf8, TextCache } from './utf8-text.ts'
import { endOfElement } from './xml-bytes.ts'

const {
  EQUALS,
  GT,
  LOWER_C,
  LOWER_I,
  LOWER_R,
  LOWER_S,
  LOWER_T,
  LOWER_V,
  LT,
  NINE,
  QUOTE,
  SLASH,
  SPACE,
  UPPER_A,
  UPPER_Z,
  ZERO,
} = ASCII
const { BOOLEAN, ERROR, FORMULA_TEXT, INLINE, ISO_DATE, NUMBER, SHARED } = CELL_TYPE

/** What a cell needs to know of its workbook. */
export type CellContext = {
  readonly strings: SharedStrings
  readonly styles: CellStyles
  readonly epoch1904: boolean
  readonly maxCells: number
}

/** What is none of these stays as it stands in the file, for whoever checks the column to object to. */
const TRUTH: ReadonlyMap<string, string> = new Map([
  ['1', 'TRUE'],
  ['true', 'TRUE'],
  ['0', 'FALSE'],
  ['false', 'FALSE'],
])

const NO_FLAGS: readonly FlaggedCell[] = Object.freeze([])

/**
 * Reads cells into the row at hand. The hot path of the whole reader: a plain cell is walked once over its bytes, makes no
 * object, and gets its text from a cache. Everything unusual (formula, rich text, comment, blanks between tags) is handed
 * to `slowCell`.
 */
export class CellReader {
  prefix = 0
  private readonly context: CellContext
  private readonly cache = new TextCache()
  private row = 0
  private column = -1
  /** Digits of the row's number, which every address repeats. */
  private rowDigits = 1
  private cells: string[] = []
  /** The last column of `cells` that holds anything; -1 before the first cell of a row. */
  private last = -1
  /** Empty cells about as wide as the rows before, copied for the next. */
  private blank: string[] = []
  private flags: FlaggedCell[] | undefined
  private cellsLeft: number
  private readonly days: (string | undefined)[] = []
  /** One object per column and flag serves all rows. */
  private readonly flagged: Record<CellFlag, Map<number, FlaggedCell>> = {
    date: new Map(),
    formula: new Map(),
    error: new Map(),
    precisionLost: new Map(),
  }
  // Of the start tag last read:
  private type: number = NUMBER
  private style = 0
  private tagColumn = 0

  constructor(context: CellContext) {
    this.context = context
    this.cellsLeft = context.maxCells
  }

  /**
   * Begins a row; without a number of its own (-1) it follows the one before. Rows come in order, as the standard has it: the same number
   * twice would be two rows in one place.
   */
  startRow(number: number): void {
    if (number >= 0 && number <= this.row) throw new RefusedError('damaged', 'row')
    this.row = number < 0 ? this.row + 1 : number
    this.column = -1
    this.rowDigits = String(this.row).length
    if (this.row > MAX_ROWS) throw new RefusedError('damaged', 'row')
  }

  /** The row at hand if anything is in it; it costs nothing otherwise. */
  takeRow(): Row | undefined {
    const { cells, last } = this
    if (last < 0) return undefined
    cells.length = last + 1
    const width = cells.length
    if (width > this.blank.length || width * 2 < this.blank.length) this.blank = new Array<string>(width).fill('')
    const row: Row = { row: this.row, cells, flags: this.flags ?? NO_FLAGS }
    this.last = -1
    this.flags = undefined
    this.cellsLeft -= cells.length
    if (this.cellsLeft < 0) throw new RefusedError('tooLarge', 'cells')
    return row
  }

  /** Reads the cell that starts at `lt`; returns its end, or -1 when that lies beyond `end`. */
  readCell(bytes: Uint8Array, lt: number, end: number): number {
    let next = this.readPlain(bytes, lt, end)
    if (next < 0) next = this.readSlow(bytes, lt, end)
    if (next - lt > MAX_ELEMENT) throw new RefusedError('tooLarge', 'element')
    return next
  }

  /**
   * A cell written the way nearly all are: attributes r, s and t in double quotes, then nothing, <v> or <is><t>. -1 for any
   * other. Bytes behind `end` may be looked at, but a cell that reaches there is not taken.
   */
  private readPlain(bytes: Uint8Array, lt: number, end: number): number {
    const p = this.prefix
    const at = this.readTag(bytes, lt + 2 + p)
    if (at < 0 || at + 2 > end) return -1
    if (bytes[at] === SLASH && bytes[at + 1] === GT) {
      this.column = this.tagColumn
      return at + 2
    }
    if (bytes[at] !== GT || bytes[at + 1] !== LT) return -1
    const name = at + 2 + p
    if (bytes[name] === LOWER_V && bytes[name + 1] === GT) return this.readValue(bytes, name + 2, end)
    if (bytes[name] !== LOWER_I || bytes[name + 1] !== LOWER_S || bytes[name + 2] !== GT) return -1
    return this.readInline(bytes, name + 3, end)
  }

  /** The attributes, from behind the element's name to where the tag ends. */
  private readTag(bytes: Uint8Array, from: number): number {
    let column = this.column + 1
    let type: number = NUMBER
    let style = 0
    let at = from
    while (bytes[at] === SPACE) {
      const name = bytes[at + 1]
      if (bytes[at + 2] !== EQUALS || bytes[at + 3] !== QUOTE) return -1
      at += 4
      if (name === LOWER_R) {
        column = -1
        for (let byte = bytes[at]!; byte >= UPPER_A && byte <= UPPER_Z; byte = bytes[++at]!) {
          column = (column + 1) * 26 + byte - UPPER_A
        }
        at += this.rowDigits
      } else if (name === LOWER_S) {
        for (let byte = bytes[at]!; byte >= ZERO && byte <= NINE; byte = bytes[++at]!) style = style * 10 + byte - ZERO
      } else if (name === LOWER_T) {
        type = readType(bytes, at)
        at += TYPE_LENGTHS[type]!
      } else return -1
      if (bytes[at++] !== QUOTE) return -1
    }
    this.type = type
    this.style = style
    this.tagColumn = column
    return column >= 0 && column < MAX_COLUMNS ? at : -1
  }

  /** From behind <v> to behind </v></c>. */
  private readValue(bytes: Uint8Array, start: number, end: number): number {
    const p = this.prefix
    let index = 0
    let close = start
    if (this.type === SHARED) {
      for (let byte = bytes[close]!; byte >= ZERO && byte <= NINE; byte = bytes[++close]!)
        index = index * 10 + byte - ZERO
    } else close = endOfText(bytes, start, end)
    const next = close + 8 + p + p
    if (close <= start || next > end || bytes[close + 1] !== SLASH || bytes[close + 2 + p] !== LOWER_V) return -1
    if (bytes[close + 3 + p] !== GT || bytes[close + 6 + p + p] !== LOWER_C || bytes[next - 1] !== GT) return -1
    this.place(this.tagColumn)
    if (this.type === SHARED) this.addText(this.context.strings.text(index))
    else this.addValue(bytes, start, close)
    return next
  }

  /** From behind <is> to behind </t></is></c>. */
  private readInline(bytes: Uint8Array, from: number, end: number): number {
    const p = this.prefix
    if (this.type !== INLINE || bytes[from + 1 + p] !== LOWER_T) return -1
    let start = from + 2 + p
    while (start < end && bytes[start] !== GT) start++
    const close = endOfText(bytes, ++start, end)
    const next = close + 13 + 3 * p
    if (close <= start || next > end || bytes[close + 1] !== SLASH || bytes[close + 2 + p] !== LOWER_T) return -1
    if (bytes[close + 6 + 2 * p] !== LOWER_I || bytes[close + 7 + 2 * p] !== LOWER_S) return -1
    if (bytes[close + 11 + 3 * p] !== LOWER_C || bytes[next - 1] !== GT) return -1
    this.place(this.tagColumn)
    this.addText(this.cache.text(bytes, start, close))
    return next
  }

  /** Goes to a column. Cells may stand in any order, but two with content in one place leave it open which is meant. */
  private place(column: number): void {
    this.column = column
    if (column > this.last) return
    if (this.cells[column] !== '' || this.flags?.some((flagged) => flagged.column === column))
      throw new RefusedError('damaged', 'cell')
  }

  private addValue(bytes: Uint8Array, start: number, close: number): void {
    if (close === start) return
    const text = this.plainText(bytes, start, close)
    if (text === undefined) this.addRaw(decodeUtf8(bytes, start, close))
    else this.addText(text)
  }

  /** The value as it stands, when no number format and no escape changes it; undefined otherwise. */
  private plainText(bytes: Uint8Array, start: number, close: number): string | undefined {
    const type = this.type
    if (type === FORMULA_TEXT || type === INLINE) return this.cache.text(bytes, start, close)
    if (type !== NUMBER || !isShortWhole(bytes, start, close)) return undefined
    const kind = this.context.styles[this.style] ?? GENERAL
    if (kind === GENERAL) return this.cache.text(bytes, start, close)
    if (kind === DATE && close - start < 6) return this.dayText(readDigits(bytes, start))
    return undefined
  }

  /** Birth dates come by the hundred thousand and repeat. */
  private dayText(serial: number): string | undefined {
    const known = this.days[serial]
    const day = known ?? serialText(serial, DATE, this.context.epoch1904)
    if (day === undefined) return undefined
    if (known === undefined) this.days[serial] = day
    this.flag('date')
    return day
  }

  private readSlow(bytes: Uint8Array, lt: number, end: number): number {
    const next = endOfElement(bytes, lt, end)
    if (next < 0) return -1
    const cell = slowCell(decodeUtf8(bytes, lt, next))
    const column = cell.column ?? this.column + 1
    if (column >= MAX_COLUMNS) throw new RefusedError('damaged', 'cell')
    if (cell.formula || cell.value !== '' || cell.inline !== '') this.place(column)
    else this.column = column
    this.type = cell.type
    this.style = cell.style
    if (cell.formula) this.flag('formula')
    if (this.type === INLINE) this.addText(unescapeControls(cell.inline))
    else if (this.type === SHARED && cell.value !== '') this.addText(this.context.strings.text(indexOf(cell.value)))
    else this.addRaw(cell.value)
    return next
  }

  /** A value that is not simply its text. */
  private addRaw(raw: string): void {
    if (raw === '') return
    if (this.type === NUMBER) this.addNumber(raw)
    else if (this.type === BOOLEAN) this.addText(TRUTH.get(raw.trim()) ?? raw)
    else if (this.type === ISO_DATE) this.addFlagged(isoText(raw, this.context.styles[this.style] === DATE), 'date')
    else if (this.type === ERROR) this.addFlagged(raw, 'error')
    else this.addText(unescapeControls(raw))
  }

  private addNumber(raw: string): void {
    const { text, flag } = shownNumber(raw.trim(), this.context.styles[this.style] ?? GENERAL, this.context.epoch1904)
    if (flag === undefined) this.addText(text)
    else this.addFlagged(text, flag)
  }

  private addFlagged(text: string, flag: CellFlag): void {
    this.flag(flag)
    this.addText(text)
  }

  /** A formula without a result yet has no text, but its row must not vanish. */
  private flag(flag: CellFlag): void {
    const column = this.column
    this.flags ??= []
    const known = this.flagged[flag]
    const flagged = known.get(column) ?? { column, flag }
    known.set(column, flagged)
    this.flags.push(flagged)
    this.put(column, '')
  }

  private addText(text: string): void {
    if (text !== '') this.put(this.column, text)
  }

  private put(column: number, text: string): void {
    if (this.last < 0) this.cells = this.blank.slice()
    const cells = this.cells
    while (cells.length <= column) cells.push('')
    cells[column] = text
    if (column > this.last) this.last = column
  }
}

/** An index is digits and nothing else: '0x0' and '1e0' are numbers to JavaScript only. */
function indexOf(value: string): number {
  return /^\s*\d+\s*$/.test(value) ? Number(value) : -1
}
