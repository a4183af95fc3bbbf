import ExcelJS from 'exceljs'
import { type CellObject, read, SSF } from 'xlsx'
import { hasFlag, type Row } from '../read/row.ts'

/**
 * The two libraries our reader is held to, and what they give put into our form: numbers without thousands separators, decimals or percent of
 * their format, days as YYYY-MM-DD, times as HH:mm:ss. That is the form and not the content, so it counts as no difference.
 */

/** Texts with what was noticed about them, by row and column. */
export function gridOf(rows: readonly Row[]): string[][] {
  const grid: string[][] = []
  for (const row of rows) {
    grid[row.row - 1] = row.cells.map((text, column) =>
      marked(text, hasFlag(row, column, 'formula'), hasFlag(row, column, 'error')),
    )
  }
  return grid
}

function marked(text: string, isFormula: boolean, isError: boolean): string {
  return `${text}${isFormula ? ' [formula]' : ''}${isError ? ' [error]' : ''}`
}

/** The texts of the first sheet as SheetJS reads it, in the form of `gridOf`. Throws what it throws. */
export function readBySheetJs(bytes: Uint8Array): string[][] {
  const book = read(bytes, { type: 'array', dense: true, cellNF: true, sheetStubs: true })
  const epoch1904 = book.Workbook?.WBProps?.date1904 === true
  const grid: string[][] = []
  // Only what is there: in a damaged workbook the last cell may stand anywhere.
  book.Sheets[book.SheetNames[0] ?? '']?.['!data']?.forEach((row: readonly (CellObject | undefined)[], r: number) => {
    grid[r] = []
    row.forEach((cell, c) => {
      if (cell) grid[r]![c] = marked(sheetJsText(cell, epoch1904), cell.f !== undefined, cell.t === 'e')
    })
  })
  return grid
}

function sheetJsText({ t, v, w, z }: CellObject, epoch1904: boolean): string {
  if (v === undefined || v === null || t === 'z') return ''
  if (t === 'b') return v === true ? 'TRUE' : 'FALSE'
  if (t === 'e') return w ?? ''
  return t === 'n' ? shownText(Number(v), z, epoch1904) : String(v)
}

/** The texts of the first sheet as exceljs reads it, in the form of `gridOf`. Throws what it throws. */
export async function readByExcelJs(bytes: Uint8Array): Promise<string[][]> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes as never)
  const epoch1904 = Boolean(book.properties.date1904)
  const grid: string[][] = []
  book.worksheets[0]?.eachRow((row, r) => {
    grid[r - 1] = []
    row.eachCell((cell, c) => {
      grid[r - 1]![c - 1] = excelJsText(cell.value, cell.numFmt, epoch1904)
    })
  })
  return grid
}

function excelJsText(value: ExcelJS.CellValue, format: string | undefined, epoch1904: boolean): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) {
    const serial = value.getTime() / 86_400_000 + 25_569 - (epoch1904 ? 1462 : 0)
    return shownText(serial, format ?? 'yyyy-mm-dd', epoch1904)
  }
  if (typeof value === 'number') return general(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'string') return value
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('error' in value) return marked(value.error, false, true)
  if (!('formula' in value || 'sharedFormula' in value || 'result' in value)) return JSON.stringify(value)
  const result = excelJsText(value.result as ExcelJS.CellValue, format, epoch1904)
  return result.endsWith(' [error]') ? result.replace(' [error]', ' [formula] [error]') : marked(result, true, false)
}

/** 10000-01-01, the first day a sheet cannot show. */
const AFTER_LAST_DAY = 2_958_466

/** A number in our form, by its format: the calendar is that of SheetJS. */
function shownText(serial: number, format: string | number | undefined, epoch1904: boolean): string {
  const code = String(format ?? 'General')
  if (!SSF.is_date(code) || !(serial >= 0 && serial < AFTER_LAST_DAY)) return general(serial)
  if (code.startsWith('[h')) return SSF.format('[hh]:mm:ss', serial)
  if (!/[yd]/.test(code)) return SSF.format('hh:mm:ss', serial)
  const time = /h/.test(code) ? SSF.format('hh:mm:ss', serial) : '00:00:00'
  return dayText(serial, epoch1904) + (time === '00:00:00' ? '' : ` ${time}`)
}

/** A day number as YYYY-MM-DD, by the calendar of SheetJS. */
export function dayText(serial: number, epoch1904: boolean): string {
  return SSF.format('yyyy-mm-dd', serial, { date1904: epoch1904 })
}

const PLAIN = new Intl.NumberFormat('en', { useGrouping: false, maximumSignificantDigits: 15 })

/** 15 digits, no exponent, as a cell without a format shows a number when it is wide enough. */
export function general(value: number): string {
  return PLAIN.format(Number(value.toPrecision(15)))
}
