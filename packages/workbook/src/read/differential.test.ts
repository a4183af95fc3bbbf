import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { SSF, utils, write } from 'xlsx'
import '../testing/fixed-seed.ts'
import { allRows } from '../testing/tiny-workbook.ts'
import { writeWorkbook } from '../write/workbook-stream.ts'
import type { Row } from './row.ts'

/**
 * Workbooks written by three other libraries, with cells of all types, must give the text their author would see. Justified
 * differences from what those libraries themselves show:
 * - days are shown as YYYY-MM-DD whatever their format, times as HH:mm:ss, since one form is what a roster is checked in;
 * - numbers ignore thousands separators, decimals and percent of their format: the value counts, not its dress;
 * - whole numbers of more than 15 digits are shown in full and flagged, where Excel shows 1.10101E+17.
 */

/** Many runs on a busy machine. */
const LONG = { timeout: 60_000 }

type Sample = {
  readonly value: string | number | boolean | Date
  readonly format?: string
  readonly shown: string
  readonly flag?: string
}

const TEXT = fc
  .string({ unit: fc.constantFrom(...'学籍王一男 女aZ0_x&<>"\'\n\t=+-@，。😀é'), minLength: 1, maxLength: 20 })
  .filter((text) => !/_x[0-9A-Fa-f]{4}_/.test(text))
  .map((text): Sample => ({ value: text, shown: text }))
const WHOLE = fc
  .integer({ min: -1_000_000_000, max: 1_000_000_000 })
  .map((n): Sample => ({ value: n, shown: String(n) }))
const BIG = fc
  .bigInt({ min: 10n ** 14n, max: 10n ** 15n - 1n })
  .map((n): Sample => ({ value: Number(n), shown: String(n) }))
const IDENTITY = fc
  .integer({ min: 1e15, max: Number.MAX_SAFE_INTEGER })
  .map((n): Sample => ({ value: n, shown: String(n), flag: 'precisionLost' }))
const FRACTION = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 4 }))
  .map(([n, places]): Sample => ({ value: n / 10 ** places, shown: general(n / 10 ** places) }))
const DRESSED = fc
  .tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom('#,##0', '0.00', '0%', '@', '[Red]0', '0.00E+00'))
  .map(([n, format]): Sample => ({ value: n, format, shown: String(n) }))
const PADDED = fc
  .tuple(fc.nat({ max: 99_999 }), fc.integer({ min: 2, max: 10 }))
  .map(([n, digits]): Sample => ({ value: n, format: '0'.repeat(digits), shown: String(n).padStart(digits, '0') }))
const BOOLEAN = fc.boolean().map((b): Sample => ({ value: b, shown: b ? 'TRUE' : 'FALSE' }))
const DAY = fc
  .tuple(
    fc.integer({ min: 61, max: 73_000 }),
    fc.constantFrom('yyyy-mm-dd', 'yyyy/m/d', 'm/d/yy', 'yyyy"年"m"月"d"日"'),
  )
  .map(([serial, format]): Sample => ({ value: serial, format, shown: SSF.format('yyyy-mm-dd', serial), flag: 'date' }))
const MOMENT = fc
  .tuple(fc.integer({ min: 61, max: 73_000 }), fc.integer({ min: 1, max: 86_399 }))
  .map(([serial, second]): Sample => {
    const value = serial + second / 86_400
    return { value, format: 'yyyy-mm-dd hh:mm:ss', shown: SSF.format('yyyy-mm-dd hh:mm:ss', value), flag: 'date' }
  })
const CELL = fc.option(fc.oneof(TEXT, TEXT, WHOLE, BIG, IDENTITY, FRACTION, DRESSED, PADDED, BOOLEAN, DAY, MOMENT), {
  nil: undefined,
})
const GRID = fc.array(fc.array(CELL, { maxLength: 8 }), { minLength: 1, maxLength: 8 })

/** Excel's general format: 15 digits, no trailing zeros. */
function general(n: number): string {
  return String(Number(n.toPrecision(15)))
}

/** What the reader should give: rows with any text, without empty cells at their end. */
function expected(grid: readonly (readonly (Sample | undefined)[])[]): Row[] {
  return grid.flatMap((samples, i) => {
    const cells = samples.map((sample) => sample?.shown ?? '')
    while (cells.at(-1) === '') cells.pop()
    const flags = samples.flatMap((sample, column) =>
      sample?.flag === undefined ? [] : [{ column, flag: sample.flag }],
    )
    return cells.length === 0 ? [] : [{ row: i + 1, cells, flags } as Row]
  })
}

