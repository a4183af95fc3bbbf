import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RepeatedBytes } from './repeated-bytes.ts'

const bytes = fc.uint8Array({ min: 0x61, max: 0x62, maxLength: 24 })

test('is followed where the very same bytes stand, and nowhere else', () => {
  fc.assert(
    fc.property(bytes, bytes, fc.nat(24), fc.nat(24), fc.nat(24), (first, second, a, b, at) => {
      const [from, to] = [Math.min(a, b, first.length), Math.min(Math.max(a, b), first.length)]
      const piece = new RepeatedBytes()
      piece.learn(first, from, to)
      const stands =
        to - from >= 4 &&
        at + to - from <= second.length &&
        first.slice(from, to).every((byte, i) => byte === second[at + i])
      expect(piece.follow(second, at)).toBe(stands ? at + to - from : -1)
      // What was learnt last counts, in the same memory or another.
      piece.learn(second, 0, second.length)
      expect(piece.follow(second, 0)).toBe(second.length < 4 ? -1 : second.length)
    }),
    { numRuns: 5_000 },
  )
})

test('what is too long is not remembered, nor what was before it', () => {
  const piece = new RepeatedBytes()
  const long = new Uint8Array(200)
  piece.learn(long, 0, 8)
  piece.learn(long, 0, 150)
  expect(piece.follow(long, 0)).toBe(-1)
})
