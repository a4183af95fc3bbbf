import { describe, expect, it } from 'vitest'
import { groupKinds } from './kind-groups.ts'

const kind = (code: string, label: string, rows: number, message = `${label}格式不正确`, severity = 'error') => ({
  code,
  label,
  rows,
  message,
  severity,
})

describe('groupKinds', () => {
  it('joins columns that fail in the same way and names them, most frequent first', () => {
    const [group] = groupKinds([kind('shape.phone', '联系电话', 2), kind('shape.phone', '成员1联系电话', 5)])
    expect(group).toMatchObject({ title: '电话格式不正确', count: 7 })
    expect(group!.places.map((place) => [place.label, place.field])).toEqual([
      ['成员1联系电话', 'guardians.0.phone'],
      ['联系电话', 'phone'],
    ])
  })

  it('keeps the full sentence of a single column', () => {
    expect(groupKinds([kind('shape.phone', '联系电话', 2)])[0]!.title).toBe('联系电话格式不正确')
  })

  it('no two kinds read the same', () => {
    const codes = ['shape.phone', 'shape.region', 'shape.date', 'shape.yearMonth', 'shape.code', 'shape.required']
    const groups = groupKinds(codes.flatMap((code) => [kind(code, '甲', 1), kind(code, '乙', 1)]))
    expect(new Set(groups.map((group) => group.title)).size).toBe(codes.length)
  })

  it('names the column of a text that is too long', () => {
    expect(groupKinds([kind('shape.tooLong', '班号', 4, '班号超过7个字符')])[0]!.title).toBe('班号超过字数上限')
  })

  it('never shows the row numbers of one row as the title of all', () => {
    const [group] = groupKinds([kind('duplicate.inFile', '身份证件号', 4, '身份证件号与第 5 行重复')])
    expect(group!.title).toBe('身份证件号在文件内重复')
  })

  it('sorts errors by frequency and warnings last', () => {
    const groups = groupKinds([
      kind('identity.regionUnknown', '身份证件号', 90, '…', 'warning'),
      kind('register.entryAge', '出生日期', 1, '入学年龄不符合要求'),
      kind('shape.required', '健康状况', 3, '健康状况不能为空'),
    ])
    expect(groups.map((group) => group.code)).toEqual(['shape.required', 'register.entryAge', 'identity.regionUnknown'])
  })
})
