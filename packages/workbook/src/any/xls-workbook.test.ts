import { describe, expect, test } from 'vitest'
import { utils, write } from 'xlsx'
import { anyRows, anySheets, refusalOfAny } from '../testing/any-rows.ts'
import {
  type TinyXls,
  tinyXls,
  type XlsCell,
  xlsBoolean,
  xlsError,
  xlsFormula,
  xlsNumber,
  xlsText,
} from '../testing/tiny-xls.ts'

async function cellOf(cell: XlsCell, book: Partial<TinyXls> = {}): Promise<(string | undefined)[]> {
  const [row] = await anyRows(tinyXls({ rows: [[cell]], ...book }))
  return [row?.cells[0], ...(row?.flags.map(({ flag }) => flag) ?? [])]
}

describe('the text of a cell', () => {
  test.each([
    ['text', xlsText('学籍 王一'), ['学籍 王一']],
    ['a number', xlsNumber(42), ['42']],
    ['a fraction', xlsNumber(85.1), ['85.1']],
    ['15 digits', xlsNumber(123456789012345), ['123456789012345']],
    ['an identity number', xlsNumber(4.40203201809011e17), ['440203201809011000', 'precisionLost']],
    ['true', xlsBoolean(true), ['TRUE']],
    ['false', xlsBoolean(false), ['FALSE']],
    ['an error', xlsError(42), ['#N/A', 'error']],
    ['a formula', xlsFormula(3), ['3', 'formula']],
  ])('%s', async (_what, cell, expected) => {
    expect(await cellOf(cell)).toEqual(expected)
  })

  // 27–36 and 50–58 are those of Chinese Excel, of which the file holds only the number.
  test.each([
    [14, '2024-09-01'],
    [31, '2024-09-01'],
    [57, '2024-09-01'],
    [22, '2024-09-01 12:00:00'],
    [32, '12:00:00'],
    [164, '2024-09-01'],
    [165, '45536.5'],
    [0, '45536.5'],
  ])('a number of format %i', async (id, text) => {
    const codes = { 164: 'yyyy"年"m"月"d"日"', 165: '0.0' }
    const expected = text.startsWith('45536') ? [text] : [text, 'date']
    expect(await cellOf(xlsNumber(45536.5, 1), { formats: [0, id], codes })).toEqual(expected)
  })

  test('zeros in front, and the formats of one file are not those of the next', async () => {
    const book = { formats: [0, 170] }
    expect(await cellOf(xlsNumber(7, 1), { ...book, codes: { 170: '0000' } })).toEqual(['0007'])
    expect(await cellOf(xlsNumber(7, 1), book)).toEqual(['7'])
  })

  test('the 1904 epoch', async () => {
    expect(await cellOf(xlsNumber(0, 1), { formats: [0, 14], epoch1904: true })).toEqual(['1904-01-01', 'date'])
  })
})

test('rows keep their numbers and gaps, blank ones are left out', async () => {
  const rows = [[undefined, xlsText('a'), undefined, xlsText('b')], [], [xlsNumber(1)]]
  expect(await anyRows(tinyXls({ rows }))).toEqual([
    { row: 1, cells: ['', 'a', '', 'b'], flags: [] },
    { row: 3, cells: ['1'], flags: [] },
  ])
})

test('sheets: hidden ones marked, charts left out', async () => {
  const rows = [[xlsText('a')], [undefined, xlsText('b')]]
  expect(await anySheets(tinyXls({ rows, hidden: true }))).toMatchObject([{ name: 'S', hidden: true }])
  expect(await anySheets(tinyXls({ rows }))).toMatchObject([{ name: 'S', hidden: false }])
  expect(await refusalOfAny(tinyXls({ rows, sheetType: 0x20 }))).toEqual({ code: 'noSheet' })
})

test.each(['biff8', 'biff5', 'biff2'] as const)(
  'a file of SheetJS (%s), read twice and in batches',
  async (bookType) => {
    const book = utils.book_new()
    const grid = Array.from({ length: 250 }, (_, i) => [`name ${i}`, i, i % 2 === 0])
    utils.book_append_sheet(book, utils.aoa_to_sheet(grid), 'S')
    const [sheet] = await anySheets(new Uint8Array(write(book, { bookType, type: 'array' })))
    for (let time = 0; time < 2; time++) {
      const sizes: number[] = []
      let progress = 0
      for await (const batch of sheet!.rows({ batchRows: 100 })) {
        if (!batch.ok) throw new Error(batch.refusal.code)
        expect(batch.progress).toBeGreaterThan(progress)
        progress = batch.progress
        sizes.push(batch.rows.length)
      }
      expect([sizes, progress]).toEqual([[100, 100, 50], 1])
    }
  },
)

describe('refusals', () => {
  const rows = [[xlsText('a'), xlsText('b')]]

  test.each([
    ['a password', { protection: true }, 'encrypted'],
    ['macros', { streams: ['_VBA_PROJECT_CUR/VBA/dir'] }, 'macro'],
    ['a sheet of Excel 4 macros', { sheetType: 0x40 }, 'macro'],
  ])('%s', async (_what, more, code) => {
    expect((await refusalOfAny(tinyXls({ rows, ...more })))?.code).toBe(code)
  })

  test('more than 10 MB', async () => {
    const large = new Uint8Array(10 * 1024 * 1024 + 1)
    large.set(tinyXls({ rows }))
    expect(await refusalOfAny(large)).toEqual({ code: 'tooLargeUnlessXlsx', detail: 'xls' })
  })

  test('cells beyond the limit', async () => {
    expect(await refusalOfAny(tinyXls({ rows }), { limits: { cells: 1 } })).toEqual({
      code: 'tooLarge',
      detail: 'cells',
    })
  })

  test('a file cut off anywhere never throws', async () => {
    const whole = tinyXls({ rows })
    for (let length = 0; length < whole.length; length += 61) {
      expect((await refusalOfAny(whole.subarray(0, length)))?.code ?? 'read').toMatch(
        /^(empty|damaged|notWorkbook|noSheet|legacyXls|read|text)$/,
      )
    }
  })
})
