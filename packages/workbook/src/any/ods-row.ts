import { MAX_COLUMNS } from '../column-letters.ts'
import { isoText } from '../read/dates.ts'
import { GENERAL } from '../read/number-format.ts'
import { RefusedError } from '../read/refusal.ts'
import type { CellFlag, FlaggedCell } from '../read/row.ts'
import { shownNumber } from '../read/shown-number.ts'
import { scanXml, type XmlAttributes } from '../read/xml-text.ts'
import type { OdsStyles } from './ods-styles.ts'
import { flagged } from './row-batches.ts'

export type OdsRow = {
  readonly cells: string[]
  readonly flags: readonly FlaggedCell[]
  /** How often the row stands in the sheet, one below the other. */
  readonly times: number
}

type Cell = { readonly attributes: XmlAttributes; readonly paragraphs: string[] }

/** What stands in a cell without being its text: remarks, pictures, readings above the characters. */
const BESIDE = new Set(['annotation', 'frame', 'custom-shape', 'g', 'control', 'ruby-text', 'note', 'detective'])

/** One whole <table:table-row>. Text hidden under a merged cell is not what the author sees, and is left out. */
export function odsRow(xml: string, styles: OdsStyles): OdsRow {
  const cells: string[] = []
  const flags: FlaggedCell[] = []
  let times = 1
  let place = 0
  let cell: Cell | undefined
  let beside = 0
  let paragraphs = 0
  const add = (text: string) => {
    if (cell !== undefined && beside === 0 && paragraphs > 0) cell.paragraphs.push(cell.paragraphs.pop()! + text)
  }
  scanXml(xml, {
    open: (name, attributes) => {
      if (name === 'table-row') times = countOf(attributes, 'number-rows-repeated')
      else if (name === 'covered-table-cell') place += countOf(attributes, 'number-columns-repeated')
      else if (name === 'table-cell' && beside === 0) cell = { attributes, paragraphs: [] }
      else if (BESIDE.has(name)) beside++
      else if (name === 'p' && beside === 0 && cell !== undefined) {
        paragraphs++
        cell.paragraphs.push('')
      } else if (name === 's') add('\u0001'.repeat(Math.min(countOf(attributes, 'c'), MAX_BLANKS)))
      else if (name === 'tab') add('\u0002')
      else if (name === 'line-break') add('\u0003')
    },
    close: (name) => {
      if (BESIDE.has(name)) beside--
      else if (name === 'p' && beside === 0) paragraphs = Math.max(0, paragraphs - 1)
      else if (name === 'table-cell' && beside === 0 && cell !== undefined) {
        place = putCell(cell, place, styles, cells, flags)
        cell = undefined
      }
    },
    text: add,
  })
  return { cells, flags, times }
}

/** A cell cannot show more blanks than it holds characters. */
const MAX_BLANKS = 32_767

/** Puts the cell as often as it is repeated; returns where the next one stands. */
function putCell(cell: Cell, place: number, styles: OdsStyles, cells: string[], flags: FlaggedCell[]): number {
  const times = countOf(cell.attributes, 'number-columns-repeated')
  const { text, flag } = shown(cell, styles)
  const formula = cell.attributes.has('formula')
  if (text === '' && flag === undefined && !formula) return place + times
  if (place + times > MAX_COLUMNS) throw new RefusedError('damaged', 'cell')
  while (cells.length < place) cells.push('')
  for (let column = place; column < place + times; column++) {
    cells.push(text)
    if (formula) flags.push(flagged(column, 'formula'))
    if (flag !== undefined) flags.push(flagged(column, flag))
  }
  return place + times
}

function shown({ attributes, paragraphs }: Cell, styles: OdsStyles): { text: string; flag?: CellFlag | undefined } {
  const type = attributes.get('value-type')
  const text = paragraphs.map(paragraphText).join('\n')
  if (isError(text, attributes)) return { text, flag: 'error' }
  if (type === 'float' || type === 'percentage' || type === 'currency') {
    const kind = styles.kinds.get(attributes.get('style-name') ?? '') ?? GENERAL
    const number = shownNumber(attributes.get('value') ?? '', kind, styles.epoch1904)
    // Zeros in front come from the number format; the paragraph shows what it made of the number.
    const isPadded = /^0\d+$/.test(text) && Number(text) === Number(number.text)
    return isPadded ? { text, flag: number.flag } : number
  }
  if (type === 'boolean') return { text: attributes.get('boolean-value') === 'true' ? 'TRUE' : 'FALSE' }
  if (type === 'date') return { text: isoText(attributes.get('date-value') ?? ''), flag: 'date' }
  if (type === 'time') return { text: clockOf(attributes.get('time-value') ?? ''), flag: 'date' }
  return { text: attributes.get('string-value') ?? text }
}

/** LibreOffice's own errors ('Err:502') beside those of Excel; only formulas have them. */
function isError(text: string, attributes: XmlAttributes): boolean {
  return attributes.has('formula') && /^(?:#[A-Z][A-Z0-9_/]*[!?A]|Err:\d{3})$/.test(text)
}

/** Blanks count once unless said otherwise (<text:s/>), and not at all at the start. */
function paragraphText(text: string): string {
  const collapsed = text.replace(/[ \t\r\n]+/g, ' ').replace(/^ /, '')
  return collapsed.replaceAll('\u0001', ' ').replaceAll('\u0002', '\t').replaceAll('\u0003', '\n')
}

/** ISO 8601 'PT12H30M00S' as 12:30:00; what is none stays. */
function clockOf(duration: string): string {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?$/.exec(duration)
  return match === null ? duration : [1, 2, 3].map((part) => (match[part] ?? '').padStart(2, '0')).join(':')
}

function countOf(attributes: XmlAttributes, name: string): number {
  const count = Number(attributes.get(name) ?? 1)
  return Number.isSafeInteger(count) && count > 0 ? count : 1
}
