import fc from 'fast-check'
import { expect, test } from 'vitest'
import '../testing/fixed-seed.ts'
import { SAMPLE_BOOK, sampleParts } from '../testing/cell-samples.ts'
import { DIFFERENCES, type Difference } from '../testing/oracle-differences.ts'
import { gridOf, readByExcelJs, readBySheetJs } from '../testing/oracle-readers.ts'
import { allRows } from '../testing/tiny-workbook.ts'
import { tinyZip } from '../testing/tiny-zip.ts'

/** Many runs on a busy machine. */
const LONG = { timeout: 120_000 }
const BOOKS = 2000

test(`${BOOKS} workbooks are read as xlsx and exceljs read them, but for what is listed`, LONG, async () => {
  const met = new Set<Difference>()
  await fc.assert(
    fc.asyncProperty(SAMPLE_BOOK, async (book) => {
      const bytes = tinyZip(sampleParts(book))
      const ours = gridOf(await allRows(bytes))
      const others = { xlsx: readBySheetJs(bytes), exceljs: await readByExcelJs(bytes).catch(notAddressed) }
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
    { numRuns: BOOKS },
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

/** What exceljs says to a row without a number; it then has read nothing. */
function notAddressed(error: unknown): string[][] {
  expect(String(error)).toBe('Error: Invalid row number in model')
  return []
}
