import fc from 'fast-check'
import { expect, test } from 'vitest'
import '../testing/fixed-seed.ts'
import { nodeCodec } from '../node/node-codec.ts'
import { openWorkbook } from '../read/open-workbook.ts'
import { mark, OPTIONS, partsOf } from '../testing/marked.ts'
import { tinyWorkbook } from '../testing/tiny-workbook.ts'
import { type TinyEntry, tinyZip } from '../testing/tiny-zip.ts'
import { markWorkbook } from './mark-workbook.ts'
import type { Mark } from './marks.ts'

/** Many runs on a busy machine; a hang shows as a timeout. */
const LONG = { timeout: 60_000 }
const MARKS: Mark[] = [1, 2, 3, 5].map((row) => ({ row, column: row % 3, severity: 'error', comment: '请核对' }))

/** A marked workbook has all the parts that marking edits. */
async function parts(): Promise<TinyEntry[]> {
  const rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"/></row><row r="2"/><row><c><v>2</v></c></row>'
  const types = {
    name: '[Content_Types].xml',
    data: '<Types><Default Extension="xml" ContentType="text/xml"/></Types>',
  }
  const marked = await mark(tinyWorkbook({ rows, formats: [0, 49], more: [types] }), MARKS)
  return [...(await partsOf(marked))].map(([name, data]) => ({ name, data }))
}

const PIECE = fc.record({
  part: fc.nat(),
  from: fc.nat(),
  length: fc.nat({ max: 40 }),
  to: fc.nat(),
  keep: fc.boolean(),
})

test('pieces of any part moved, doubled or lost: marked, or a reason why not', LONG, async () => {
  const intact = await parts()
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(PIECE, async ({ part, from, length, to, keep }) => {
      const chosen = intact[part % intact.length]!
      const text = String(chosen.data)
      const start = from % text.length
      const moved = text.slice(start, start + length)
      const rest = keep ? text : text.slice(0, start) + text.slice(start + length)
      const at = to % (rest.length + 1)
      const data = rest.slice(0, at) + moved + rest.slice(at)
      const file = tinyZip(intact.map((entry) => (entry === chosen ? { ...entry, data } : entry)))
      const opened = await openWorkbook(file, { codec: nodeCodec })
      if (!opened.ok) return
      const marked = await markWorkbook(opened.sheets[0]!, MARKS, OPTIONS)
      seen.add(marked.ok ? 'marked' : marked.code)
      if (!marked.ok) return
      // Once it is said to be markable, it is written to its end.
      for await (const chunk of marked.chunks) expect(chunk).toBeInstanceOf(Uint8Array)
    }),
    { numRuns: 800 },
  )
  expect([...seen]).toEqual(expect.arrayContaining(['marked', 'damaged']))
})
