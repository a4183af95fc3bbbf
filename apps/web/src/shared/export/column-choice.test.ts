import { describe, expect, it } from 'vitest'
import { groupColumns, sizeText, toggleColumns } from './column-choice.ts'

const column = (key: string, header: string, group: string) => ({ key, header, group, personal: false, usual: false })
const COLUMNS = [
  column('name', '姓名', '列表'),
  column('phone', '联系电话', '联系信息'),
  column('gender', '性别', '列表'),
]

describe('groupColumns', () => {
  it('gathers columns by group, in order', () => {
    expect(groupColumns(COLUMNS, '').map(({ title, columns }) => [title, columns.map(({ key }) => key)])).toEqual([
      ['列表', ['name', 'gender']],
      ['联系信息', ['phone']],
    ])
  })

  it('narrows by header or by group', () => {
    expect(groupColumns(COLUMNS, ' 电话 ').flatMap(({ columns }) => columns.map(({ key }) => key))).toEqual(['phone'])
    expect(groupColumns(COLUMNS, '列表')[0]!.columns).toHaveLength(2)
    expect(groupColumns(COLUMNS, '没有')).toEqual([])
  })
})

it('toggleColumns keeps the order of the catalogue', () => {
  expect(toggleColumns(COLUMNS, ['gender'], ['name'], true)).toEqual(['name', 'gender'])
  expect(toggleColumns(COLUMNS, ['name', 'gender'], ['name', 'phone'], false)).toEqual(['gender'])
})

it('sizeText', () => {
  expect([sizeText(1), sizeText(830_000), sizeText(3_600_000)]).toEqual(['1 KB', '811 KB', '3.4 MB'])
})
