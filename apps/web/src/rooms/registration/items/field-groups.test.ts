import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { groupKeyOf } from '@xueji/contracts/template/field-groups'
import { describe, expect, it } from 'vitest'
import { columnGroups } from './field-groups.ts'

describe('columnGroups', () => {
  const groups = columnGroups(RESIDENT_NEWCOMER_TEMPLATE)

  it('holds each of the 73 columns exactly once', () => {
    const keys = groups.flatMap((group) => group.columns.map(({ column }) => column.key))
    expect(keys).toHaveLength(73)
    expect(new Set(keys)).toEqual(new Set(RESIDENT_NEWCOMER_TEMPLATE.columns.map((column) => column.key)))
  })

  it('follows the order of the collection table and gives each family member a group of its own', () => {
    expect(groups.map((group) => group.mark)).toEqual([
      '基础信息',
      '辅助信息',
      '学籍信息',
      '联系信息',
      '扩展信息',
      '上下学',
      '成员1',
      '成员2',
    ])
  })

  it('drops the member number inside the member group only', () => {
    const member = groups.find((group) => group.key === 'guardians.1')!
    expect(member.columns.map((one) => one.label)).toContain('是否监护人')
    expect(groups[0]!.columns.map((one) => one.label)).toContain('姓名')
  })

  it('puts the school code where the enrolment stands', () => {
    expect(groupKeyOf('schoolCode')).toBe('enrolment')
    expect(groupKeyOf('guardians.0.phone')).toBe('guardians.0')
  })
})
