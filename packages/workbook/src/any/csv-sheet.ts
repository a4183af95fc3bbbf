import { MAX_COLUMNS, MAX_ROWS } from '../column-letters.ts'
import { RefusedError } from '../read/refusal.ts'
import type { FlaggedCell, Row } from '../read/row.ts'
import type { AnySheet, SlowInput } from './any-sheet.ts'
import { csvRecords, findDelimiter } from './csv-records.ts'
import { flagged, inBatches, makeRow } from './row-batches.ts'

/** ="110101199001011234", which keeps a spreadsheet from making a number of it. */
const TEXT_FORMULA = /^=\s*"((?:[^"]|"")*)"$/
/** As Excel writes a long number it has made of an identity number. */
const SCIENTIFIC = /^[+-]?\d(?:\.\d+)?E\+\d{2,3}$/i
const ERRORS = new Set(['#N/A', '#DIV/0!', '#REF!', '#NAME?', '#VALUE!', '#NUM!', '#NULL!'])

/** A CSV file as a workbook of one sheet. Every cell is text, as it stands there. */
export async function openCsv({ source, limits }: SlowInput): Promise<readonly AnySheet[]> {
  const text = decodeText(await source.read(0, source.size))
  return [
    {
      name: 'CSV',
      hidden: false,
      rows: (options) => {
        let row = 0
        const rows = csvRows(text, (number) => {
          row = number
        })
        // The number of rows is unknown: progress only has to grow.
        return inBatches(rows, limits.cells, () => row / (row + 10_000), options)
      },
    },
  ]
}

function* csvRows(text: string, onRow: (number: number) => void): Generator<Row> {
  const { delimiter, start } = findDelimiter(text)
  let number = 0
  for (const record of csvRecords(text, delimiter, start)) {
    if (++number > MAX_ROWS) throw new RefusedError('tooLarge', 'rows')
    if (record.length > MAX_COLUMNS) throw new RefusedError('damaged', 'columns')
    const flags: FlaggedCell[] = []
    for (const [column, field] of record.entries()) {
      const cell = unwrap(field)
      record[column] = cell
      if (SCIENTIFIC.test(cell)) flags.push(flagged(column, 'precisionLost'))
      else if (ERRORS.has(cell)) flags.push(flagged(column, 'error'))
    }
    onRow(number)
    const row = makeRow(number, record, flags)
    if (row !== undefined) yield row
  }
}

/** Takes off what people and programs put around a long number so that Excel keeps it: a formula, a tab, an apostrophe. */
function unwrap(field: string): string {
  const first = field[0]
  if (first === undefined) return field
  if (first === '=') return TEXT_FORMULA.exec(field)?.[1]?.replaceAll('""', '"') ?? field
  const bare = first === '\t' || field.endsWith('\t') ? withoutTabs(field) : field
  return /^'[\d+\-=@]/.test(bare) ? bare.slice(1) : bare
}

/** Step by step: a pattern for the tabs at the end would look at each tab of a hostile field again and again. */
function withoutTabs(field: string): string {
  let start = 0
  let end = field.length
  while (field[start] === '\t') start++
  while (end > start && field[end - 1] === '\t') end--
  return field.slice(start, end)
}

/** The file's text: by its byte order mark, or UTF-8 when it is that, or else GB18030, which Chinese Excel writes and which holds GBK. */
function decodeText(bytes: Uint8Array): string {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const text = decodeStrictly(bytes, 'utf-8') ?? decodeStrictly(bytes, 'gb18030')
  if (text === undefined) throw new RefusedError('damaged', 'encoding')
  return text
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
