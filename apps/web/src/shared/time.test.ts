import { describe, expect, it } from 'vitest'
import { formatAge, formatCount, formatDay, formatInstant } from './time.ts'

const now = new Date('2026-09-10T12:00:00')
const before = (millis: number): string => new Date(now.getTime() - millis).toISOString()

describe('time as registrars read it', () => {
  it('leaves the year out of this year’s instants only', () => {
    expect(formatInstant(new Date('2026-09-01T14:05:00').toISOString(), now)).toBe('09-01 14:05')
    expect(formatInstant(new Date('2025-12-31T23:59:00').toISOString(), now)).toBe('2025-12-31 23:59')
    expect(formatInstant(null, now)).toBe('')
  })
  it('never moves a plain day to another zone', () => {
    expect(formatDay('2026-09-01')).toBe('2026-09-01')
    expect(formatDay(undefined)).toBe('')
  })
  it.each([
    [30_000, '刚刚'],
    [60_000, '1 分钟'],
    [59 * 60_000, '59 分钟'],
    [2 * 3_600_000 + 1, '2 小时'],
    [24 * 3_600_000, '1 天'],
    [10 * 86_400_000, '10 天'],
    [-5_000, '刚刚'],
  ])('says an age of %i ms as %s', (millis, text) => {
    expect(formatAge(before(millis), now)).toBe(text)
  })
  it('marks a count that was capped', () => {
    expect(formatCount(1200)).toBe('1,200')
    expect(formatCount(100_000, true)).toBe('100,000+')
  })
})
