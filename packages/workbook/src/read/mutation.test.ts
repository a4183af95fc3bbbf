import fc from 'fast-check'
import { expect, test } from 'vitest'
import '../testing/fixed-seed.ts'
import { portableCodec } from '../codec/portable-codec.ts'
import { nodeCodec } from '../node/node-codec.ts'
import { tinyParts } from '../testing/tiny-workbook.ts'
import { type TinyEntry, tinyZip } from '../testing/tiny-zip.ts'
import { openWorkbook } from './open-workbook.ts'
import { readRows } from './read-rows.ts'

/** Many runs on a busy machine; a hang shows as a timeout. */
const LONG = { timeout: 60_000 }

/** A workbook with a bit of everything, to be damaged. */
const rows = Array.from(
  { length: 30 },
  (_, i) =>
    `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>${i % 4}</v></c><c r="B${i + 1}" s="1"><v>${45_000 + i}</v></c>` +
    `<c r="C${i + 1}" t="inlineStr"><is><t>学籍&amp;${i}</t></is></c><c r="D${i + 1}"><f>A1</f><v>1.5</v></c></row>`,
).join('')
const strings =
  '<si><t>男</t></si><si><r><t>a</t></r><r><t>b</t></r></si><si><t>c</t><phoneticPr fontId="1"/></si><si><t xml:space="preserve"> d </t></si>'
const parts: TinyEntry[] = tinyParts({ rows, strings, formats: [0, 14] })
const intact = tinyZip(parts)

async function mustEnd(bytes: Uint8Array, codec = portableCodec): Promise<string> {
  const opened = await openWorkbook(bytes, { codec })
  if (!opened.ok) return opened.refusal.code
  for (const sheet of opened.sheets) {
    for await (const batch of readRows(sheet)) if (!batch.ok) return batch.refusal.code
  }
  return 'read'
}

const CHANGES = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 })

function mutate(bytes: Uint8Array, changes: readonly (readonly [number, number])[]): Uint8Array {
  const mutated = bytes.slice()
  for (const [at, value] of changes) mutated[at % mutated.length] = value
  return mutated
}

test('the intact workbook is read', async () => {
  expect(await mustEnd(intact)).toBe('read')
})

test.each([
  ['portable', portableCodec],
  ['node', nodeCodec],
])('changed bytes of the file never throw and never hang, %s codec', LONG, async (_name, codec) => {
  await fc.assert(
    fc.asyncProperty(CHANGES, async (changes) => {
      expect(await mustEnd(mutate(intact, changes), codec)).toBeTypeOf('string')
    }),
    { numRuns: 500 },
  )
})

test('files cut off anywhere are refused', async () => {
  for (let length = 0; length < intact.length; length += 7) {
    expect(await mustEnd(intact.subarray(0, length))).not.toBe('read')
  }
})

test('changed bytes of one part, packed again, never throw and never hang', LONG, async () => {
  const anyPart = fc.nat({ max: parts.length - 1 })
  await fc.assert(
    fc.asyncProperty(anyPart, CHANGES, async (index, changes) => {
      const changed = parts.map((part, i) =>
        i === index ? { ...part, data: mutate(new TextEncoder().encode(String(part.data)), changes) } : part,
      )
      expect(await mustEnd(tinyZip(changed))).toBeTypeOf('string')
    }),
    { numRuns: 1000 },
  )
})

test('pieces of one part moved, doubled or lost never throw and never hang', LONG, async () => {
  const piece = fc.record({
    part: fc.nat({ max: parts.length - 1 }),
    from: fc.nat(),
    length: fc.nat({ max: 60 }),
    to: fc.nat(),
  })
  await fc.assert(
    fc.asyncProperty(piece, fc.boolean(), async ({ part, from, length, to }, keep) => {
      const text = String(parts[part]!.data)
      const start = from % text.length
      const moved = text.slice(start, start + length)
      const rest = keep ? text : text.slice(0, start) + text.slice(start + length)
      const target = to % (rest.length + 1)
      const data = rest.slice(0, target) + moved + rest.slice(target)
      expect(await mustEnd(tinyZip(parts.map((entry, i) => (i === part ? { ...entry, data } : entry))))).toBeTypeOf(
        'string',
      )
    }),
    { numRuns: 1000 },
  )
})
