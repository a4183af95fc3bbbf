import fc from 'fast-check'
import { expect, test } from 'vitest'
import '../testing/fixed-seed.ts'
import { sheetXml } from '../testing/tiny-workbook.ts'
import { ByteWindow } from './byte-window.ts'
import type { CellContext } from './cell-reader.ts'
import { toUtf8 } from './part-encoding.ts'
import type { Row } from './row.ts'
import { readSharedStrings } from './shared-strings.ts'
import { SheetScanner } from './sheet-scanner.ts'

/** Where a stream is cut must never show in what is read. */

const CELLS = [
  '<c r="A1"/>',
  '<c><v>12345</v></c>',
  '<c t="s"><v>1</v></c>',
  '<c s="1"><v>45536</v></c>',
  '<c t="inlineStr"><is><t>学籍😀</t></is></c>',
  '<c t="inlineStr"><is><t xml:space="preserve"> a&amp;b _x000D_</t></is></c>',
  '<c t="inlineStr"><!-- </c> --><is><r><t>a<![CDATA[</c>]]></t></r></is></c>',
  '<c t="str"><f>A1&gt;"a"</f><v>x</v></c>',
  "<c t='e'><v>#N/A</v></c>",
  '\n  <c  x:y=">"  ><v>1</v></c>',
]
const ROW = fc
  .array(fc.constantFrom(...CELLS), { maxLength: 6 })
  .map((cells) => `<row>${cells.join('').replaceAll(' r="A1"', '')}</row>`)
const SHEET = fc.array(ROW, { maxLength: 5 }).map((rows) => sheetXml(rows.join('\n')))
const SIZES = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 })

const STRINGS =
  '<sst><si><t>a</t></si><si><r><t>学</t></r><r><t>籍&lt;</t></r></si><si><t>c</t><phoneticPr fontId="1"/></si><si/></sst>'

function cut(text: string, sizes: readonly number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  const chunks: Uint8Array[] = []
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!
    chunks.push(bytes.subarray(at, at + size))
    at += size
  }
  return chunks
}

async function* stream(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

async function scan(xml: string, sizes: readonly number[]): Promise<Row[]> {
  const strings = await readSharedStrings(stream(cut(STRINGS, sizes)))
  const context: CellContext = { strings, styles: Uint8Array.of(0, 1), epoch1904: false, maxCells: 1000 }
  const scanner = new SheetScanner(context)
  const window = new ByteWindow()
  for (const chunk of cut(xml, sizes)) {
    if (window.append(chunk)) window.consume(scanner.scan(window.bytes, window.length))
  }
  window.consume(scanner.scan(window.bytes, window.length))
  scanner.finish()
  return scanner.rows
}

test('cut anywhere, a sheet has the same rows', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(SHEET, SIZES, async (xml, sizes) => {
      expect(await scan(xml, sizes)).toEqual(await scan(xml, [1_000_000]))
    }),
    { numRuns: 300 },
  )
})

test('cut between any two bytes', async () => {
  const xml = sheetXml(`<row r="7" spans="1:9">${CELLS.join('')}</row>`)
  const whole = await scan(xml, [1_000_000])
  expect(whole[0]?.cells).toEqual(['', '12345', '学籍<', '2024-09-01', '学籍😀', ' a&b \r', 'a</c>', 'x', '#N/A', '1'])
  for (let size = 1; size < xml.length; size++) expect(await scan(xml, [size, 1_000_000])).toEqual(whole)
})

test('UTF-16 cut between any two bytes', async () => {
  const text = `\ufeff<?xml version="1.0" encoding="UTF-16"?><a>${'学籍😀'.repeat(60)}</a>`
  const units = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
  const bytes = new Uint8Array(units.buffer)
  for (let size = 1; size < 300; size++) {
    let out = ''
    const decoder = new TextDecoder()
    for await (const chunk of toUtf8(stream([bytes.subarray(0, size), bytes.subarray(size)]))) {
      out += decoder.decode(chunk, { stream: true })
    }
    expect(out).toBe(text.slice(1))
  }
})
