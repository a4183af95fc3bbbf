import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CellObject, read, SSF } from 'xlsx'
import { SAMPLE_BOOK, type SampleBook, sampleParts } from '../testing/cell-samples.ts'
import { allRows } from '../testing/tiny-workbook.ts'
import { tinyZip } from '../testing/tiny-zip.ts'
import { hasFlag, type Row } from './row.ts'

/** Many runs on a busy machine. */
const LONG = { timeout: 120_000 }
const BOOKS = 2000
const SEED = 20261122

/**
 * Workbooks with cells in every way the format has of writing them, read by us and by two libraries. Where what they give is not what we
 * give, the difference stands here with its reason, and is met: a difference nobody meets any more is no difference.
 *
 * Not listed, since it is the form and not the content: what the libraries give as a number or a date is put into our form, numbers
 * without thousands separators, decimals or percent of their format, days as YYYY-MM-DD, times as HH:mm:ss.
 */
const DIFFERENCES: readonly Difference[] = [
  {
    reader: 'xlsx',
    kind: /^shared escaped$/,
    why: 'it makes one line feed of a carriage return and a line feed; we keep what was typed, as exceljs does',
    allows: (theirs, ours) => theirs === ours.replaceAll('\r\n', '\n'),
  },
  {
    reader: 'xlsx',
    kind: /^day of Chinese Excel$/,
    why: 'it does not know that the formats 27–36 and 50–58, named by number alone, are days in Chinese Excel',
    allows: (theirs, ours, { epoch1904 }) => dayText(Number(theirs), epoch1904) === ours,
  },
  {
    reader: 'exceljs',
    kind: /^day of Chinese Excel$/,
    why: 'the same',
    allows: (theirs, ours, { epoch1904 }) => dayText(Number(theirs), epoch1904) === ours,
  },
  {
    reader: 'xlsx',
    kind: /^zeros in front$/,
    why: 'it gives the number; in a roster the zeros are what was meant, and the sheet shows them',
    allows: (theirs, ours) => theirs.padStart(6, '0') === ours,
  },
  {
    reader: 'exceljs',
    kind: /^zeros in front$/,
    why: 'the same',
    allows: (theirs, ours) => theirs.padStart(6, '0') === ours,
  },
  {
    reader: 'xlsx',
    kind: /^long$/,
    why: 'it rounds to a double; we give the digits of the file and flag the cell, as they are not what was typed',
    allows: (theirs, ours) => Number(theirs) === Number(general(Number(ours))),
  },
  {
    reader: 'exceljs',
    kind: /^long$/,
    why: 'the same',
    allows: (theirs, ours) => Number(theirs) === Number(general(Number(ours))),
  },
  {
    reader: 'exceljs',
    kind: /^day of early 1900$/,
    why: 'it has no 29 February 1900, which Excel shows, and so is a day behind before it',
    allows: (_theirs, ours) => ours < '1900-03-01',
  },
  {
    reader: 'exceljs',
    kind: /^ISO day$/,
    why: 'it takes the year of an ISO 8601 cell, which strict files have, for the number of a day',
    allows: (theirs, ours, { epoch1904 }) => theirs === dayText(Number(ours.slice(0, 4)), epoch1904),
  },
  {
    reader: 'exceljs',
    kind: /^formula number$/,
    why: 'it drops the value of a formula when that is zero',
    allows: (theirs, ours) => theirs.trim() === '[formula]' && ours === '0 [formula]',
  },
  {
    reader: 'exceljs',
    kind: /./,
    why: 'it does not read rows and cells that do not say where they are, which the standard allows',
    allows: (theirs, _ours, { addressed }) => theirs === '' && !addressed,
  },
]

type Difference = {
  readonly reader: 'xlsx' | 'exceljs'
  readonly kind: RegExp
  readonly why: string
  readonly allows: (theirs: string, ours: string, book: SampleBook) => boolean
}

test(`${BOOKS} workbooks are read as xlsx and exceljs read them, but for what is listed`, LONG, async () => {
  const met = new Set<Difference>()
  await fc.assert(
    fc.asyncProperty(SAMPLE_BOOK, async (book) => {
      const bytes = tinyZip(sampleParts(book))
      const ours = gridOf(await allRows(bytes))
      const others = { xlsx: readBySheetJs(bytes), exceljs: await readByExcelJs(bytes, book) }
      for (const [r, cells] of book.rows.entries()) {
        for (let c = 0; c < 9; c++) {
          const our = ours[r]?.[c] ?? ''
          for (const reader of ['xlsx', 'exceljs'] as const) {
            const their = others[reader][r]?.[c] ?? ''
            if (their === our) continue
            const kind = cells[c]?.kind ?? 'nothing'
            const known = DIFFERENCES.find(
              (one) => one.reader === reader && one.kind.test(kind) && one.allows(their, our, book),
            )
            if (known === undefined) throw new Error(`${kind} ${cells[c]?.inner}: ours ${our}, ${reader} ${their}`)
            met.add(known)
          }
        }
      }
    }),
    // The same workbooks every time: with others a rare difference may go unmet.
    { numRuns: BOOKS, seed: SEED },
  )
  expect(DIFFERENCES.filter((difference) => !met.has(difference)).map(({ reader, why }) => [reader, why])).toEqual([])
})

