import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { read, utils } from 'xlsx'
import '../testing/fixed-seed.ts'
import { nodeCodec } from '../node/node-codec.ts'
import { asRandomAccess } from '../read/source.ts'
import { readZipDirectory } from '../read/zip-directory.ts'
import { allRows, mustOpen, refusalOfFile } from '../testing/tiny-workbook.ts'
import type { CellPutter, Column, TableSheet, WorkbookSpec } from './spec.ts'
import { createWorkbookStream, writeWorkbook } from './workbook-stream.ts'

const COLUMNS = 6
/** Many runs on a busy machine. */
const LONG = { timeout: 60_000 }

function grid(cell: fc.Arbitrary<string>): fc.Arbitrary<string[][]> {
  return fc.array(fc.array(cell, { maxLength: COLUMNS }), { maxLength: 12 })
}

/** Any text at all: lone surrogates, control characters and escapes of escapes included. */
const ANY = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('_', 'x', '0', '0', 'D', '_x000D_', '\r', '\n', '\u0001', '\ud800', '\udc00', '&'),
    maxLength: 12,
  }),
  fc.string({
    unit: fc.constantFrom('学', '籍', '😀', ' ', '\u3000', '<', '>', '"', "'", '&', ']]>', '=', '+', '-', '@'),
    maxLength: 12,
  }),
)

/** What both other libraries read back as it is: exceljs leaves `_x000D_` as it stands, and both drop some blanks. */
const ORDINARY = fc
  .string({ unit: fc.constantFrom(...'学籍王一aZ09😀é<>&"\'=+-@，。 '), maxLength: 12 })
  .map((text) => text.trim())

function table(rows: TableSheet['rows'], more: Partial<TableSheet> = {}): WorkbookSpec {
  const columns: Column[] = Array.from({ length: COLUMNS }, (_, i) => ({ header: `列${i + 1}`, text: i % 2 === 0 }))
  return { sheets: [{ kind: 'table', name: 'S', columns, rows, lastRow: 20, ...more }] }
}

/** Texts by row, without empty cells at the end and without empty rows at the end. */
function trimmed(rows: readonly (readonly (string | undefined | null)[])[]): string[][] {
  const texts = rows.map((cells) => {
    const row = Array.from(cells, (text) => text ?? '')
    while (row.at(-1) === '') row.pop()
    return row
  })
  while (texts.at(-1)?.length === 0) texts.pop()
  return texts
}

/** The rows below the header, empty ones included, as this package reads them. */
async function ownTexts(bytes: Uint8Array): Promise<string[][]> {
  const texts: string[][] = []
  for (const { row, cells } of await allRows(bytes)) texts[row - 1] = [...cells]
  return trimmed(Array.from(texts, (cells) => cells ?? []).slice(1))
}

