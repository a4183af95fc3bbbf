import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { read, utils } from 'xlsx'
import '../testing/fixed-seed.ts'
import { anyRows, anySheets, refusalOfAny } from '../testing/any-rows.ts'
import { csvRecords, findDelimiter } from './csv-records.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, little: boolean) => {
  const bytes = new Uint8Array(Buffer.from(text, 'utf16le'))
  return little ? bytes : new Uint8Array(Buffer.from(bytes).swap16())
}
/** 姓名,民族 / 王㐅,汉族 — the second character is four bytes long in GB18030. */
const GB18030 = Uint8Array.of(
  ...[0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xc3, 0xf1, 0xd7, 0xe5, 0x0d, 0x0a],
  ...[0xcd, 0xf5, 0x81, 0x39, 0xee, 0x39, 0x2c, 0xba, 0xba, 0xd7, 0xe5, 0x0d, 0x0a],
)
const WANG = new TextDecoder('gb18030').decode(GB18030).split('\r\n')[1]!.split(',')[0]!

const texts = async (bytes: Uint8Array) => (await anyRows(bytes)).map(({ cells }) => cells)

describe('encodings', () => {
  const text = '姓名,民族\r\n王一,汉族\r\n'
  const expected = [
    ['姓名', '民族'],
    ['王一', '汉族'],
  ]

  test.each([
    ['UTF-8', utf8(text)],
    ['UTF-8 with mark', utf8(`\ufeff${text}`)],
    ['UTF-16 little', utf16(`\ufeff${text}`, true)],
    ['UTF-16 big', utf16(`\ufeff${text}`, false)],
  ])('%s', async (_what, bytes) => {
    expect(await texts(bytes)).toEqual(expected)
  })

  test('GB18030', async () => {
    expect([...WANG]).toHaveLength(2)
    expect(await texts(GB18030)).toEqual([
      ['姓名', '民族'],
      [WANG, '汉族'],
    ])
  })

  test('neither', async () => {
    expect(await refusalOfAny(Uint8Array.of(0x61, 0x2c, 0xff, 0xff, 0x0a))).toEqual({
      code: 'damaged',
      detail: 'encoding',
    })
  })
})

describe('records', () => {
  test.each([
    ['line ends of all kinds', 'a,b\nc,d\r\ne,f\rg', [['a', 'b'], ['c', 'd'], ['e', 'f'], ['g']]],
    ['quotes', '"a,b","c""d","e\r\nf",""', [['a,b', 'c"d', 'e\r\nf', '']]],
    ['quotes inside', 'a"b,c""d', [['a"b', 'c""d']]],
    ['text behind a quote', '"a"b,"c" ,d', [['ab', 'c ', 'd']]],
    [
      'empty fields',
      ',,\n,a,',
      [
        ['', '', ''],
        ['', 'a', ''],
      ],
    ],
    ['an empty line', 'a\n\nb', [['a'], [''], ['b']]],
    ['blanks', ' a , b ', [[' a ', ' b ']]],
  ])('%s', (_what, text, expected) => {
    expect([...csvRecords(text, ',')]).toEqual(expected)
  })

  test('whatever was written is read', () => {
    const field = fc.string({ unit: fc.constantFrom(...'ab学",;\n\r\t\' ='), maxLength: 8 })
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }), (grid) => {
        const text = grid.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\r\n')
        expect([...csvRecords(text, ',')]).toEqual(grid)
      }),
      { numRuns: 500 },
    )
  })

  test('plain fields are those of SheetJS', () => {
    const field = fc.string({ unit: fc.constantFrom(...'ab学 王'), minLength: 1, maxLength: 6 }).map((one) => `x${one}`)
    const grids = fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(grids, (grid) => {
        const text = grid.map((row) => row.join(',')).join('\n')
        const sheet = read(text, { type: 'string', raw: true }).Sheets.Sheet1!
        expect([...csvRecords(text, ',')]).toEqual(utils.sheet_to_json(sheet, { header: 1 }))
      }),
    )
  })

  test.each([
    ['a,b;c,d', ',', 0],
    ['a;b;c\n1,5;2', ';', 0],
    ['a\tb\n', '\t', 0],
    ['"a,b,c";d', ';', 0],
    ['alone', ',', 0],
    ['sep=;\r\na,b,c', ';', 7],
  ])('the delimiter of %j', (text, delimiter, start) => {
    expect(findDelimiter(text)).toEqual({ delimiter, start })
  })
})

describe('cells', () => {
  test.each([
    ['a formula that keeps a text', '="440203201809011234"', ['440203201809011234']],
    ['the same in quotes', '"=""4402,03"""', ['4402,03']],
    ['a tab in front', '\t440203201809011234', ['440203201809011234']],
    ['a tab behind', '440203201809011234\t', ['440203201809011234']],
    ['an apostrophe in front', "'440203201809011234", ['440203201809011234']],
    ['an apostrophe of a name', "'Abdul", ["'Abdul"]],
    ['zeros in front', '007', ['007']],
    ['what Excel makes of an identity number', '4.40203E+17', ['4.40203E+17', 'precisionLost']],
    ['an error', '#N/A', ['#N/A', 'error']],
    ['another formula', '=1+2', ['=1+2']],
    ['a class named like a number', '1E5', ['1E5']],
  ])('%s', async (_what, field, expected) => {
    const [row] = await anyRows(utf8(`${field},x\n`))
    expect([row?.cells[0], ...(row?.flags ?? []).map(({ flag }) => flag)]).toEqual(expected)
  })

  test('a field full of tabs is soon read', async () => {
    const tabs = '\t'.repeat(2_000_000)
    expect(await anyRows(utf8(`"x${tabs}y\t",b\n`))).toMatchObject([{ cells: [`x${tabs}y`, 'b'] }])
  })

  test('rows keep their numbers, blank ones are left out', async () => {
    expect(await anyRows(utf8('a,b\n\n,,\n"x\ny",\n'))).toEqual([
      { row: 1, cells: ['a', 'b'], flags: [] },
      { row: 4, cells: ['x\ny'], flags: [] },
    ])
  })

  test('progress grows to 1', async () => {
    const [sheet] = await anySheets(utf8('a,b\n'.repeat(5000)))
    let progress = 0
    for await (const batch of sheet!.rows({ batchRows: 500 })) {
      if (!batch.ok) throw new Error(batch.refusal.code)
      expect(batch.progress).toBeGreaterThanOrEqual(progress)
      progress = batch.progress
    }
    expect(progress).toBe(1)
  })
})

describe('refusals', () => {
  test.each([
    ['a quote never closed', utf8('a,b\n"c,d\ne,f\n'), { code: 'damaged', detail: 'quote' }],
    ['too many columns', utf8(`${','.repeat(16_384)}\n`), { code: 'damaged', detail: 'columns' }],
    ['more than 10 MB', new Uint8Array(10 * 1024 * 1024 + 1).fill(0x61), { code: 'tooLargeUnlessXlsx', detail: 'csv' }],
    ['a web page', utf8('<html><table></table></html>'), { code: 'text', detail: 'html' }],
    ['too many rows', utf8(`a${'\n'.repeat(1_048_577)}a`), { code: 'tooLarge', detail: 'rows' }],
  ])('%s', async (_what, bytes, refusal) => {
    expect(await refusalOfAny(bytes)).toEqual(refusal)
  })
})
