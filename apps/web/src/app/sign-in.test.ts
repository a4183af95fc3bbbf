import { describe, expect, it } from 'vitest'
import { groupAccounts } from './account-groups.ts'
import { passwordFaults } from './password-rules.ts'

describe('demo accounts', () => {
  const account = (username: string, orgName: string, roleName: string) => ({
    username,
    orgName,
    displayName: '甲',
    roleNames: [roleName],
  })
  const accounts = [
    account('sun.leader', '阳光小学', '学校学籍主管领导'),
    account('sun.registrar', '阳光小学', '学校学籍管理员'),
    account('county', '武江区教育局', '区县教育部门学籍管理员'),
  ]
  const found = (search: string) =>
    groupAccounts(accounts, search).flatMap((group) => group.accounts.map((one) => one.username))

  it('groups by organisation, registrars first', () => {
    expect(groupAccounts(accounts, '').map((group) => group.orgName)).toEqual(['阳光小学', '武江区教育局'])
    expect(found('')).toEqual(['sun.registrar', 'sun.leader', 'county'])
  })
  it('finds by every word, in any field, whatever the case', () => {
    expect(found('阳光 领导')).toEqual(['sun.leader'])
    expect(found('COUNTY')).toEqual(['county'])
    expect(found('没有')).toEqual([])
  })
})

describe('rules for passwords (auth.weakPassword)', () => {
  const met = (password: string, old = 'Old@123456', username = 'sunshine') =>
    passwordFaults(password, old, username).map((rule) => rule.met)

  it.each([
    ['Xueji@2027', [true, true, true]],
    ['Xueji@202', [false, true, true]],
    ['x'.repeat(65), [false, false, true]],
    ['abcdefghij12', [true, false, true]],
    ['abcdefghij1A', [true, true, true]],
    ['Old@123456', [true, true, false]],
    ['mySunShine@1', [true, true, false]],
  ])('judges %s', (password, expected) => {
    expect(met(password)).toEqual(expected)
  })
})