describe('what is written is read back', () => {
  test.each([
    ['portable', undefined, 50],
    ['node', nodeCodec, 300],
  ])('by this package, any text, %s codec', LONG, async (_name, codec, numRuns) => {
    await fc.assert(
      fc.asyncProperty(grid(ANY), async (rows) => {
        expect(await ownTexts(await writeWorkbook(table(rows), { codec }))).toEqual(trimmed(rows))
      }),
      { numRuns },
    )
  })

  test('whether rows are texts, put them themselves or put them as UTF-8', LONG, async () => {
    const encoder = new TextEncoder()
    await fc.assert(
      fc.asyncProperty(grid(ANY), async (given) => {
        // Half a character has no UTF-8.
        const rows = given.map((cells) => cells.map((text) => Buffer.from(text).toString()))
        const asTexts = await writeWorkbook(table(rows))
        const putting = (put: (into: CellPutter, cells: readonly string[]) => void) =>
          writeWorkbook(table(rows.map((cells) => ({ put: (into: CellPutter) => put(into, cells) }))))
        const asPut = await putting((into, cells) => {
          for (const [column, text] of cells.entries()) into.text(column, text)
        })
        const asUtf8 = await putting((into, cells) => {
          // All behind each other, in one piece of memory.
          const whole = encoder.encode(cells.join('|'))
          let from = 0
          for (const [column, text] of cells.entries()) {
            const to = from + encoder.encode(text).length
            into.utf8(column, whole, from, to)
            from = to + 1
          }
        })
        expect(Buffer.compare(asTexts, asPut)).toBe(0)
        expect(Buffer.compare(asTexts, asUtf8)).toBe(0)
      }),
      { numRuns: 100 },
    )
  })

  test('every character at the beginning, in the middle and at the end, as a string and as UTF-8', LONG, async () => {
    const encoder = new TextEncoder()
    const rows: string[][] = []
    for (let code = 1; code < 0x1_1000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue
      const character = String.fromCodePoint(code)
      rows.push([`${character}学`, `学${character}籍`, `学${character}`, character])
    }
    const asUtf8 = rows.map((cells) => ({
      put: (into: CellPutter) => {
        for (const [column, text] of cells.entries()) {
          const bytes = encoder.encode(text)
          into.utf8(column, bytes, 0, bytes.length)
        }
      },
    }))
    const options = { codec: nodeCodec }
    expect(Buffer.compare(await writeWorkbook(table(rows), options), await writeWorkbook(table(asUtf8), options))).toBe(
      0,
    )
  })

  test.each([
    ['portable', undefined],
    ['node', nodeCodec],
  ])('of many pieces, whose buffers are used again, %s codec', LONG, async (_name, codec) => {
    const rows = Array.from({ length: 20_000 }, (_, row) =>
      Array.from({ length: COLUMNS }, (_, column) => `第${row}行第${column}列${'学籍'.repeat(row % 30)}`),
    )
    expect(await ownTexts(await writeWorkbook(table(rows), { codec }))).toEqual(rows)
  })

  test('by exceljs', LONG, async () => {
    await fc.assert(
      fc.asyncProperty(grid(ORDINARY), async (rows) => {
        const book = new ExcelJS.Workbook()
        await book.xlsx.load((await writeWorkbook(table(rows), { codec: nodeCodec })) as never)
        const texts: string[][] = []
        book.worksheets[0]!.eachRow((row, number) => {
          texts[number - 1] = (row.values as string[]).slice(1)
        })
        expect(trimmed(Array.from(texts, (cells) => cells ?? []).slice(1))).toEqual(trimmed(rows))
      }),
      { numRuns: 100 },
    )
  })

  test('by SheetJS', LONG, async () => {
    await fc.assert(
      fc.asyncProperty(grid(ORDINARY), async (rows) => {
        const sheet = read(await writeWorkbook(table(rows), { codec: nodeCodec })).Sheets.S!
        const texts = utils.sheet_to_json<string[]>(sheet, { header: 1, blankrows: true })
        expect(trimmed(texts.slice(1))).toEqual(trimmed(rows))
      }),
      { numRuns: 100 },
    )
  })

  test('a leading = + - @ stays text in every reader', async () => {
    const rows = [['=1+1', '+1', '-1', '@A1', '=HYPERLINK("http://localhost")', '\t=1']]
    const bytes = await writeWorkbook(table(rows))
    expect((await allRows(bytes))[1]).toEqual({ row: 2, cells: rows[0], flags: [] })
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(bytes as never)
    expect(book.worksheets[0]!.getCell('A2').value).toBe('=1+1')
    expect(book.worksheets[0]!.getCell('A2').type).toBe(ExcelJS.ValueType.String)
    const cell = read(bytes, { cellFormula: true }).Sheets.S!.A2
    expect([cell.t, cell.v, cell.f]).toEqual(['s', '=1+1', undefined])
  })

  test('a text too long for a cell is cut, not in the middle of a character', async () => {
    const [, row] = await allRows(await writeWorkbook(table([['学'.repeat(40_000), `${'a'.repeat(32_766)}😀`]])))
    expect(row?.cells.map((text) => text.length)).toEqual([32_767, 32_766])
  })
})

