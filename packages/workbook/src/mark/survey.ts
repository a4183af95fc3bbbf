import { readDigits } from '../read/cell-bytes.ts'
import { decodeUtf8 } from '../read/utf8-text.ts'
import type { CellMarks, MarksByRow } from './marks.ts'
import type { SheetVisitor } from './sheet-walker.ts'
import type { StylePlan } from './style-plan.ts'
import { attributeAt, endOfValue } from './tag-attribute.ts'

/** A cell the sheet has not, with the style it gets. */
export type MissingCell = { readonly column: number; readonly style: number }

const COLUMNS = 16_384
const STYLE = ascii('s')
const ID = ascii('id')
const MIN = ascii('min')
const MAX = ascii('max')
const COLUMN_STYLE = ascii('style')
const CUSTOM_FORMAT = ascii('customFormat')
const NOTHING: readonly Uint8Array[] = []

/** Learns, before a byte is written, all that marking a sheet needs to know of it; asks `styles` for what its cells will need. */
export class SheetSurvey implements SheetVisitor {
  /** The root's start tag. */
  rootTag = ''
  /** Relation of the drawing that holds the boxes of comments. */
  legacyDrawing: string | undefined
  private readonly rows: MarksByRow
  private readonly styles: StylePlan
  private readonly columnStyles: { from: number; to: number; style: number }[] = []
  /** Style of each row with marks that the sheet has; undefined for a row without one. */
  private readonly rowStyles = new Map<number, number | undefined>()
  private readonly found = new Set<number>()
  private rowNumber = 0
  private marks: readonly CellMarks[] | undefined

  constructor(rows: MarksByRow, styles: StylePlan) {
    this.rows = rows
    this.styles = styles
  }

  root(bytes: Uint8Array, start: number, end: number): void {
    this.rootTag = decodeUtf8(bytes, start, end)
  }

  head(bytes: Uint8Array, start: number, end: number, name: string): void {
    const style = name === 'col' ? numberAt(bytes, start, end, COLUMN_STYLE) : undefined
    if (style === undefined || this.columnStyles.length >= COLUMNS) return
    const from = (numberAt(bytes, start, end, MIN) ?? 0) - 1
    const to = (numberAt(bytes, start, end, MAX) ?? 0) - 1
    this.columnStyles.push({ from, to, style })
  }

  row(bytes: Uint8Array, start: number, end: number, number: number): void {
    this.rowNumber = number
    this.marks = this.rows.get(number)
    if (this.marks === undefined || this.rowStyles.has(number)) return
    const custom = attributeAt(bytes, start, end, CUSTOM_FORMAT)
    const isCustom = custom >= 0 && bytes[custom] !== 0x30 && bytes[custom] !== 0x66
    this.rowStyles.set(number, isCustom ? numberAt(bytes, start, end, STYLE) : undefined)
  }

  cell(bytes: Uint8Array, start: number, end: number, column: number): void {
    const mark = this.marks?.find((one) => one.column === column)
    if (mark === undefined) return
    this.found.add(this.rowNumber * COLUMNS + column)
    this.styles.markedStyle(numberAt(bytes, start, end, STYLE) ?? 0, mark.severity)
  }

  endRow(): void {}

  endRows(): void {}

  tail(bytes: Uint8Array, start: number, end: number, name: string): void {
    if (name !== 'legacyDrawing') return
    const at = prefixedAt(bytes, start, end)
    if (at >= 0) this.legacyDrawing = decodeUtf8(bytes, at, endOfValue(bytes, at))
  }

  endRoot(): void {}

  take(): readonly Uint8Array[] {
    return NOTHING
  }

  /** Whether the sheet has the row. */
  hasRow(row: number): boolean {
    return this.rowStyles.has(row)
  }

  /** Marked cells the sheet has not, by row. A new cell looks as an empty one there does. */
  missing(): Map<number, MissingCell[]> {
    const missing = new Map<number, MissingCell[]>()
    for (const [row, marks] of this.rows) {
      const cells = marks.filter(({ column }) => !this.found.has(row * COLUMNS + column))
      if (cells.length === 0) continue
      const styled = cells.map(({ column, severity }) => {
        const style = this.rowStyles.get(row) ?? this.columnStyle(column)
        return { column, style: this.styles.markedStyle(style, severity) }
      })
      missing.set(row, styled)
    }
    return missing
  }

  private columnStyle(column: number): number {
    return this.columnStyles.find(({ from, to }) => column >= from && column <= to)?.style ?? 0
  }
}

/** The number in an attribute; undefined without one. */
export function numberAt(bytes: Uint8Array, lt: number, tagEnd: number, name: Uint8Array): number | undefined {
  const at = attributeAt(bytes, lt, tagEnd, name)
  return at < 0 ? undefined : readDigits(bytes, at)
}

/** The value of `r:id`, whatever the prefix. */
function prefixedAt(bytes: Uint8Array, lt: number, tagEnd: number): number {
  for (let at = lt; at < tagEnd; at++) {
    if (bytes[at] === 0x3a && bytes[at + 1] === ID[0] && bytes[at + 2] === ID[1]) {
      let start = at
      while (bytes[start - 1]! > 0x20) start--
      return attributeAt(bytes, lt, tagEnd, bytes.slice(start, at + 3))
    }
  }
  return -1
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
