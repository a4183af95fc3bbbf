import fc from 'fast-check'
import { expect, test } from 'vitest'
import '../testing/fixed-seed.ts'
import { isoText, serialText } from './dates.ts'
import { DATE, DATE_TIME, DURATION, GENERAL, TIME } from './number-format.ts'

test.each([
  [0, '1900-01-00'],
  [1, '1900-01-01'],
  [31, '1900-01-31'],
  [59, '1900-02-28'],
  [60, '1900-02-29'],
  [61, '1900-03-01'],
  [25_569, '1970-01-01'],
  [36_585, '2000-02-29'],
  [39_448, '2008-01-01'],
  [45_536.75, '2024-09-01'],
  [73_050, '2099-12-31'],
  [73_110, '2100-03-01'],
  [2_958_465, '9999-12-31'],
])('day %d of the 1900 system is %s', (serial, text) => {
  expect(serialText(serial, DATE, false)).toBe(text)
})

test.each([
  [0, '1904-01-01'],
  [1, '1904-01-02'],
  [59, '1904-02-29'],
  [37_986, '2008-01-01'],
])('day %d of the 1904 system is %s', (serial, text) => {
  expect(serialText(serial, DATE, true)).toBe(text)
})

test.each([
  [45_536.5, '2024-09-01 12:00:00'],
  [45_536, '2024-09-01'],
  [45_536.999_999_9, '2024-09-02'],
  [45_536.000_694_444, '2024-09-01 00:01:00'],
])('%d with time is %s', (serial, text) => {
  expect(serialText(serial, DATE_TIME, false)).toBe(text)
})

test('times and durations', () => {
  expect(serialText(0.5, TIME, false)).toBe('12:00:00')
  expect(serialText(45_536.25, TIME, false)).toBe('06:00:00')
  expect(serialText(1.5, DURATION, false)).toBe('36:00:00')
})

test.each([-1, 2_958_466.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is no date', (serial) => {
  expect(serialText(serial, DATE, false)).toBeUndefined()
  expect(serialText(serial, DATE_TIME, false)).toBeUndefined()
})

test('a general number is no date', () => expect(serialText(45_536, GENERAL, false)).toBeUndefined())

test('every day after the phantom one is the calendar’s', () => {
  fc.assert(
    fc.property(fc.integer({ min: 61, max: 2_958_465 }), (serial) => {
      const calendar = new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10)
      expect(serialText(serial, DATE, false)).toBe(calendar)
    }),
  )
})

test.each([
  ['2024-09-01', '2024-09-01'],
  ['2024-09-01T00:00:00', '2024-09-01'],
  ['2024-09-01T08:30:00.000Z', '2024-09-01 08:30:00'],
  ['soon', 'soon'],
])('ISO %s is %s', (iso, text) => {
  expect(isoText(iso)).toBe(text)
})

test('where no time is shown, the day begun is the day, and no day is shown beyond the last', () => {
  expect(serialText(45_000.999999, DATE, false)).toBe('2023-03-15')
  expect(serialText(45_000.9999999999, DATE, false)).toBe('2023-03-16')
  expect(serialText(2_958_465.5, TIME, false)).toBe('12:00:00')
  expect(serialText(2_958_466, TIME, false)).toBeUndefined()
  expect(isoText('2024-09-01T08:30:00', true)).toBe('2024-09-01')
})