describe('rows', () => {
  test('are taken one at a time while the file is made', LONG, async () => {
    let given = 0
    async function* rows() {
      for (let i = 0; i < 200_000; i++) {
        given++
        yield [`${i}-${Math.imul(i, 0x9e3779b1)}`]
      }
    }
    let size = 0
    let halfway = 0
    for await (const chunk of createWorkbookStream(table(rows()), { codec: nodeCodec })) {
      size += chunk.length
      if (halfway === 0 && size > 100_000) halfway = given
    }
    expect(given).toBe(200_000)
    expect(halfway).toBeLessThan(150_000)
  })

  test('beyond the columns are dropped', async () => {
    expect((await allRows(await writeWorkbook(table([new Array(9).fill('x')]))))[1]?.cells).toHaveLength(COLUMNS)
  })

  test('more than a sheet holds throw', LONG, async () => {
    const rows = (function* () {
      for (let i = 0; i < 1_048_576; i++) yield []
    })()
    await expect(writeWorkbook(table(rows), { codec: nodeCodec })).rejects.toThrow(RangeError)
  })

  test.each([
    ['portable', undefined],
    ['node', nodeCodec],
  ])('an error of theirs is thrown on, %s codec', async (_name, codec) => {
    const rows = (async function* () {
      yield ['a']
      throw new Error('database')
    })()
    await expect(writeWorkbook(table(rows), { codec })).rejects.toThrow('database')
  })
})

describe('the file', () => {
  const spec: WorkbookSpec = {
    ...table([['a']]),
    title: '学籍 <1>',
    creator: 'A & B',
    createdAt: '2026-09-01T00:00:00Z',
  }

  test('is the same twice, and compresses more at a higher level', async () => {
    const rows = Array.from({ length: 500 }, (_, i) => [`某省某市第${i}号`, '男'])
    const [fast, again, small] = [
      await writeWorkbook(table(rows)),
      await writeWorkbook(table(rows)),
      await writeWorkbook(table(rows), { level: 9 }),
    ]
    expect(Buffer.compare(fast, again)).toBe(0)
    expect(small.length).toBeLessThan(fast.length)
    expect(await ownTexts(small)).toEqual(rows)
  })

  test('carries title, author and date', async () => {
    const { Props } = read(await writeWorkbook(spec))
    expect([Props?.Title, Props?.Author, Props?.CreatedDate]).toEqual([
      '学籍 <1>',
      'A & B',
      new Date('2026-09-01T00:00:00Z'),
    ])
  })

  test('starts with names by which programs know it', async () => {
    const bytes = await writeWorkbook(spec)
    expect(new TextDecoder().decode(bytes.subarray(30, 41))).toBe('_rels/.rels')
    expect(await refusalOfFile(bytes)).toBeUndefined()
  })

  test('has a directory that agrees with its parts', async () => {
    const entries = await readZipDirectory(asRandomAccess(await writeWorkbook(spec)), 200)
    expect(entries.map(({ name }) => name)).toContain('[Content_Types].xml')
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length)
  })
})

describe('sheets', () => {
  test('in their order, with the hidden one of long lists last', async () => {
    const choices = Array.from({ length: 100 }, (_, i) => `选项${i}`)
    const spec: WorkbookSpec = {
      sheets: [
        { kind: 'notes', name: '填写说明', lines: ['一', { text: ['二', '', '三'], bold: true }, ''] },
        { kind: 'table', name: 'choices', columns: [{ header: 'A', choices }] },
      ],
    }
    const bytes = await writeWorkbook(spec)
    expect((await mustOpen(bytes)).sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['填写说明', false],
      ['choices', false],
      ['choices_', true],
    ])
    expect((await allRows(bytes, 0)).map(({ cells }) => cells)).toEqual([['一'], ['二', '', '三']])
    expect((await allRows(bytes, 2)).map(({ cells }) => cells[0])).toEqual(choices)
  })

  test.each([[[]], [['']], [['a'.repeat(32)]], [['a/b']], [['a', 'A']], [["'a"]], [[' ']]])(
    'named %j throw',
    (names) => {
      const sheets = names.map((name) => ({ kind: 'notes' as const, name, lines: [] }))
      expect(() => createWorkbookStream({ sheets })).toThrow(RangeError)
    },
  )

  test('without columns throw', async () => {
    await expect(writeWorkbook({ sheets: [{ kind: 'table', name: 'S', columns: [] }] })).rejects.toThrow(RangeError)
  })
})
