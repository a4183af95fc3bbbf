import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../kernel/plain-date.ts'
import { ageOn } from '../kernel/plain-date.ts'
import { entryAgeDay, gradeLevelIn, schoolYearOf } from './school-year.ts'

const day = (text: string) => text as PlainDate

describe('学年', () => {
  it.each([
    ['2026-08-10', 2025, '8 月 10 日 24 时才升级'],
    ['2026-08-11', 2026, '升级后的第一天'],
    ['2026-09-01', 2026, '开学'],
    ['2026-12-31', 2026, '年末'],
    ['2027-01-01', 2026, '跨年仍是同一学年'],
    ['2027-07-31', 2026, '学年末'],
    ['2027-08-09', 2026, '升级前'],
  ])('GRAD-010 %s 属于 %i 学年(%s)', (text, expected) => {
    expect(schoolYearOf(day(text))).toBe(expected)
  })

  it.each([
    [2026, 2026, 1],
    [2026, 2025, 2],
    [2026, 2021, 6],
    [2026, 2027, 0],
  ])('%i 学年里 %i 年入学的是 %i 年级', (schoolYear, entryYear, level) => {
    expect(gradeLevelIn(schoolYear, entryYear)).toBe(level)
  })
})

describe('REG-018 入学年龄按入学当年 8 月 31 日计', () => {
  it('是那一年的 8 月 31 日', () => {
    expect(entryAgeDay(2026)).toBe('2026-08-31')
  })

  it.each([
    ['2020-08-31', 6],
    ['2020-09-01', 5],
    ['2016-08-31', 10],
    ['2015-09-01', 10],
    ['2015-08-31', 11],
  ])('生于 %s 者 %i 周岁', (birth, age) => {
    expect(ageOn(day(birth), entryAgeDay(2026))).toBe(age)
  })
})
