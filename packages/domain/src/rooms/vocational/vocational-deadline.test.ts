import { expect, it } from 'vitest'
import { vocationalDeadline } from './vocational-deadline.ts'

it.each([
  // 1 September 2026 is a Tuesday, 2023 a Friday, 2024 a Sunday.
  [2026, 20, '2026-09-29'],
  [2026, 1, '2026-09-02'],
  [2026, 4, '2026-09-07'],
  [2023, 1, '2023-09-04'],
  [2024, 20, '2024-09-27'],
  [2026, 0, '2026-09-01'],
])('TIME-002 %i 年入学，%i 个工作日内：%s', (entryYear, days, expected) => {
  expect(vocationalDeadline(entryYear, days)).toBe(expected)
})
