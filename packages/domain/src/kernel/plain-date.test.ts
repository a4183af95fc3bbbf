import { describe, expect, it } from 'vitest'
import type { PlainDate } from './plain-date.ts'
import {
  addDays,
  ageOn,
  compactDate,
  daysBetween,
  daysInMonth,
  epochDay,
  isLeapYear,
  parsePlainDate,
  plainDate,
  yearOf,
} from './plain-date.ts'

const day = (text: string) => text as PlainDate

describe('日历', () => {
  it.each<[number, boolean, string]>([
    [2000, true, '被 400 整除'],
    [2020, true, '被 4 整除'],
    [2024, true, '被 4 整除'],
    [2015, false, '平年'],
    [2019, false, '平年'],
    [1900, false, '被 100 整除而不被 400 整除'],
    [2100, false, '被 100 整除而不被 400 整除'],
    [1600, true, '被 400 整除'],
  ])('%i 年闰年:%s(%s)', (year, leap) => {
    expect(isLeapYear(year)).toBe(leap)
    expect(daysInMonth(year, 2)).toBe(leap ? 29 : 28)
  })

  it('每月天数与历法一致', () => {
    const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    expect(days.map((_, index) => daysInMonth(2023, index + 1))).toEqual(days)
    expect([daysInMonth(2024, 1), daysInMonth(2024, 3), daysInMonth(2024, 12)]).toEqual([31, 31, 31])
  })

  it.each([0, 13, -1, 1.5])('没有第 %d 月', (month) => {
    expect(daysInMonth(2023, month)).toBe(0)
  })
})

describe('plainDate', () => {
  it.each<[number, number, number, string | undefined]>([
    [2020, 2, 29, '2020-02-29'],
    [2021, 2, 29, undefined],
    [1900, 2, 29, undefined],
    [2000, 2, 29, '2000-02-29'],
    [2021, 4, 30, '2021-04-30'],
    [2021, 4, 31, undefined],
    [2021, 1, 31, '2021-01-31'],
    [2021, 1, 32, undefined],
    [2021, 1, 0, undefined],
    [2021, 0, 1, undefined],
    [2021, 12, 31, '2021-12-31'],
    [2021, 13, 1, undefined],
    [999, 1, 1, undefined],
    [1000, 1, 1, '1000-01-01'],
    [9999, 12, 31, '9999-12-31'],
    [10000, 1, 1, undefined],
    [2021.5, 1, 1, undefined],
    [2021, 1.5, 1, undefined],
    [2021, 1, 1.5, undefined],
    [Number.NaN, 1, 1, undefined],
  ])('%d-%d-%d → %s', (year, month, dayOfMonth, expected) => {
    expect(plainDate(year, month, dayOfMonth)).toBe(expected)
  })
})

describe('parsePlainDate', () => {
  it.each<[string, string | undefined]>([
    ['20200315', '2020-03-15'],
    ['2020-03-15', '2020-03-15'],
    ['2020/3/15', '2020-03-15'],
    ['2020.3.5', '2020-03-05'],
    ['2020年3月15日', '2020-03-15'],
    ['2020年03月15', '2020-03-15'],
    ['20200230', undefined],
    ['2020-02-30', undefined],
    ['20201301', undefined],
    ['2020315', undefined],
    ['202003150', undefined],
    ['0999-01-01', undefined],
    ['20-03-15', undefined],
    ['2020-03', undefined],
    ['2020-03-15 00:00:00', undefined],
    [' 20200315', undefined],
    ['２０２００３１５', undefined],
    ['', undefined],
    ['abc', undefined],
  ])('%s → %s', (text, expected) => {
    expect(parsePlainDate(text)).toBe(expected)
  })

  it('1900–2100 每一天:写成 8 位再读回不变', () => {
    for (let year = 1900; year <= 2100; year += 4)
      for (let month = 1; month <= 12; month++)
        for (let dayOfMonth = 1; dayOfMonth <= daysInMonth(year, month); dayOfMonth++) {
          const made = plainDate(year, month, dayOfMonth)!
          if (parsePlainDate(compactDate(made)) !== made) expect.fail(made)
          if (yearOf(made) !== year) expect.fail(`yearOf ${made}`)
        }
    expect(compactDate(day('2020-03-05'))).toBe('20200305')
  })
})

describe('epochDay', () => {
  it('1900-01-01 至 2100-12-31 的每一天与 JS Date 一致,且逐日加一', () => {
    const first = Date.UTC(1900, 0, 1) / 86_400_000
    const last = Date.UTC(2100, 11, 31) / 86_400_000
    for (let expected = first; expected <= last; expected++) {
      const text = new Date(expected * 86_400_000).toISOString().slice(0, 10)
      if (epochDay(day(text)) !== expected) expect.fail(`${text}: ${epochDay(day(text))}, not ${expected}`)
    }
    expect(last - first).toBe(73_413)
  })

  it.each<[string, number]>([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['1970-03-01', 59],
    ['2000-02-29', 11_016],
    ['1000-01-01', -354_285],
  ])('%s 是第 %i 天', (text, expected) => {
    expect(epochDay(day(text))).toBe(expected)
  })

  it.each<[string, string, number]>([
    ['2024-02-28', '2024-03-01', 2],
    ['2023-02-28', '2023-03-01', 1],
    ['2024-03-01', '2024-02-28', -2],
    ['2026-09-01', '2026-09-01', 0],
    ['2026-01-15', '2027-01-15', 365],
    ['2027-06-01', '2028-06-01', 366],
  ])('%s 到 %s 相距 %i 天', (from, to, days) => {
    expect(daysBetween(day(from), day(to))).toBe(days)
  })
})

describe('ageOn 周岁(REG-018、DAY-020)', () => {
  it.each<[string, string, number]>([
    ['2020-08-31', '2026-08-31', 6],
    ['2020-09-01', '2026-08-31', 5],
    ['2020-08-30', '2026-08-31', 6],
    ['2020-03-15', '2020-03-15', 0],
    ['2020-03-15', '2021-03-14', 0],
    ['2020-03-15', '2021-03-15', 1],
    ['2019-12-31', '2020-01-01', 0],
    ['2020-02-29', '2026-02-28', 5],
    ['2020-02-29', '2026-03-01', 6],
    ['2020-02-29', '2024-02-29', 4],
    ['2020-11-05', '2026-10-31', 5],
  ])('生于 %s,在 %s 满 %i 周岁', (birth, on, age) => {
    expect(ageOn(day(birth), day(on))).toBe(age)
  })
})

describe('若干天之后', () => {
  it.each([
    ['2026-09-01', 30, '2026-10-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-02-28', 1, '2025-03-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2000-02-29', 366, '2001-03-01'],
  ])('%s 之后 %i 天是 %s', (from, days, expected) => {
    expect(addDays(from as PlainDate, days)).toBe(expected)
  })

  it('与相隔天数互逆', () => {
    for (let days = -370_000; days < 400_000; days += 997)
      expect(daysBetween('2026-09-01' as PlainDate, addDays('2026-09-01' as PlainDate, days))).toBe(days)
  })
})