const IN_TAG = /(?<=<[^<>]*\w)="([^"'<>]*)"/g

/** Changes of the writing that mean nothing. */
const REWRITINGS = {
  'other prefixes': (xml: string) => xml.replaceAll(/<(\/?)(?=[a-zA-Z])/g, '<$1x:'),
  'comments between all tags': (xml: string) => xml.replaceAll('><', '><!-- <c> --><'),
  'instructions between all tags': (xml: string) => xml.replaceAll('><', '><?x </row> ?><'),
  'single quotes': (xml: string) => xml.replaceAll(IN_TAG, "='$1'"),
  'blanks in tags': (xml: string) => xml.replaceAll(IN_TAG, ' = "$1" '),
  'elements never closed by themselves': (xml: string) =>
    xml.replaceAll(/<(c|row)((?: [a-z]+="[^"]*")*)\/>/g, '<$1$2></$1>'),
  'references for all letters': (xml: string) =>
    xml.replaceAll(/(?<=>)[^<&]+(?=<\/t>)/g, (text) => [...text].map((char) => `&#${char.codePointAt(0)};`).join('')),
  'a mark at the start': (xml: string) => `\ufeff${xml}`,
}

test.each(Object.entries(REWRITINGS))('%s change nothing', LONG, async (_what, rewrite) => {
  await fc.assert(
    fc.asyncProperty(SAMPLE_BOOK, fc.boolean(), async (book, stored) => {
      const parts = sampleParts(book)
      const rewritten = parts.map((part) => {
        const isRewritten = /sheet1|sharedStrings/.test(part.name)
        return { ...part, stored, data: isRewritten ? rewrite(String(part.data)) : part.data }
      })
      expect(await allRows(tinyZip(rewritten.reverse()))).toEqual(await allRows(tinyZip(parts)))
    }),
    { numRuns: 100 },
  )
})

/** Texts with what was noticed about them, by row and column. */
function gridOf(rows: readonly Row[]): string[][] {
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

function readBySheetJs(bytes: Uint8Array): string[][] {
  const book = read(bytes, { type: 'array', dense: true, cellNF: true, sheetStubs: true })
  const epoch1904 = book.Workbook?.WBProps?.date1904 === true
  return Array.from(book.Sheets.S?.['!data'] ?? [], (row) =>
    Array.from(row ?? [], (cell: CellObject | undefined) => {
      if (cell === undefined) return ''
      return marked(sheetJsText(cell, epoch1904), cell.f !== undefined, cell.t === 'e')
    }),
  )
}

function sheetJsText({ t, v, w, z }: CellObject, epoch1904: boolean): string {
  if (v === undefined || v === null || t === 'z') return ''
  if (t === 'b') return v === true ? 'TRUE' : 'FALSE'
  if (t === 'e') return w ?? ''
  return t === 'n' ? shownText(Number(v), z, epoch1904) : String(v)
}

async function readByExcelJs(bytes: Uint8Array, { epoch1904 }: SampleBook): Promise<string[][]> {
  const book = new ExcelJS.Workbook()
  const grid: string[][] = []
  try {
    await book.xlsx.load(bytes as never)
  } catch (error) {
    // What it says to a row without a number.
    expect(String(error)).toBe('Error: Invalid row number in model')
    return grid
  }
  book.worksheets[0]?.eachRow((row, r) => {
    grid[r - 1] = []
    row.eachCell((cell, c) => {
      grid[r - 1]![c - 1] = excelJsText(cell.value, cell.numFmt, epoch1904)
    })
  })
  return grid.map((row) => Array.from(row, (text) => text ?? ''))
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
  if (!('formula' in value)) return JSON.stringify(value)
  const result = excelJsText(value.result as ExcelJS.CellValue, format, epoch1904)
  return result.endsWith(' [error]') ? result.replace(' [error]', ' [formula] [error]') : marked(result, true, false)
}

/** A number in our form, by its format: the calendar is that of SheetJS. */
function shownText(serial: number, format: string | number | undefined, epoch1904: boolean): string {
  const code = String(format ?? 'General')
  if (!SSF.is_date(code)) return general(serial)
  if (code.startsWith('[h')) return SSF.format('[hh]:mm:ss', serial)
  if (!/[yd]/.test(code)) return SSF.format('hh:mm:ss', serial)
  const time = /h/.test(code) ? SSF.format('hh:mm:ss', serial) : '00:00:00'
  return dayText(serial, epoch1904) + (time === '00:00:00' ? '' : ` ${time}`)
}

function dayText(serial: number, epoch1904: boolean): string {
  return SSF.format('yyyy-mm-dd', serial, { date1904: epoch1904 })
}

const PLAIN = new Intl.NumberFormat('en', { useGrouping: false, maximumSignificantDigits: 15 })

/** 15 digits, no exponent, as a cell without a format shows a number when it is wide enough. */
function general(value: number): string {
  return PLAIN.format(Number(value.toPrecision(15)))
}
