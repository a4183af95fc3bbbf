import { describe, expect, it } from 'vitest'
import { defaultWorkflow } from '../../review/default-workflow.ts'
import type { RegistrationCategory } from './registration.review.ts'
import { REGISTRATION_ENTRIES, registrationPolicy } from './registration.review.ts'

describe('REG-001 六个入口', () => {
  const rules = defaultWorkflow('')

  it.each<[RegistrationCategory, number, string, string, boolean, string]>([
    ['R11', 1, '居民身份证小学新生注册', 'resident', true, '导入'],
    ['R12', 3, '港澳台和外籍小学新生注册', 'overseas', true, '导入'],
    ['R13', 4, '无身份证件小学新生注册', 'undocumented', true, '录入'],
    ['R21', 2, '居民身份证非小学新生注册', 'resident', false, '导入、录入'],
    ['R22', 5, '港澳台和外籍非小学新生注册', 'overseas', false, '导入、录入'],
    ['R23', 6, '无身份证件非小学新生注册', 'undocumented', false, '录入'],
  ])('%s 是业务 %i %s', (category, business, name, identityClass, newcomer, ways) => {
    // REG-002, REG-003 the ways in.
    const [importable, fileable] = [ways.includes('导入'), ways.includes('录入')]
    expect(REGISTRATION_ENTRIES[category]).toEqual({ business, name, identityClass, newcomer, importable, fileable })
    const own = rules.filter((rule) => rule.business === business)
    // REG-014 newcomers enter primary school; REG-028 children without document go up to the province.
    expect(new Set(own.map((rule) => rule.stage))).toEqual(new Set(newcomer ? [1] : [1, 2, 3]))
    expect(own.every((rule) => rule.steps.includes('province'))).toBe(identityClass === 'undocumented')
  })

  it('没有第七个', () => {
    expect(Object.keys(REGISTRATION_ENTRIES)).toHaveLength(6)
  })
})

describe('REG-023、REG-029 审核口径', () => {
  it.each([true, false])('认证不通过是否阻断:%s;不通过总是退回', (block) => {
    expect(registrationPolicy(block)).toEqual({ refusal: 'return', blockOnVerificationFailure: block })
  })
})
