import { describe, expect, test } from 'vitest'
import { portableCodec } from '../codec/portable-codec.ts'
import { nodeCodec } from '../node/node-codec.ts'
import { HOSTILE_CORPUS } from '../testing/hostile-corpus.ts'
import { refusalOfFile } from '../testing/tiny-workbook.ts'

/** A busy machine. */
const LONG = { timeout: 30_000 }

test('is a corpus', () => {
  expect(HOSTILE_CORPUS.length).toBeGreaterThanOrEqual(60)
  expect(new Set(HOSTILE_CORPUS.map(([what]) => what)).size).toBe(HOSTILE_CORPUS.length)
})

describe.each([
  ['portable', portableCodec],
  ['node', nodeCodec],
])('%s codec', (_name, codec) => {
  test.each(HOSTILE_CORPUS)('%s: %s', LONG, async (_what, expected, make) => {
    expect((await refusalOfFile(make(), { codec }))?.code ?? 'reads').toBe(expected)
  })
})
