import { describe, expect, it } from 'vitest'
import type { Issue } from '../../kernel/issue.ts'
import type { StudentValues } from '../../student/field-catalogue.ts'
import {
  buildGuardian,
  buildRegistrationFacts,
  buildValidChild,
  identityNumberOf,
  OTHER_GRADES,
  OVERSEAS,
  UNDOCUMENTED,
} from '../../testing/valid-child.ts'
import type { RegistrationFacts } from './registration.facts.ts'
import type { RegistrationCategory } from './registration.review.ts'
import { REGISTRATION_ENTRIES } from './registration.review.ts'
import { checkEvidence, checkRegistration } from './registration.rules.ts'

const told = (issues: readonly Issue[]) =>
  issues.map(({ severity, field, code }) => `${severity === 'warning' ? '?' : ''}${field}: ${code}`)

/** Older than any newcomer: born 2012, in the second year of senior school if need be. */
const OLDER: Partial<StudentValues> = {
  birthDate: '2012-03-15',
  identityNumber: identityNumberOf('440202', '20120315', '001'),
}
const IN_GRADE: Partial<StudentValues> = { gradeName: '小学2024级', classNumber: '2024101', enrolledMonth: '202409' }
const BASE: Readonly<Record<RegistrationCategory, Partial<StudentValues>>> = {
  R11: {},
  R12: OVERSEAS,
  R13: UNDOCUMENTED,
  R21: { ...OLDER, ...IN_GRADE },
  R22: { ...OLDER, ...OVERSEAS, ...IN_GRADE },
  R23: { ...OLDER, ...UNDOCUMENTED, ...IN_GRADE },
}
const CATEGORIES = Object.keys(BASE) as RegistrationCategory[]

function check(
  category: RegistrationCategory,
  changed: Partial<StudentValues> = {},
  more: Partial<RegistrationFacts> = {},
): string[] {
  const entry = REGISTRATION_ENTRIES[category]
  const facts = buildRegistrationFacts({ entry, ...(entry.newcomer ? {} : { grades: OTHER_GRADES }), ...more })
  return told(checkRegistration(buildValidChild({ ...BASE[category], ...changed }), facts))
}

describe('六个入口(REG-001)', () => {
  it.each(CATEGORIES)('%s:没有毛病的学生没有问题', (category) => {
    expect(check(category)).toEqual([])
  })

  it.each<[RegistrationCategory, string, boolean]>(
    CATEGORIES.flatMap((category) =>
      ['1', '6', '7', '8', '9', 'A', 'Z'].map((type): [RegistrationCategory, string, boolean] => {
        const { identityClass } = REGISTRATION_ENTRIES[category]
        const fits = { resident: '1', overseas: '6789A', undocumented: 'Z' }[identityClass].includes(type)
        return [category, type, fits]
      }),
    ),
  )('REG-005 %s 收证件类型 %s:%s', (category, type, fits) => {
    const issues = check(category, { identityType: type, identityNumber: undefined, overseasType: undefined })
    expect(issues).toEqual(fits ? [] : ['identityType: register.wrongIdentityType'])
  })

  it('REG-019 只有无身份证件学生须有证明材料', () => {
    for (const category of CATEGORIES) {
      const entry = REGISTRATION_ENTRIES[category]
      const missing = entry.identityClass === 'undocumented' ? ['evidence: register.evidenceMissing'] : []
      expect(told(checkEvidence(entry, 0))).toEqual(missing)
      expect(checkEvidence(entry, 1)).toEqual([])
    }
  })
})

describe('港澳台和外籍(fields 1.1、1.10)', () => {
  it.each<[string, Partial<StudentValues>, string[]]>([
    ['国籍不能是中国', { nationality: 'CHN' }, ['nationality: register.nationalityChina']],
    ['国籍可以是中国香港', { nationality: 'HKG' }, []],
    ['港澳台侨外不能为否', { overseasType: '00' }, ['overseasType: register.overseasTypeNone']],
    ['护照配华侨', { overseasType: '11' }, []],
    ['护照配香港同胞只告警', { overseasType: '01' }, ['?overseasType: register.overseasTypeUnusual']],
    ['护照配归侨只告警', { overseasType: '13' }, ['?overseasType: register.overseasTypeUnusual']],
    ['IDN-010 护照 5 位', { identityNumber: 'E1234' }, []],
    ['IDN-010 护照 4 位', { identityNumber: 'E123' }, ['identityNumber: identity.overseasNumber']],
    ['IDN-010 护照含括号', { identityNumber: 'E123(4)' }, ['identityNumber: identity.overseasNumber']],
    ['IDN-010 香港证件可含括号', { identityType: '6', identityNumber: 'H123456(7)', overseasType: '01' }, []],
    [
      'IDN-010 台湾证件 7 位',
      { identityType: '8', identityNumber: 'T123456', overseasType: '05' },
      ['identityNumber: identity.overseasNumber'],
    ],
    ['IDN-010 永久居住证 15 位', { identityType: '9', identityNumber: 'USA440202150001' }, []],
    [
      'IDN-010 永久居住证 14 位',
      { identityType: '9', identityNumber: 'USA44020215000' },
      ['identityNumber: identity.overseasNumber'],
    ],
    ['性别、出生日期手填,不由号码推出', { gender: '2', birthDate: '2020-05-05' }, []],
  ])('%s', (_title, changed, expected) => {
    expect(check('R12', changed)).toEqual(expected)
  })

  it.each<[string, string[]]>([
    ['6', ['01', '02']],
    ['7', ['03', '04']],
    ['8', ['05', '06']],
    ['9', ['11', '41', '51', '99']],
    ['A', ['11', '41', '51', '99']],
  ])('证件 %s 通常配 %j,其余只告警', (identityType, usual) => {
    for (const overseasType of ['01', '02', '03', '04', '05', '06', '11', '12', '31', '41', '51', '99'])
      expect(check('R12', { identityType, identityNumber: undefined, overseasType })).toEqual(
        usual.includes(overseasType) ? [] : ['?overseasType: register.overseasTypeUnusual'],
      )
  })

  it('DUP-001 按类型加号码查重:同号不同类型不算', () => {
    const holder = { where: '某校', sameSchool: false }
    expect(check('R12', {}, { holders: new Map([['A:E12345678', holder]]) })).toEqual([
      'identityNumber: duplicate.elsewhere',
    ])
    expect(check('R12', {}, { holders: new Map([['9:E12345678', holder]]) })).toEqual([])
  })
})

