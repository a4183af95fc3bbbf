import { describe, expect, it } from 'vitest'
import { createSeeded } from '../testing/seeded.ts'
import { formatUuid7, isUuid } from './ids.ts'

const bytes = (...values: number[]) => Uint8Array.from({ length: 8 }, (_, index) => values[index] ?? 0)

describe('formatUuid7(RFC 9562)', () => {
  it.each<[string, number, number, Uint8Array, string]>([
    ['全零', 0, 0, bytes(), '00000000-0000-7000-8000-000000000000'],
    [
      '每一段都在自己的位置',
      0x0123456789ab,
      0xcde,
      bytes(0x3f, 1, 2, 3, 0xff, 0xee, 0x0d, 0xcc),
      '01234567-89ab-7cde-bf01-0203ffee0dcc',
    ],
    ['计数器只取低 12 位', 1, 0x1fff, bytes(), '00000000-0001-7fff-8000-000000000000'],
    ['变体位总是 10', 0, 0, bytes(0xff), '00000000-0000-7000-bf00-000000000000'],
    ['变体位总是 10(高位为 0)', 0, 0, bytes(0x40), '00000000-0000-7000-8000-000000000000'],
  ])('%s', (_title, millis, counter, random, expected) => {
    expect(formatUuid7(millis, counter, random)).toBe(expected)
  })

  it('任意取值都是规范的 UUIDv7;时间在前、计数在后决定先后', () => {
    const seeded = createSeeded(7)
    let before = ''
    let millis = 1_788_000_000_000
    for (let run = 0; run < 5_000; run++) {
      const counter = run % 4096
      if (counter === 0) millis += seeded.int(1, 1000)
      const id = formatUuid7(millis, counter, bytes(...Array.from({ length: 8 }, () => seeded.int(0, 255))))
      expect(isUuid(id)).toBe(true)
      expect(id[14]).toBe('7')
      expect('89ab').toContain(id[19])
      expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(millis)
      expect(id > before).toBe(true)
      before = id
    }
  })
})

describe('isUuid', () => {
  it.each<[string, boolean]>([
    ['01990000-0000-7000-8000-000000000001', true],
    ['01990000-0000-4000-8000-00000000000f', true],
    ['01990000-0000-7000-8000-00000000000F', false],
    ['01990000-0000-7000-8000-00000000000', false],
    ['01990000-0000-7000-8000-0000000000011', false],
    ['0199000000007000800000000000000001', false],
    ['g1990000-0000-7000-8000-000000000001', false],
    [' 01990000-0000-7000-8000-000000000001', false],
    ['01990000-0000-7000-8000-000000000001\n', false],
    ['', false],
  ])('%j → %s', (text, expected) => {
    expect(isUuid(text)).toBe(expected)
  })
})
