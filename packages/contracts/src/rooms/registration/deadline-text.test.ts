import { expect, it } from 'vitest'
import { deadlineText } from './deadline-text.ts'

it.each([
  [12, '2026 年新生须在 2026-10-01 前完成注册，还剩 12 天'],
  [0, '2026 年新生须在 2026-10-01 前完成注册，今天是最后一天'],
  [-3, '2026 年新生须在 2026-10-01 前完成注册，已超期 3 天'],
])('TIME-001 剩 %i 天', (daysLeft, expected) => {
  const deadline = { on: '2026-10-01', daysLeft, overdue: daysLeft < 0 }
  expect(deadlineText({ entryYear: 2026, deadline })).toBe(expected)
})
