import { deflateRawSync, inflateRawSync, crc32 as zlibCrc } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import '../testing/fixed-seed.ts'
import { nodeCodec } from '../node/node-codec.ts'
import { join } from '../testing/tiny-zip.ts'
import { crc32 } from './crc32.ts'
import { portableCodec } from './portable-codec.ts'

const plain = new TextEncoder().encode('<c r="A1"><v>学籍</v></c>'.repeat(20_000))

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk.slice())
  return join(all)
}

describe.each([
  ['portable', portableCodec],
  ['node', nodeCodec],
])('%s codec', (_name, codec) => {
  test.each([1, 1000, 65_536])('inflates what zlib deflated, in pieces of %i', async (size) => {
    const some = size === 1 ? plain.subarray(0, 5000) : plain
    expect(Buffer.compare(await collect(codec.inflate(pieces(deflateRawSync(some), size))), some)).toBe(0)
  })

  test.each([0, 1, 6] as const)('deflates at level %i what zlib inflates', async (level) => {
    const packed = await collect(codec.deflate(pieces(plain, 10_000), level))
    expect(Buffer.compare(inflateRawSync(packed), plain)).toBe(0)
  })

  test('deflates nothing to an empty stream', async () => {
    expect(inflateRawSync(await collect(codec.deflate(pieces(plain.subarray(0, 0), 1), 1)))).toHaveLength(0)
  })

  test('sums no bytes to what was before', () => {
    expect(codec.crc32(new Uint8Array(0), 1234)).toBe(1234)
  })

  test('throws for data that are not DEFLATE', async () => {
    await expect(collect(codec.inflate(pieces(new Uint8Array(100).fill(0xff), 10)))).rejects.toThrow()
  })

  test('throws for data that end too soon', async () => {
    await expect(collect(codec.inflate(pieces(deflateRawSync(plain).subarray(0, 200), 100)))).rejects.toThrow()
  })

  test('passes on the error of its source', async () => {
    const failing = (async function* () {
      yield deflateRawSync(plain).subarray(0, 100)
      throw new Error('disk')
    })()
    await expect(collect(codec.inflate(failing))).rejects.toThrow('disk')
  })

  test('ends its source when the reader leaves', async () => {
    let ended = false
    const endless = (async function* () {
      try {
        for (;;) yield new Uint8Array(100_000)
      } finally {
        ended = true
      }
    })()
    for await (const _ of codec.deflate(endless, 1)) break
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(ended).toBe(true)
  })
})

test('the portable checksum is zlib’s, in any two pieces', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (a, b) => {
      expect(crc32(b, crc32(a))).toBe(zlibCrc(b, zlibCrc(a)))
    }),
  )
})