describe('无身份证件', () => {
  it.each<[string, Partial<StudentValues>, string[]]>([
    ['IDN-011 证件号必须为空', { identityNumber: 'E12345678' }, ['identityNumber: identity.mustBeEmpty']],
    ['国籍必须是中国', { nationality: 'HKG' }, ['nationality: register.nationalityNotChina']],
    ['港澳台侨外必须为否', { overseasType: '51' }, ['overseasType: register.overseasTypeNotNone']],
    [
      'REG-017 成员都没有居民身份证',
      { guardians: [buildGuardian()] },
      ['guardians.0.identityType: guardian.noneHasResidentCard'],
    ],
    ['性别手填', { gender: '2' }, []],
  ])('%s', (_title, changed, expected) => {
    expect(check('R13', changed)).toEqual(expected)
  })
})

describe('非小学新生选择年级(REG-014、REG-015、fields 1.3)', () => {
  const junior = { gradeName: '初中2026级', classNumber: '2026201', enrolledMonth: '202609' }
  const senior = { gradeName: '高中2025级', classNumber: '2025301', enrolledMonth: '202509', enrolMode: '21' }

  it.each<[string, Partial<StudentValues>, string[]]>([
    ['初中新生走这个入口', junior, []],
    ['高中', senior, []],
    ['没有这个年级', { gradeName: '小学2019级' }, ['gradeName: register.noSuchGrade']],
    ['REG-014 当年小学一年级另有入口', { gradeName: '小学2026级' }, ['gradeName: register.gradeOfNewcomers']],
    ['没有填年级时不比对其余(必填归格式检查)', { gradeName: undefined, enrolMode: '21' }, []],
    ['入学年月与年级的入学年份不一致', { enrolledMonth: '202509' }, ['enrolledMonth: register.notYearOfGrade']],
    ['REG-013 班号属于别的年级', { classNumber: '2026201' }, ['classNumber: register.classOfOtherGrade']],
    ['REG-013 班号不存在', { classNumber: '2024109' }, ['classNumber: register.noSuchClass']],
    ['REG-013 可以暂不分班', { classNumber: undefined }, []],
    ['REG-018 入学年龄只管一年级新生', { birthDate: '2000-01-01', identityNumber: undefined }, []],
    ['小学填高中的入学方式', { enrolMode: '22' }, ['enrolMode: register.enrolModeNotCompulsory']],
    ['初中填高中的入学方式', { ...junior, enrolMode: '99' }, ['enrolMode: register.enrolModeNotCompulsory']],
    ['高中填就近入学', { ...senior, enrolMode: '11' }, ['enrolMode: register.enrolModeNotSenior']],
    ['高中填义务教育阶段其他', { ...senior, enrolMode: '12' }, ['enrolMode: register.enrolModeNotSenior']],
    [
      'fields 1.5 高中享受一补',
      { ...senior, getsBoardingSubsidy: '1' },
      ['getsBoardingSubsidy: category.compulsoryOnly'],
    ],
    [
      'DAY-021 高中农村留守',
      { ...senior, isRuralLeftBehind: '1', isLeftBehind: '1' },
      ['isRuralLeftBehind: category.compulsoryOnly'],
    ],
    [
      'DAY-021 高中进城务工随迁',
      { ...senior, isMigrantWorkerChild: '1', isMigrant: '1' },
      ['isMigrantWorkerChild: category.compulsoryOnly'],
    ],
    ['高中随迁、留守本身可以', { ...senior, isMigrant: '1', isLeftBehind: '1' }, []],
    ['初中享受一补', { ...junior, getsBoardingSubsidy: '1' }, []],
  ])('%s', (_title, changed, expected) => {
    expect(check('R21', changed)).toEqual(expected)
  })

  it.each(['22', '23', '99'])('高中的入学方式 %s', (enrolMode) => {
    expect(check('R22', { ...senior, enrolMode })).toEqual([])
  })

  it('晚于今天的出生日期照样不行', () => {
    expect(check('R23', { birthDate: '2026-09-06' })).toEqual(['birthDate: register.bornInFuture'])
  })
})