test('200 workbooks of exceljs', LONG, async () => {
  await fc.assert(
    fc.asyncProperty(GRID, fc.boolean(), async (grid, shared) => {
      const book = new ExcelJS.Workbook()
      const sheet = book.addWorksheet('S')
      for (const [r, samples] of grid.entries()) {
        for (const [c, sample] of samples.entries()) {
          if (sample === undefined) continue
          const cell = sheet.getCell(r + 1, c + 1)
          cell.value = sample.value
          if (sample.format !== undefined) cell.numFmt = sample.format
        }
      }
      const bytes = new Uint8Array(await book.xlsx.writeBuffer({ useSharedStrings: shared }))
      expect(await allRows(bytes)).toEqual(expected(grid))
    }),
    { numRuns: 200 },
  )
})

test('200 workbooks of SheetJS', LONG, async () => {
  await fc.assert(
    fc.asyncProperty(GRID, fc.boolean(), fc.boolean(), async (grid, shared, compression) => {
      const sheet = utils.aoa_to_sheet([])
      for (const [r, samples] of grid.entries()) {
        for (const [c, sample] of samples.entries()) {
          if (sample === undefined) continue
          utils.sheet_add_aoa(sheet, [[sample.value]], { origin: { r, c } })
          if (sample.format !== undefined) sheet[utils.encode_cell({ r, c })].z = sample.format
        }
      }
      const book = utils.book_new()
      utils.book_append_sheet(book, sheet, 'S')
      const bytes = new Uint8Array(write(book, { type: 'array', bookSST: shared, compression }))
      expect(await allRows(bytes)).toEqual(expected(grid))
    }),
    { numRuns: 200 },
  )
})

const toCell = (sample: Sample | undefined) => {
  if (sample === undefined) return null
  const { value, format } = sample
  return { value, type: value.constructor, ...(format === undefined ? {} : { format }) } as never
}

test('200 workbooks of write-excel-file', LONG, async () => {
  await fc.assert(
    fc.asyncProperty(GRID, async (grid) => {
      const file = await writeExcelFile(grid.map((samples) => samples.map(toCell))).toBuffer()
      expect(await allRows(new Uint8Array(file))).toEqual(expected(grid))
    }),
    { numRuns: 200 },
  )
})

test('100 grids of texts, the same from four writers', LONG, async () => {
  const texts = fc.array(
    fc.array(
      TEXT.map(({ shown }) => shown),
      { minLength: 1, maxLength: 6 },
    ),
    { minLength: 1, maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(texts, async (grid) => {
      const excelJs = new ExcelJS.Workbook()
      excelJs.addWorksheet('S').addRows(grid)
      const sheetJs = utils.book_new()
      utils.book_append_sheet(sheetJs, utils.aoa_to_sheet(grid), 'S')
      const [header, ...rows] = grid
      const columns = Array.from({ length: 6 }, (_, at) => ({ header: header![at] ?? '', text: true }))
      const files = [
        await excelJs.xlsx.writeBuffer(),
        write(sheetJs, { type: 'array' }),
        await writeExcelFile(grid).toBuffer(),
        await writeWorkbook({ sheets: [{ kind: 'table', name: 'S', columns, rows }] }),
      ]
      const read = await Promise.all(files.map((file) => allRows(new Uint8Array(file as ArrayBuffer))))
      for (const rows of read) expect(rows).toEqual(grid.map((cells, i) => ({ row: i + 1, cells, flags: [] })))
    }),
    { numRuns: 100 },
  )
})

test('formulas, errors, rich text and links of exceljs', async () => {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('S')
  sheet.getCell('A1').value = { formula: 'B1&"a"', result: 'xa' }
  sheet.getCell('B1').value = { richText: [{ text: '王' }, { font: { bold: true }, text: '一 ' }] }
  sheet.getCell('C1').value = { error: '#N/A' }
  sheet.getCell('D1').value = { text: '网页', hyperlink: 'http://localhost/' }
  sheet.getCell('E1').value = { formula: '1/0', result: { error: '#DIV/0!' } as never }
  sheet.getCell('A3').value = new Date(Date.UTC(2008, 1, 29))
  sheet.getCell('A4').note = 'only a note'
  sheet.mergeCells('A5:C5')
  sheet.getCell('A5').value = 'merged'
  const rows = await allRows(new Uint8Array(await book.xlsx.writeBuffer()))
  expect(rows).toEqual([
    {
      row: 1,
      cells: ['xa', '王一 ', '#N/A', '网页', '#DIV/0!'],
      flags: [
        { column: 0, flag: 'formula' },
        { column: 2, flag: 'error' },
        { column: 4, flag: 'formula' },
        { column: 4, flag: 'error' },
      ],
    },
    { row: 3, cells: ['2008-02-29'], flags: [{ column: 0, flag: 'date' }] },
    { row: 5, cells: ['merged'], flags: [] },
  ])
})

test('the 1904 epoch of both', async () => {
  const book = new ExcelJS.Workbook()
  book.properties.date1904 = true
  book.addWorksheet('S').getCell('A1').value = new Date(Date.UTC(2008, 1, 29))
  expect((await allRows(new Uint8Array(await book.xlsx.writeBuffer())))[0]?.cells).toEqual(['2008-02-29'])
})
