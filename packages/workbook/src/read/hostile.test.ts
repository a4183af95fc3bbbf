import { describe, expect, test } from 'vitest'
import type { Codec } from '../codec/codec.ts'
import { portableCodec } from '../codec/portable-codec.ts'
import { nodeCodec } from '../node/node-codec.ts'
import { mustOpen, refusalOfFile, sheetXml, tinyParts, tinyWorkbook } from '../testing/tiny-workbook.ts'
import { type TinyEntry, tinyZip } from '../testing/tiny-zip.ts'
import { readRows } from './read-rows.ts'

/** A busy machine. */
const LONG = { timeout: 30_000 }

const CELL = '<row><c t="inlineStr"><is><t>a</t></is></c></row>'
const SHEET = 'xl/worksheets/sheet1.xml'

function withSheet(sheet: Partial<TinyEntry>): Uint8Array {
  return tinyZip(tinyParts({ rows: CELL }).map((entry) => (entry.name === SHEET ? { ...entry, ...sheet } : entry)))
}

/** Counts what comes out of the decompressor, to see how far a bomb got. */
function counting(codec: Codec): { codec: Codec; bytes: () => number } {
  let bytes = 0
  const inflate: Codec['inflate'] = async function* (packed) {
    for await (const chunk of codec.inflate(packed)) {
      bytes += chunk.length
      yield chunk
    }
  }
  return { codec: { ...codec, inflate }, bytes: () => bytes }
}

describe.each([
  ['portable', portableCodec],
  ['node', nodeCodec],
])('lies about sizes, %s codec', (_name, codec) => {
  test('a bomb under a small declared size stops at once', LONG, async () => {
    const bomb = sheetXml(`${CELL}${' '.repeat(40_000_000)}`)
    const counter = counting(codec)
    const bytes = withSheet({ data: bomb, declaredSize: 2000 })
    expect(await refusalOfFile(bytes, { codec: counter.codec })).toEqual({ code: 'damaged', detail: SHEET })
    expect(counter.bytes()).toBeLessThan(18_000_000)
  })

  test.each([
    ['a larger size', { declaredSize: 100_000 }],
    ['a smaller size', { declaredSize: 100 }],
    ['another checksum', { declaredCrc: 1 }],
    ['fewer packed bytes', { declaredCompressedSize: 50 }],
    ['bytes that are not packed', { method: 8, stored: true }],
    ['packed bytes called plain', { method: 0 }],
  ])('%s is refused', async (_what, lie) => {
    expect(await refusalOfFile(withSheet(lie), { codec })).toEqual({ code: 'damaged', detail: SHEET })
  })
})

