import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { identityNumberOf } from '../../testing/valid-child.ts'
import { type AmendmentFacts, type AmendmentWish, type IdentityValues, planAmendment } from './problem.rules.ts'

const before: IdentityValues = {
  name: '测试甲',
  identityType: '1',
  identityNumber: identityNumberOf('440202', '20200315', '001'),
  gender: '1',
  birthDate: '2020-03-15' as PlainDate,
}
const other = identityNumberOf('440202', '20200316', '002')
const same: AmendmentWish = { name: before.name, identityType: '1', identityNumber: before.identityNumber }
const facts: AmendmentFacts = {
  today: '2026-11-22' as PlainDate,
  studentNumber: 'L440202202003150011',
  mayAmendName: true,
  hasGuardianWithCard: true,
}
const judge = (wish: Partial<AmendmentWish>, more: Partial<AmendmentFacts> = {}): string => {
  const outcome = planAmendment(before, { ...same, ...wish }, { ...facts, ...more })
  if ('refusal' in outcome) return outcome.refusal
  if ('issues' in outcome) return outcome.issues.map((issue) => issue.code).join()
  const { name, identityType, identityNumber, gender, birthDate } = outcome.after
  return [name, identityType, identityNumber, gender, birthDate].join(' ')
}

describe('flows §4.2 变更', () => {
  it.each<[string, Partial<AmendmentWish>, Partial<AmendmentFacts>, string]>([
    ['什么也没改', {}, {}, 'problem.nothingAmended'],
    ['PROB-007 同时改姓名和证件号', { name: '测试乙', identityNumber: other }, {}, 'problem.nameAndNumber'],
    [
      'PROB-007 同时改姓名和证件类型',
      { name: '测试乙', identityType: 'A', identityNumber: 'E12345678' },
      {},
      'problem.nameAndNumber',
    ],
    ['改姓名', { name: '测试乙' }, {}, `测试乙 1 ${before.identityNumber} 1 2020-03-15`],
    ['姓名项只在号与姓名不匹配时开放', { name: '测试乙' }, { mayAmendName: false }, 'problem.nameClosed'],
    ['姓名不成姓名', { name: '甲1' }, {}, 'shape.personName'],
    ['IDN-006 改证件号：性别、出生日期随号', { identityNumber: other }, {}, `测试甲 1 ${other} 2 2020-03-16`],
    [
      'IDN-002 校验位',
      { identityNumber: `${other.slice(0, 17)}${other[17] === '0' ? '1' : '0'}` },
      {},
      'identity.checkCharacter',
    ],
    ['缺证件号', { identityNumber: '' }, {}, 'shape.required'],
    [
      'PROB-009 改护照：性别、出生日期不变',
      { identityType: 'A', identityNumber: 'e1234 5678' },
      {},
      '测试甲 A E12345678 1 2020-03-15',
    ],
    ['IDN-010 护照号不成号', { identityType: 'A', identityNumber: 'E1' }, {}, 'identity.overseasNumber'],
    ['学生不可用户口簿', { identityType: 'B', identityNumber: '123456' }, {}, 'shape.code'],
    ['PROB-010 L 号改无证件', { identityType: 'Z', identityNumber: null }, {}, '测试甲 Z  1 2020-03-15'],
    ['IDN-011 无证件时所填证件号不作数', { identityType: 'Z', identityNumber: other }, {}, '测试甲 Z  1 2020-03-15'],
    [
      'PROB-006 G 号不可改无证件',
      { identityType: 'Z', identityNumber: null },
      { studentNumber: 'G440202202003150019' },
      'problem.formalToUndocumented',
    ],
    [
      'REG-017 成员须有居民身份证',
      { identityType: 'Z', identityNumber: null },
      { hasGuardianWithCard: false },
      'problem.guardianCard',
    ],
  ])('%s', (_title, wish, more, expected) => {
    expect(judge(wish, more)).toBe(expected)
  })
})
