import type { CellObject, WorkBook, WorkSheet } from 'xlsx'
import { compoundStreamNames } from '../read/compound-file.ts'
import { DATE, GENERAL, numberKind, TIME } from '../read/number-format.ts'
import { RefusedError } from '../read/refusal.ts'
import type { CellFlag, FlaggedCell, Row } from '../read/row.ts'
import { shownNumber } from '../read/shown-number.ts'
import type { AnySheet, SlowInput } from './any-sheet.ts'
import { flagged, inBatches, makeRow } from './row-batches.ts'

type Xlsx = typeof import('xlsx')

/** What the file format stores for an error. */
const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
}

/** Format numbers that need no definition in the file: all below the first custom one. */
const FIRST_CUSTOM_FORMAT = 164

/** The sheets of an Excel 97–2003 workbook (and older), read by the library `xlsx` as a whole. */
export async function openXls({ source, limits }: SlowInput): Promise<readonly AnySheet[]> {
  const names = await compoundStreamNames(source)
  if (names.has('_VBA_PROJECT_CUR') || names.has('_VBA_PROJECT')) throw new RefusedError('macro')
  const xlsx = await import('xlsx')
  // Texts of Excel 95 and older are in the code page of their country.
  xlsx.set_cptable(await import('xlsx/dist/cpexcel.full.mjs'))
  const book = parse(xlsx, await source.read(0, source.size))
  const epoch1904 = book.Workbook?.WBProps?.date1904 === true
  const sheets = book.SheetNames.flatMap((name, index): AnySheet[] => {
    const sheet = book.Sheets[name]!
    const type: unknown = sheet['!type']
    if (type === 'macro') throw new RefusedError('macro')
    if (type === 'chart' || type === 'dialog') return []
    const data = sheet['!data'] ?? []
    let at = 0
    const rows = () =>
      sheetRows(sheet, epoch1904, (row) => {
        at = row
      })
    const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0
    return [{ name, hidden, rows: (options) => inBatches(rows(), limits.cells, () => at / data.length, options) }]
  })
  if (sheets.length === 0) throw new RefusedError('noSheet')
  return sheets
}

function parse(xlsx: Xlsx, bytes: Uint8Array): WorkBook {
  prepareFormats(xlsx)
  try {
    return xlsx.read(bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellFormula: true,
      cellText: false,
      cellHTML: false,
    })
  } catch (error) {
    // The library says no more than a sentence; whatever it fails at is the file's fault.
    const isEncrypted = /password|(?<!ZIP )encrypt/i.test(String(error))
    throw new RefusedError(isEncrypted ? 'encrypted' : 'damaged', 'xls')
  }
}

/**
 * The library keeps one table of formats for all files and does not know those of Chinese Excel (31 is a date there), of which the file
 * holds only the number.
 */
function prepareFormats({ SSF }: Xlsx): void {
  const table = SSF.get_table() as Record<number, string | undefined>
  for (let id = 0; id < FIRST_CUSTOM_FORMAT; id++) {
    const kind = numberKind(id, undefined)
    if (kind === DATE) SSF.load('yyyy-mm-dd', id)
    else if (kind === TIME) SSF.load('hh:mm:ss', id)
  }
  for (const id of Object.keys(table).map(Number)) if (id >= FIRST_CUSTOM_FORMAT) delete table[id]
}

function* sheetRows(sheet: WorkSheet, epoch1904: boolean, onRow: (row: number) => void): Generator<Row> {
  for (const [index, stored] of (sheet['!data'] ?? []).entries()) {
    if (stored === undefined) continue
    const flags: FlaggedCell[] = []
    const cells = Array.from(stored, (cell: CellObject | undefined, column) => {
      if (cell === undefined) return ''
      if (cell.f !== undefined || cell.F !== undefined) flags.push(flagged(column, 'formula'))
      const { text, flag } = shown(cell, epoch1904)
      if (flag !== undefined) flags.push(flagged(column, flag))
      return text
    })
    onRow(index + 1)
    const row = makeRow(index + 1, cells, flags)
    if (row !== undefined) yield row
  }
}

function shown(cell: CellObject, epoch1904: boolean): { text: string; flag?: CellFlag | undefined } {
  const { t, v, z } = cell
  if (v === undefined || v === null) return { text: '' }
  if (t === 'n') return shownNumber(String(v), z === undefined ? GENERAL : numberKind(-1, String(z)), epoch1904)
  if (t === 'b') return { text: v === true ? 'TRUE' : 'FALSE' }
  if (t === 'e') return { text: ERRORS[Number(v)] ?? '#N/A', flag: 'error' }
  return { text: String(v) }
}
