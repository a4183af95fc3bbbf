import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeMessages, encodeMessage, type RosterMessage, type RosterRow } from './roster-protocol.ts'

const row = fc
  .tuple(
    fc.nat(),
    fc.dictionary(fc.string(), fc.string()),
    fc.option(fc.constant({ name: 'formula' }), { nil: undefined }),
  )
  .map(([number, cells, faults]): RosterRow => [number, JSON.stringify(cells), faults])
const message: fc.Arbitrary<RosterMessage> = fc.oneof(
  fc.array(row, { minLength: 1, maxLength: 5 }).map((rows) => ({ kind: 'rows' as const, rows })),
  fc.array(fc.string()).map((extra) => ({ kind: 'end' as const, extra })),
  fc.record({ kind: fc.constant('failure' as const), code: fc.string(), detail: fc.string() }),
  fc.record({ kind: fc.constant('crash' as const), message: fc.string() }),
)

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function decoded(bytes: Buffer, size: number): Promise<RosterMessage[]> {
  const messages: RosterMessage[] = []
  for await (const one of decodeMessages(cut(bytes, size))) messages.push(one)
  return messages
}

it('gives back what was said, wherever the bytes are cut: tabs, line ends and Chinese in cells too', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), async (messages, size) => {
      expect(await decoded(Buffer.from(messages.map(encodeMessage).join('')), size)).toEqual(messages)
    }),
    { numRuns: 200 },
  )
  const rows: RosterRow[] = [[2, JSON.stringify({ name: '欧阳\t一\n鸣', specialty: '"\\' }), undefined]]
  expect(await decoded(Buffer.from(encodeMessage({ kind: 'rows', rows })), 1)).toEqual([{ kind: 'rows', rows }])
})

it('a message that was cut off is none', async () => {
  const bytes = Buffer.from(
    encodeMessage({
      kind: 'rows',
      rows: [
        [2, '{}', undefined],
        [3, '{}', undefined],
      ],
    }),
  )
  expect(await decoded(bytes.subarray(0, bytes.length - 2), 7)).toEqual([])
})
