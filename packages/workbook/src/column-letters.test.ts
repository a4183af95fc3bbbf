import { expect, test } from 'vitest'
import { columnIndex, columnLetters, MAX_COLUMNS } from './column-letters.ts'

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [27, 'AB'],
  [701, 'ZZ'],
  [702, 'AAA'],
  [16_383, 'XFD'],
])('column %i is %s', (index, letters) => {
  expect(columnLetters(index)).toBe(letters)
  expect(columnIndex(letters)).toBe(index)
})

test('every column comes back from its letters', () => {
  for (let index = 0; index < MAX_COLUMNS; index++) expect(columnIndex(columnLetters(index))).toBe(index)
})

test('letters may be small', () => expect(columnIndex('ab')).toBe(27))

test.each([-1, 1.5, MAX_COLUMNS, Number.NaN])('%d is no column', (index) => {
  expect(() => columnLetters(index)).toThrow(RangeError)
})

test.each(['', 'A1', 'XFE', 'AAAA', '1', ' A'])('%j names no column', (letters) => {
  expect(() => columnIndex(letters)).toThrow(RangeError)
})
