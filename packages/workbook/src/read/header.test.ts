import { expect, test } from 'vitest'
import { findHeader } from './header.ts'
import { normalizeName, toHalfWidth } from './normalize-text.ts'
import type { Row } from './row.ts'

function rows(...texts: string[][]): Row[] {
  return texts.map((cells, i) => ({ row: i + 1, cells, flags: [] }))
}

test.each([
  ['姓 名', '姓名'],
  ['姓\n名 *', '姓名'],
  ['＊姓名', '姓名'],
  ['ＩＤ１（号）', 'ID1(号)'],
  ['\u3000身份证件\u00a0号\u200b\ufeff', '身份证件号'],
  ['a*b', 'a*b'],
  ['***', ''],
])('%j means %j', (text, name) => {
  expect(normalizeName(text)).toBe(name)
})

test('only full-width forms change their width', () => {
  expect(toHalfWidth('Ａ１～　。、「ｱ①㎡')).toBe('A1~ 。、「ｱ①㎡')
})

test('finds the names in any order, among others, below a title', () => {
  const match = findHeader(
    rows(['某校新生名册'], ['填表说明：', '姓名如户口簿'], ['序号', '性别*', '', '姓\n名'], ['1', '男', '', '姓名']),
    ['姓名', '性别', '出生日期'],
  )
  expect(match?.row.row).toBe(3)
  expect([...match!.columns]).toEqual([
    ['性别', 1],
    ['姓名', 3],
  ])
  expect(match?.missing).toEqual(['出生日期'])
  expect(match?.extra).toEqual([{ name: '序号', columnIndex: 0 }])
  expect(match?.duplicated).toEqual([])
})

test('reports a name that stands twice and takes the first', () => {
  const match = findHeader(rows(['姓名', '性别', '姓 名', '姓名*']), ['姓名', '性别'])
  expect(match?.columns.get('姓名')).toBe(0)
  expect(match?.duplicated).toEqual(['姓名'])
  expect(match?.missing).toEqual([])
})

test('the row with most names wins, the upper one of equals', () => {
  const names = ['姓名', '性别', '民族']
  expect(findHeader(rows(['姓名'], ['姓名', '性别'], ['姓名', '民族']), names)?.row.row).toBe(2)
})

test('looks at 20 rows only', () => {
  const empty = Array.from({ length: 20 }, () => ['x'])
  expect(findHeader(rows(...empty, ['姓名']), ['姓名'])).toBeUndefined()
  expect(findHeader(rows(...empty.slice(1), ['姓名']), ['姓名'])?.row.row).toBe(20)
})

test('no name, no header', () => {
  expect(findHeader(rows(['a'], ['b']), ['姓名'])).toBeUndefined()
  expect(findHeader([], ['姓名'])).toBeUndefined()
})

test('names like those of JavaScript’s own objects are names', () => {
  const match = findHeader(rows(['__proto__', 'constructor']), ['constructor', '__proto__', 'toString'])
  expect(match?.columns.get('__proto__')).toBe(0)
  expect(match?.missing).toEqual(['toString'])
})
