import { describe, expect, it } from 'vitest'
import type { IdentityClass } from '../../identity/identity-type.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { GuardianValues, StudentValues } from '../../student/field-catalogue.ts'
import { buildGuardian, buildValidChild, identityNumberOf } from '../../testing/valid-child.ts'
import { checkGuardians } from './guardian.rules.ts'

const TODAY = '2026-09-05' as PlainDate
const ADULT = identityNumberOf('440202', '19900101', '011')
const told = (guardians: GuardianValues[], student: Partial<StudentValues> = {}) =>
  checkGuardians(buildValidChild({ ...student, guardians }), TODAY).map(({ field, code }) => `${field}: ${code}`)

describe('REG-016 至少一人是监护人', () => {
  const yes = buildGuardian({ isGuardian: '1' })
  const no = buildGuardian({ isGuardian: '0' })
  const unanswered = buildGuardian({ isGuardian: undefined })
  const fault = ['guardians.0.isGuardian: guardian.noneIsGuardian']

  it.each<[string, GuardianValues[], string[]]>([
    ['两人都是', [yes, yes], []],
    ['只有成员 1', [yes, no], []],
    ['只有成员 2', [no, yes], []],
    ['只有一人且是', [yes], []],
    ['两人都不是', [no, no], fault],
    ['只有一人且不是', [no], fault],
    ['另一人没有读出来,先不下结论', [no, unanswered], []],
    ['都没有读出来', [unanswered, unanswered], []],
    ['没有成员(必填归格式检查)', [], []],
  ])('%s', (_title, guardians, expected) => {
    expect(told(guardians)).toEqual(expected)
  })

  it('根本没有成员一项', () => {
    expect(checkGuardians({}, TODAY)).toEqual([])
  })
})

describe('fields 1.7 关系为其他须说明', () => {
  it.each<[GuardianValues, string[]]>([
    [{ relation: '99' }, ['guardians.0.relationNote: guardian.relationNoteMissing']],
    [{ relation: '99', relationNote: '' }, ['guardians.0.relationNote: guardian.relationNoteMissing']],
    [{ relation: '99', relationNote: '姑母' }, []],
    [{ relation: '51' }, []],
    [{ relation: undefined }, []],
  ])('%j', (changed, expected) => {
    expect(told([buildGuardian(changed)])).toEqual(expected)
  })
})

describe('IDN-011、IDN-012 家庭成员证件', () => {
  it.each<[string, GuardianValues, string[]]>([
    ['两项都空', {}, []],
    ['居民身份证正确', { identityType: '1', identityNumber: ADULT }, []],
    [
      '居民身份证校验位错',
      { identityType: '1', identityNumber: wrongCheck(ADULT) },
      ['guardians.0.identityNumber: identity.checkCharacter'],
    ],
    [
      '居民身份证 15 位',
      { identityType: '1', identityNumber: '440202900101011' },
      ['guardians.0.identityNumber: identity.oldFormat'],
    ],
    [
      '居民身份证含括号只报一次',
      { identityType: '1', identityNumber: 'H123456(7)' },
      ['guardians.0.identityNumber: identity.length'],
    ],
    ['护照', { identityType: 'A', identityNumber: 'E12345678' }, []],
    ['港澳证件带括号', { identityType: '6', identityNumber: 'H123456(7)' }, []],
    ['户口簿', { identityType: 'B', identityNumber: '440202-001' }, []],
    ['其他证件不做校验位检查', { identityType: 'A', identityNumber: wrongCheck(ADULT) }, []],
    [
      '其他证件含汉字',
      { identityType: 'A', identityNumber: '护照1234' },
      ['guardians.0.identityNumber: guardian.identityNumberCharacters'],
    ],
    [
      '其他证件含斜杠',
      { identityType: '8', identityNumber: 'T12/34' },
      ['guardians.0.identityNumber: guardian.identityNumberCharacters'],
    ],
    ['有号无类型', { identityNumber: ADULT }, ['guardians.0.identityType: guardian.identityTypeMissing']],
    ['有类型无号', { identityType: '1' }, ['guardians.0.identityNumber: guardian.identityNumberMissing']],
    ['户口簿无号', { identityType: 'B' }, ['guardians.0.identityNumber: guardian.identityNumberMissing']],
    ['类型为其他可以无号', { identityType: 'Z' }, []],
    [
      '与学生同号',
      { identityType: '1', identityNumber: buildValidChild().identityNumber! },
      ['guardians.0.identityNumber: guardian.sameAsStudent'],
    ],
  ])('%s', (_title, changed, expected) => {
    expect(told([buildGuardian(changed)])).toEqual(expected)
  })

  it('学生没有证件号时不比对', () => {
    expect(told([buildGuardian({ identityType: '1', identityNumber: ADULT })], { identityNumber: undefined })).toEqual(
      [],
    )
  })

  it('第二名成员的问题落在第二名成员,并说明是谁', () => {
    const guardians = [buildGuardian(), buildGuardian({ relation: '99', identityType: '1' })]
    expect(checkGuardians(buildValidChild({ guardians }), TODAY)).toStrictEqual([
      {
        code: 'guardian.relationNoteMissing',
        severity: 'error',
        field: 'guardians.1.relationNote',
        params: { member: 2 },
      },
      {
        code: 'guardian.identityNumberMissing',
        severity: 'error',
        field: 'guardians.1.identityNumber',
        params: { member: 2 },
      },
    ])
  })
})

describe('REG-017、fields 1.10 没有身份证件或持其他证件的学生', () => {
  const of = (identityClass: IdentityClass, guardians: GuardianValues[]) =>
    checkGuardians(buildValidChild({ guardians, identityNumber: undefined }), TODAY, identityClass).map(
      ({ field, code }) => `${field}: ${code}`,
    )
  const withCard = buildGuardian({ identityType: '1', identityNumber: ADULT })
  const missing = 'guardians.0.identityType: guardian.noneHasResidentCard'

  it.each<[string, GuardianValues[], string[]]>([
    ['成员 1 有居民身份证', [withCard], []],
    ['成员 2 有居民身份证', [buildGuardian(), withCard], []],
    ['都没有填证件', [buildGuardian(), buildGuardian()], [missing]],
    ['一个成员也没有', [], [missing]],
    ['护照不算', [buildGuardian({ identityType: 'A', identityNumber: 'E12345678' })], [missing]],
    [
      'E2E-05 号码不合法不算',
      [buildGuardian({ identityType: '1', identityNumber: wrongCheck(ADULT) })],
      ['guardians.0.identityNumber: identity.checkCharacter', missing],
    ],
  ])('REG-017 无身份证件:%s', (_title, guardians, expected) => {
    expect(of('undocumented', guardians)).toEqual(expected)
  })

  it.each(['resident', 'overseas'] as const)('REG-017 只管无身份证件学生,不管 %s', (identityClass) => {
    expect(of(identityClass, [buildGuardian()])).toEqual([])
  })

  it('成员 2 可以不填,填了一项就须填全', () => {
    expect(of('overseas', [buildGuardian(), {}])).toEqual([])
    expect(of('overseas', [buildGuardian(), { name: '测试丙', isGuardian: '0' }])).toEqual([
      'guardians.1.relation: guardian.incomplete',
      'guardians.1.currentAddress: guardian.incomplete',
      'guardians.1.phone: guardian.incomplete',
    ])
    // Residents' second member is required by the template already.
    expect(of('resident', [buildGuardian(), { name: '测试丙', isGuardian: '0' }])).toEqual([])
  })
})

function wrongCheck(number: string): string {
  return number.slice(0, 17) + (number[17] === '0' ? '1' : '0')
}
