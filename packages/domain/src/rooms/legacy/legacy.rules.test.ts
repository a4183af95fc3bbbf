import { describe, expect, it } from 'vitest'
import { checkCharacter } from '../../identity/identity-number.ts'
import { passes } from '../../kernel/issue.ts'
import { plainDate } from '../../kernel/plain-date.ts'
import type { StudentValues } from '../../student/field-catalogue.ts'
import { checkLegacyRow, LOST_NUMBER_CODES, WRONG_NUMBER_CODES } from './legacy.rules.ts'

const TODAY = plainDate(2026, 9, 5)!
const numberOf = (body: string): string => body + checkCharacter(body)
const RIGHT = numberOf('44020220170315001')
const child = (changed: Partial<StudentValues> = {}): StudentValues => ({
  name: '张小明',
  gender: '1',
  birthDate: '2017-03-15',
  identityType: '1',
  identityNumber: RIGHT,
  ...changed,
})

describe('存量学籍一行的问题:不能成为学生的是错误,证件号、学籍号有误的只是提醒', () => {
  it.each<[string, Partial<StudentValues>, string[], boolean]>([
    ['无误', {}, [], true],
    [
      '校验位错',
      { identityNumber: `${RIGHT.slice(0, 17)}${RIGHT[17] === '0' ? '1' : '0'}` },
      ['identityNumber identity.checkCharacter'],
      true,
    ],
    ['17 位', { identityNumber: RIGHT.slice(1) }, ['identityNumber identity.length'], true],
    ['15 位旧号', { identityNumber: '440202170315001' }, ['identityNumber identity.oldFormat'], true],
    ['出生日期与号码不一致', { birthDate: '2017-03-16' }, ['birthDate identity.birthDateMismatch'], true],
    ['性别与号码不一致', { gender: '2' }, ['gender identity.genderMismatch'], true],
    [
      '护照号不合形',
      { identityType: 'A', identityNumber: 'E1', nationality: 'USA' },
      ['identityNumber identity.overseasShape'],
      true,
    ],
    ['护照须有国籍', { identityType: 'A', identityNumber: 'E1234567' }, ['nationality shape.required'], false],
    [
      '外籍姓名可用拉丁字母',
      { name: 'Alex Tester', identityType: 'A', identityNumber: 'E1234567', nationality: 'USA' },
      [],
      true,
    ],
    ['居民姓名不可', { name: 'Alex Tester' }, ['name shape.personName'], false],
    ['没有号码', { identityNumber: undefined }, ['identityNumber legacy.numberMissing'], false],
    ['无身份证件', { identityType: 'Z', identityNumber: undefined }, [], true],
    ['无身份证件而有号码', { identityType: 'Z' }, ['identityNumber identity.notForOther'], false],
    [
      '晚于今天出生',
      { birthDate: '2026-09-06', identityType: 'Z', identityNumber: undefined },
      ['birthDate register.bornInFuture'],
      false,
    ],
    ['G 号', { studentNumber: `G${RIGHT}` }, [], true],
    ['G 号与现证件号不同(NUM-009)', { studentNumber: `G${numberOf('44020220170315003')}` }, [], true],
    ['G 号后不是证件号', { studentNumber: 'G440202201702300010' }, ['studentNumber legacy.studentNumber'], true],
    ['L 号只看形态(NUM-005)', { studentNumber: 'L440202201703150010' }, [], true],
    ['乱填的学籍号', { studentNumber: '12345' }, ['studentNumber legacy.studentNumber'], true],
  ])('%s', (_title, changed, expected, enters) => {
    const issues = checkLegacyRow(child(changed), TODAY)
    expect(issues.map(({ field, code }) => `${field} ${code}`)).toEqual(expected)
    expect(passes(issues)).toBe(enters)
    const known = [...WRONG_NUMBER_CODES, ...LOST_NUMBER_CODES]
    // What lets a row in although something is wrong is what the load goes by.
    if (enters) for (const { code } of issues) expect(known).toContain(code)
  })
})
