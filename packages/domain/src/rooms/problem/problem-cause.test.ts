import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { identityNumberOf } from '../../testing/valid-child.ts'
import { type CauseParty, findCauses } from './problem-cause.ts'

const right = identityNumberOf('440202', '20200315', '001')
const SOUNDS: Readonly<Record<string, string>> = {
  张涵: 'zhanghan',
  张菡: 'zhanghan',
  张明: 'zhangming',
  李明: 'liming',
}
const pinyinOf = (name: string): string => SOUNDS[name] ?? name
const party = (changed: Partial<CauseParty> = {}): CauseParty => ({
  studentId: 'a',
  orgId: 'o1',
  name: '张涵',
  namePinyin: '',
  identityType: '1',
  identityNumber: right,
  gender: '1',
  birthDate: '2020-03-15' as PlainDate,
  regions: ['440202'],
  guardianKeys: [],
  ...changed,
})
const lone = (changed: Partial<CauseParty>, fault = 'checkCharacter') =>
  findCauses([party(changed)], { problemType: 1, fault, pinyinOf })
const pair = (one: Partial<CauseParty>, other: Partial<CauseParty>) =>
  findCauses([party(one), party({ studentId: 'b', orgId: 'o2', ...other })], {
    problemType: 2,
    fault: 'duplicate',
    pinyinOf,
  })
const change = (at: number, digit: string): string => right.slice(0, at) + digit + right.slice(at + 1)
const swap = (at: number): string => right.slice(0, at) + right[at + 1] + right[at] + right.slice(at + 2)

describe('可能原因：一位之差', () => {
  it.each([
    ['出生日期中一位', change(13, '8')],
    ['地区码中一位，由学籍中的户籍地确定', change(5, '9')],
  ])('%s：由校验位、出生日期、性别证明', (_title, identityNumber) => {
    expect(lone({ identityNumber })[0]).toEqual({ kind: 'oneDigit', studentIds: ['a'], suggestion: right })
  })

  it('相邻两位颠倒', () => {
    expect(lone({ identityNumber: swap(11) })[0]).toEqual({
      kind: 'swappedDigits',
      studentIds: ['a'],
      suggestion: right,
    })
  })

  it('不能唯一确定时只说校验位不符，不给号码', () => {
    const [cause] = lone({ identityNumber: change(5, '9'), regions: [] })
    expect(cause).toEqual({ kind: 'checkCharacter', studentIds: ['a'] })
  })

  it('号码本身无误而出生日期是别人的', () => {
    expect(lone({ identityNumber: identityNumberOf('440202', '20191130', '011') }, 'notFound')[0]).toMatchObject({
      kind: 'otherBirthDate',
    })
  })

  it('给出的号码总是校验位正确、与学籍出生日期和性别一致', () => {
    for (let at = 0; at < 18; at++)
      for (const digit of '0123456789') {
        const [cause] = lone({ identityNumber: change(at, digit) })
        if (cause?.suggestion) expect(cause.suggestion).toBe(right)
      }
  })
})

describe('可能原因：两方', () => {
  it.each<[string, Partial<CauseParty>, Partial<CauseParty>, string[]]>([
    [
      '同名同监护人：同一学生在两校',
      { guardianKeys: ['13900000001'] },
      { guardianKeys: ['13900000001'] },
      ['sameChild'],
    ],
    ['同音名同监护人', { guardianKeys: ['k'] }, { name: '张菡', guardianKeys: ['k'] }, ['sameChild', 'homophone']],
    ['异名同监护人同日生：双胞胎', { guardianKeys: ['k'] }, { name: '张明', guardianKeys: ['k'] }, ['twins']],
    ['同音异字，无亲属关系', {}, { name: '张菡' }, ['homophone']],
    ['看不出', {}, { name: '李明' }, ['sharedNumber']],
    ['一方的号与其出生日期不符', {}, { name: '李明', birthDate: '2020-08-01' as PlainDate }, ['otherBirthDate']],
  ])('%s', (_title, one, other, expected) => {
    expect(pair(one, other).map((cause) => cause.kind)).toEqual(expected)
  })

  it('无证件者三要素相同', () => {
    const both = [
      party({ identityType: 'Z', identityNumber: null }),
      party({ studentId: 'b', identityType: 'Z', identityNumber: null }),
    ]
    expect(findCauses(both, { problemType: 3, fault: 'duplicate', pinyinOf }).map(({ kind }) => kind)).toEqual([
      'sameIdentity',
    ])
  })
})

describe('可能原因：认证不通过', () => {
  it.each<[string, Partial<CauseParty>, string, string[]]>([
    ['号不存在', {}, 'notFound', ['notFound']],
    ['姓名不匹配', {}, 'nameMismatch', ['nameMismatch']],
    ['姓名不匹配，拼音栏与姓名读音不同', { namePinyin: 'Zhang Hang' }, 'nameMismatch', ['namePinyin', 'nameMismatch']],
    ['拼音栏相符', { namePinyin: 'ZHANG HAN' }, 'nameMismatch', ['nameMismatch']],
  ])('%s', (_title, changed, fault, expected) => {
    expect(lone(changed, fault).map((cause) => cause.kind)).toEqual(expected)
  })
})
