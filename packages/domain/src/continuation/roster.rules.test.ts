import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../kernel/plain-date.ts'
import type { StudentValues } from '../student/field-catalogue.ts'
import { identityNumberOf } from '../testing/valid-child.ts'
import { checkRosterLine } from './roster.rules.ts'

const TODAY = '2026-09-05' as PlainDate
const NUMBER = identityNumberOf('440202', '20200315', '001')
const codes = (changed: Partial<StudentValues>): string[] =>
  checkRosterLine(
    { name: '测试甲', gender: '1', birthDate: '2020-03-15', identityType: '1', identityNumber: NUMBER, ...changed },
    TODAY,
  ).map((issue) => `${issue.field} ${issue.code}`)

describe('PRE-001、PRE-019 调档名单的校验', () => {
  it.each<[string, Partial<StudentValues>, string[]]>([
    ['居民身份证', {}, []],
    ['性别与号码不符', { gender: '2' }, ['gender identity.genderMismatch']],
    ['出生日期与号码不符', { birthDate: '2020-03-16' }, ['birthDate identity.birthDateMismatch']],
    [
      '校验位',
      { identityNumber: `${NUMBER.slice(0, 17)}${NUMBER[17] === '1' ? '2' : '1'}` },
      ['identityNumber identity.checkCharacter'],
    ],
    ['身份证缺号', { identityNumber: '' }, ['identityNumber shape.required']],
    ['中国学生不用拉丁姓名', { name: 'Test Child' }, ['name shape.personName']],
    ['护照', { identityType: 'A', identityNumber: 'E12345678', name: 'Test Child' }, []],
    ['护照太短', { identityType: 'A', identityNumber: 'E1' }, ['identityNumber identity.overseasShape']],
    ['护照缺号', { identityType: 'A', identityNumber: '' }, ['identityNumber shape.required']],
    ['其他(无证件)', { identityType: 'Z', identityNumber: '' }, []],
    ['其他却填了号', { identityType: 'Z', identityNumber: 'X1' }, ['identityNumber identity.notForOther']],
    [
      '明天出生',
      { identityType: 'Z', identityNumber: '', birthDate: '2026-09-06' },
      ['birthDate register.bornInFuture'],
    ],
    ['类型读不出就不再追问号码', { identityType: '', identityNumber: '' }, []],
  ])('%s', (_title, changed, expected) => {
    expect(codes(changed)).toEqual(expected)
  })
})