describe('work stays in proportion', () => {
  test('two hundred thousand blank rows give nothing and take no memory', LONG, async () => {
    const blank = Array.from({ length: 200_000 }, (_, i) => `<row r="${i + 2}" ht="14"><c r="A${i + 2}" s="1"/></row>`)
    const bytes = tinyWorkbook({ rows: CELL + blank.join('') })
    const before = process.memoryUsage().heapUsed
    const rows: unknown[] = []
    for await (const batch of readRows((await mustOpen(bytes, { codec: nodeCodec })).sheets[0]!)) {
      if (batch.ok) rows.push(...batch.rows)
    }
    expect(rows).toHaveLength(1)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60_000_000)
  })

  test('an element without end is refused', async () => {
    const endless = sheetXml(`<row><c t="inlineStr"><is><t>${'a'.repeat(9_000_000)}</t></is></c></row>`)
    const limits = { ratio: 2000 }
    expect(await refusalOfFile(tinyWorkbook({ sheet: endless }), { limits })).toEqual({
      code: 'tooLarge',
      detail: 'element',
    })
    const unclosed = `<worksheet><sheetData><row a="${'a'.repeat(9_000_000)}`
    expect((await refusalOfFile(tinyWorkbook({ sheet: unclosed }), { limits }))?.code).toBe('tooLarge')
  })

  test('a shared string far beyond a cell is refused', async () => {
    const strings = `<si><t>${'a'.repeat(2_000_000)}</t></si>`
    expect(await refusalOfFile(tinyWorkbook({ rows: CELL, strings }))).toEqual({
      code: 'tooLarge',
      detail: 'sharedStrings',
    })
  })

  test('a long shared string used again and again is one string', async () => {
    const filler = Array.from({ length: 20_000 }, () => '<si><t>a</t></si>').join('')
    const strings = `${filler}<si><t>${'学'.repeat(30_000)}</t></si>`
    const rows = `<row>${'<c t="s"><v>20000</v></c>'.repeat(16_000)}</row>`.repeat(20)
    const before = process.memoryUsage().heapUsed
    let cells = 0
    for await (const batch of readRows(
      (await mustOpen(tinyWorkbook({ rows, strings }), { limits: { ratio: 2000 } })).sheets[0]!,
    )) {
      if (batch.ok) for (const row of batch.rows) cells += row.cells.length
    }
    expect(cells).toBe(320_000)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000)
  })

  test('cells far to the right count for the gap before them', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}"><v>1</v></c></row>`).join(
      '',
    )
    const bytes = tinyWorkbook({ rows })
    expect(await refusalOfFile(bytes, { limits: { cells: 1_000_000 } })).toEqual({ code: 'tooLarge', detail: 'cells' })
    expect(await refusalOfFile(bytes)).toBeUndefined()
  })

  test.each([
    ['attributes without values', `<a ${'b '.repeat(200_000)}>`],
    ['attributes without end', `<a ${'b="1" '.repeat(200_000)}`],
    ['opening tags', '<a>'.repeat(300_000)],
    ['open entities', `<a>${'&#'.repeat(300_000)}</a>`],
    ['open comments', '<!--'.repeat(200_000)],
    ['blanks', `<a b${' '.repeat(500_000)}`],
  ])('a workbook part full of %s is soon judged', async (_what, workbook) => {
    expect(await refusalOfFile(tinyWorkbook({ workbook }))).toBeDefined()
  })

  test.each([
    ['unclosed comments', '<!--'.repeat(500_000)],
    ['opening tags in a cell', `<row><c>${'<v>'.repeat(500_000)}`],
    ['quotes', `<row r='${'"'.repeat(500_000)}`],
  ])('a sheet full of %s is soon judged', async (_what, rows) => {
    expect((await refusalOfFile(tinyWorkbook({ rows })))?.code).toMatch(/damaged|tooLarge/)
  })
})

describe('reading in batches', () => {
  const rows = Array.from(
    { length: 5000 },
    (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c><c><v>7</v></c></row>`,
  )

  test('progress grows to 1 and batches have about the size asked for', async () => {
    const opened = await mustOpen(tinyWorkbook({ rows: rows.join('') }))
    let progress = 0
    let count = 0
    for await (const batch of readRows(opened.sheets[0]!, { batchRows: 100 })) {
      if (!batch.ok) throw new Error(batch.refusal.code)
      expect(batch.progress).toBeGreaterThanOrEqual(progress)
      progress = batch.progress
      count += batch.rows.length
    }
    expect([count, progress]).toEqual([5000, 1])
  })

  test('a sheet can be read twice, and left early', async () => {
    const sheet = (await mustOpen(tinyWorkbook({ rows: rows.join('') }), { codec: nodeCodec })).sheets[0]!
    for await (const batch of readRows(sheet, { batchRows: 10 })) {
      expect(batch.ok && batch.rows[0]?.cells).toEqual(['0', '7'])
      break
    }
    let count = 0
    for await (const batch of readRows(sheet)) if (batch.ok) count += batch.rows.length
    expect(count).toBe(5000)
  })

  test('rows before the damage are handed out, then the refusal, then nothing', async () => {
    const damaged = tinyWorkbook({ sheet: sheetXml(`${rows.join('')}<row r="0"/>`) })
    const kinds: boolean[] = []
    for await (const batch of readRows((await mustOpen(damaged)).sheets[0]!)) kinds.push(batch.ok)
    expect(kinds.at(-1)).toBe(false)
    expect(kinds.slice(0, -1)).not.toContain(false)
  })
})
