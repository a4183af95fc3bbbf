import { describe, expect, it } from 'vitest'
import { LOCKED_FIELDS, rosterTexts } from '../../continuation/five-fields.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { newcomerCategoryOf, prefillNewcomer } from './prefill.ts'

const PERSON = {
  name: '测试甲',
  gender: '1',
  birthDate: '2020-03-15' as PlainDate,
  identityType: '1',
  identityNumber: 'N1',
}
const PLACE = { schoolCode: '2144000001', entryYear: 2026 }

describe('PRE-013、PRE-015 预填', () => {
  it('学前信息在下,五个受控字段在上', () => {
    const profile = { name: '档案另名', gender: '2', ethnicity: '03', schoolCode: '9', guardians: [{ name: '某乙' }] }
    expect(prefillNewcomer(PERSON, profile, PLACE)).toEqual({
      ...PERSON,
      nationality: 'CHN',
      ethnicity: '03',
      hadPreschool: '1',
      guardians: [{ name: '某乙' }],
      schoolCode: '2144000001',
      enrolledMonth: '202609',
    })
  })

  it('没有学前档案的只有五个字段和学校;不猜是否受过学前教育', () => {
    const filled = prefillNewcomer({ ...PERSON, identityType: 'A' }, undefined, PLACE)
    expect(Object.keys(filled).sort()).toEqual([...LOCKED_FIELDS, 'enrolledMonth', 'schoolCode'].sort())
  })

  it('无证件学生没有证件号', () => {
    const person = { ...PERSON, identityType: 'Z', identityNumber: null }
    expect(prefillNewcomer(person, undefined, PLACE)).not.toHaveProperty('identityNumber')
    expect(rosterTexts(person)).toMatchObject({ birthDate: '20200315', identityNumber: '' })
  })

  it.each([
    ['1', 'R11'],
    ['6', 'R12'],
    ['A', 'R12'],
    ['Z', 'R13'],
    ['B', undefined],
  ])('证件类型 %s 注册到 %s', (type, category) => {
    expect(newcomerCategoryOf(type)).toBe(category)
  })
})
