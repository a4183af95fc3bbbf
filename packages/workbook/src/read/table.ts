import type { AnySheet } from '../any/any-sheet.ts'
import { findHeader, type HeaderMatch } from './header.ts'
import type { ReadOptions } from './read-rows.ts'
import type { Refusal } from './refusal.ts'
import type { CellFlag, Row } from './row.ts'

/** A column looked for in a workbook, by its header or one of its other names. */
export type TableColumn = {
  readonly header: string
  readonly aliases?: readonly string[]
  readonly required: boolean
}

/** The sheet that holds the table, and where its columns stand. */
export type Table<Sheet extends AnySheet = AnySheet> = {
  readonly sheet: Sheet
  readonly headerRow: number
  /** For each column looked for its place, 0 for A; undefined when the sheet has none. */
  readonly places: readonly (number | undefined)[]
  /** Names in the header row that nobody asked for. */
  readonly extra: readonly string[]
}

/** Why no sheet holds the table; `headers` are those meant, `found` how many of the columns there are. */
export type TableFault =
  | { readonly code: 'headerMissing' }
  | { readonly code: 'otherTemplate'; readonly found: number; readonly headers: readonly string[] }
  | { readonly code: 'columnsDuplicated' | 'columnsMissing'; readonly headers: readonly string[] }

export type FoundTable<Sheet extends AnySheet = AnySheet> =
  | { readonly ok: true; readonly table: Table<Sheet> }
  | { readonly ok: false; readonly fault: TableFault }
  | { readonly ok: false; readonly refusal: Refusal }

/** A row of the table: texts in the order of the columns looked for, and what the reader noticed about them, by the same order. */
export type TableRow = {
  readonly row: number
  readonly texts: readonly string[]
  readonly flags: readonly (readonly [index: number, flag: CellFlag])[]
}

export type TableBatch =
  | { readonly ok: true; readonly rows: readonly TableRow[]; readonly progress: number }
  | { readonly ok: false; readonly refusal: Refusal }

/** Rows looked at for the header. */
const HEADER_ROWS = 20
/** Below this share of the columns it is another template rather than this one with columns missing. */
const OWN_SHARE = 0.6

/** Finds the table by its column names on the sheet where most of them stand, hidden sheets last. */
export async function findTable<Sheet extends AnySheet>(
  sheets: readonly Sheet[],
  columns: readonly TableColumn[],
): Promise<FoundTable<Sheet>> {
  const names = columns.flatMap(namesOf)
  let best: { sheet: Sheet; match: HeaderMatch } | undefined
  for (const sheet of [...sheets].sort((a, b) => Number(a.hidden) - Number(b.hidden))) {
    const first: Row[] = []
    for await (const batch of sheet.rows({ batchRows: HEADER_ROWS })) {
      if (!batch.ok) return batch
      first.push(...batch.rows)
      if (first.length >= HEADER_ROWS) break
    }
    const match = findHeader(first, names)
    if (match && match.columns.size > (best?.match.columns.size ?? 0)) best = { sheet, match }
  }
  if (!best) return { ok: false, fault: { code: 'headerMissing' } }
  const { sheet, match } = best
  const places = columns.map((column) => placeOf(match, column))
  const fault = faultOf(match, columns, places)
  if (fault) return { ok: false, fault }
  return {
    ok: true,
    table: { sheet, headerRow: match.row.row, places, extra: match.extra.map((column) => column.name) },
  }
}

/** The rows below the header, in chunks; rows in which none of the columns holds anything are left out. */
export async function* readTable(table: Table, options: ReadOptions = {}): AsyncGenerator<TableBatch> {
  const { places, headerRow, sheet } = table
  const indexAt = new Map(places.flatMap((place, index) => (place === undefined ? [] : [[place, index] as const])))
  for await (const batch of sheet.rows(options)) {
    if (!batch.ok) {
      yield batch
      return
    }
    const rows: TableRow[] = []
    for (const row of batch.rows) {
      if (row.row <= headerRow) continue
      const texts = places.map((place) => (place === undefined ? '' : (row.cells[place] ?? '')))
      if (texts.every((text) => text.trim() === '')) continue
      rows.push({ row: row.row, texts, flags: flagsOf(row, indexAt) })
    }
    yield { ok: true, rows, progress: batch.progress }
  }
}

function faultOf(
  match: HeaderMatch,
  columns: readonly TableColumn[],
  places: readonly (number | undefined)[],
): TableFault | undefined {
  const absent = columns.filter((_, index) => places[index] === undefined)
  const found = columns.length - absent.length
  if (found < columns.length * OWN_SHARE) return { code: 'otherTemplate', found, headers: headersOf(absent) }
  const twice = columns.filter((column) => namesOf(column).filter((name) => match.columns.has(name)).length > 1)
  if (match.duplicated.length + twice.length > 0)
    return { code: 'columnsDuplicated', headers: [...match.duplicated, ...headersOf(twice)] }
  const missing = absent.filter((column) => column.required)
  return missing.length > 0 ? { code: 'columnsMissing', headers: headersOf(missing) } : undefined
}

const NO_FLAGS: TableRow['flags'] = []

function flagsOf(row: Row, indexAt: ReadonlyMap<number, number>): TableRow['flags'] {
  if (row.flags.length === 0) return NO_FLAGS
  return row.flags.flatMap(({ column, flag }) => {
    const index = indexAt.get(column)
    return index === undefined ? [] : [[index, flag] as const]
  })
}

const headersOf = (columns: readonly TableColumn[]): string[] => columns.map((column) => column.header)
const namesOf = (column: TableColumn): string[] => [column.header, ...(column.aliases ?? [])]

/** The place of the header itself, else of the first other name that stands there. */
function placeOf(match: HeaderMatch, column: TableColumn): number | undefined {
  for (const name of namesOf(column)) {
    const place = match.columns.get(name)
    if (place !== undefined) return place
  }
  return undefined
}
