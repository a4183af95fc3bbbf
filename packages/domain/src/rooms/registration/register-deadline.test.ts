import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { registerDeadline } from './register-deadline.ts'

describe('TIME-001、PRE-018 新生入学 1 个月内完成注册', () => {
  it.each([
    ['2026-08-20', 42, false],
    ['2026-09-01', 30, false],
    ['2026-10-01', 0, false],
    ['2026-10-02', -1, true],
    ['2027-03-01', -151, true],
  ])('%s:还剩 %i 天,超期 %s', (today, daysLeft, overdue) => {
    expect(registerDeadline(2026, 30, today as PlainDate)).toEqual({ on: '2026-10-01', daysLeft, overdue })
  })

  it('天数由省级设置', () => {
    expect(registerDeadline(2026, 45, '2026-10-10' as PlainDate)).toMatchObject({ on: '2026-10-16', overdue: false })
  })
})
