import { describe, expect, it } from 'vitest'
import { urgencyOf, weekdayOf } from './weekday.ts'

describe('home page', () => {
  it('names the day of the week whatever the zone', () => {
    expect(weekdayOf('2026-11-22')).toBe('星期日')
    expect(weekdayOf('2026-09-01')).toBe('星期二')
  })
  it('warns from five days on and calls ten overdue', () => {
    const now = new Date('2026-09-20T00:00:00Z')
    const days = (count: number) => new Date(now.getTime() - count * 86_400_000).toISOString()
    expect([null, days(1), days(5), days(9.9), days(10)].map((at) => urgencyOf(at, now))).toEqual([
      'none',
      'none',
      'warning',
      'warning',
      'error',
    ])
  })
})
