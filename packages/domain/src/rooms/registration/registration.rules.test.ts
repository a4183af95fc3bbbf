import { describe, expect, it } from 'vitest'
import type { Issue } from '../../kernel/issue.ts'
import { passes } from '../../kernel/issue.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { StudentValues } from '../../student/field-catalogue.ts'
import { buildGuardian, buildRegistrationFacts, buildValidChild, identityNumberOf } from '../../testing/valid-child.ts'
import type { RegistrationFacts } from './registration.facts.ts'
import { checkRegistration } from './registration.rules.ts'

const day = (text: string) => text as PlainDate
const told = (issues: readonly Issue[]) =>
  issues.map(({ severity, field, code }) => `${severity === 'warning' ? '?' : ''}${field}: ${code}`)
const check = (changed: Partial<StudentValues>, facts: Partial<RegistrationFacts> = {}) =>
  checkRegistration(buildValidChild(changed), buildRegistrationFacts(facts))

/** The same child born on another day: number and birth date agree. */
const bornOn = (birth: string, sequence = '001'): Partial<StudentValues> => ({
  birthDate: birth,
  identityNumber: identityNumberOf('440202', birth.replaceAll('-', ''), sequence),
})

describe('居民身份证小学新生注册(R11)', () => {
  it('没有毛病的学生没有问题;一个字段都没有也没有问题(缺值归格式检查)', () => {
    expect(check({})).toEqual([])
    expect(checkRegistration({}, buildRegistrationFacts())).toEqual([])
  })

  it.each<[string, Partial<StudentValues>, string[]]>([
    [
      'REG-005 证件类型与入口不符',
      { identityType: 'A', identityNumber: 'E12345678' },
      ['identityType: register.wrongIdentityType'],
    ],
    [
      'REG-005 无身份证件走错入口',
      { identityType: 'Z', identityNumber: undefined },
      ['identityType: register.wrongIdentityType'],
    ],
    [
      'REG-005 其他类型的号码不按居民身份证检查',
      { identityType: '6', identityNumber: '110101201503150019' },
      ['identityType: register.wrongIdentityType'],
    ],
    ['fields 1.1 国籍不是中国', { nationality: 'USA' }, ['nationality: register.nationalityNotChina']],
    ['fields 1.1 国籍填中国香港', { nationality: 'HKG' }, ['nationality: register.nationalityNotChina']],
    ['IDN-002、IDN-007 校验位错', { identityNumber: wrongCheck() }, ['identityNumber: identity.checkCharacter']],
    ['IDN-001 15 位旧号', { identityNumber: '440202200315001' }, ['identityNumber: identity.oldFormat']],
    ['IDN-001 17 位', { identityNumber: '44020220200315001' }, ['identityNumber: identity.length']],
    ['IDN-001 有字母', { identityNumber: '4402022020031500AX' }, ['identityNumber: identity.characters']],
    [
      'IDN-004 省码无效',
      { identityNumber: identityNumberOf('990202', '20200315', '001') },
      ['identityNumber: identity.province'],
    ],
    [
      'IDN-003 号码中日期无效',
      { identityNumber: identityNumberOf('440202', '20200230', '001') },
      ['identityNumber: identity.birthDate'],
    ],
    [
      '号码有错时不再比对性别与出生日期',
      { identityNumber: wrongCheck(), gender: '2' },
      ['identityNumber: identity.checkCharacter'],
    ],
    ['IDN-005 性别与号码不一致', { gender: '2' }, ['gender: identity.genderMismatch']],
    [
      'IDN-005 女生号填男',
      { identityNumber: identityNumberOf('440202', '20200315', '002') },
      ['gender: identity.genderMismatch'],
    ],
    ['IDN-005 出生日期与号码不一致', { birthDate: '2020-03-16' }, ['birthDate: identity.birthDateMismatch']],
    [
      'IDN-004 前 6 位不在区划表只告警',
      { identityNumber: identityNumberOf('440299', '20200315', '001') },
      ['?identityNumber: identity.regionUnknown'],
    ],
    ['REG-011 学校标识码不是本校', { schoolCode: '2144000002' }, ['schoolCode: register.otherSchool']],
    ['REG-014 入学年月不是当前学年', { enrolledMonth: '202509' }, ['enrolledMonth: register.notThisYear']],
    ['REG-014 入学年月是下一学年', { enrolledMonth: '202709' }, ['enrolledMonth: register.notThisYear']],
    ['fields 1.3 入学方式:高中的方式', { enrolMode: '21' }, ['enrolMode: register.enrolModeNotCompulsory']],
    ['fields 1.3 入学方式:义务教育阶段其他', { enrolMode: '12' }, []],
    ['REG-013 班号不存在', { classNumber: '2026103' }, ['classNumber: register.noSuchClass']],
    ['REG-013 班号为空是未分班', { classNumber: undefined }, []],
    ['fields 1.3 校区号不存在', { campusNumber: '02' }, ['campusNumber: register.noSuchCampus']],
    ['fields 1.3 没有校区留空', { campusNumber: undefined }, []],
    ['REG-012 出生地不是有效区划', { birthPlaceCode: '440299000000' }, ['birthPlaceCode: region.unknown']],
    ['REG-012 户口所在地不是有效区划', { householdPlaceCode: '999999000000' }, ['householdPlaceCode: region.unknown']],
    ['REG-012 后 6 位不必为 0', { birthPlaceCode: '440203001002' }, []],
    [
      'REG-012 成员 2 户口所在地',
      { guardians: [buildGuardian(), buildGuardian({ householdPlaceCode: '440200000000' })] },
      ['guardians.1.householdPlaceCode: region.unknown'],
    ],
    ['DAY-022 农村留守而不留守', { isRuralLeftBehind: '1' }, ['isLeftBehind: category.ruralImpliesLeftBehind']],
    ['DAY-022 两项都是', { isRuralLeftBehind: '1', isLeftBehind: '1' }, []],
    ['DAY-022 留守一项没有读出来', { isRuralLeftBehind: '1', isLeftBehind: undefined }, []],
    ['DAY-010 进城务工随迁而不随迁', { isMigrantWorkerChild: '1' }, ['isMigrant: category.workerImpliesMigrant']],
    ['DAY-010 两项都是', { isMigrantWorkerChild: '1', isMigrant: '1' }, []],
    ['DAY-010 只随迁', { isMigrant: '1' }, []],
    [
      'DAY-023 随迁且农村留守只告警',
      { isMigrant: '1', isRuralLeftBehind: '1', isLeftBehind: '1' },
      ['?isRuralLeftBehind: category.migrantAndRuralLeftBehind'],
    ],
    ['DAY-023 随迁且留守(非农村)不告警', { isMigrant: '1', isLeftBehind: '1' }, []],
    [
      'fields 1.5 公办学校购买学位',
      { hasPurchasedPlace: '1' },
      ['hasPurchasedPlace: category.purchasedPlaceInPublicSchool'],
    ],
    [
      'fields 1.1 不满 14 周岁的共青团员只告警',
      { politicalStatus: '03' },
      ['?politicalStatus: category.leagueMemberTooYoung'],
    ],
    [
      'REG-016 没有监护人',
      { guardians: [buildGuardian({ isGuardian: '0' })] },
      ['guardians.0.isGuardian: guardian.noneIsGuardian'],
    ],
  ])('%s', (_title, changed, expected) => {
    const issues = check(changed)
    expect(told(issues)).toEqual(expected)
    expect(passes(issues)).toBe(expected.every((line) => line.startsWith('?')))
    // Each issue carries the value the registrar wrote.
    const flat = flatten(buildValidChild(changed))
    for (const issue of issues) expect([issue.field, issue.value]).toEqual([issue.field, flat.get(issue.field!)])
  })

  it('一行的全部问题一次说完', () => {
    const issues = check({
      schoolCode: '1',
      gender: '2',
      birthDate: '2020-03-16',
      enrolledMonth: '202409',
      isMigrantWorkerChild: '1',
    })
    expect(told(issues)).toEqual([
      'gender: identity.genderMismatch',
      'birthDate: identity.birthDateMismatch',
      'schoolCode: register.otherSchool',
      'enrolledMonth: register.notThisYear',
      'isMigrant: category.workerImpliesMigrant',
    ])
  })

  it('说明里有所需的值', () => {
    expect(check({ birthDate: '2020-03-16' })[0]).toMatchObject({
      value: '2020-03-16',
      params: { expected: '2020-03-15' },
    })
    expect(check({ schoolCode: '1' })[0]).toMatchObject({ value: '1', params: { expected: '2144000001' } })
    expect(check({ enrolledMonth: '202509' })[0]).toMatchObject({ params: { year: 2026 } })
    expect(check({ classNumber: '2026103' })[0]).toMatchObject({ value: '2026103', params: { year: 2026 } })
    expect(check({ identityNumber: identityNumberOf('440299', '20200315', '001') })[0]).toMatchObject({
      params: { region: '440299' },
    })
  })

  it('民办学校可以有政府购买学位', () => {
    expect(check({ hasPurchasedPlace: '1' }, { isPrivateSchool: true })).toEqual([])
  })
})

describe('REG-010、DUP-003、DUP-007 证件号已被占用', () => {
  const number = buildValidChild().identityNumber!
  it.each([
    [true, '本校', 'duplicate.sameSchool'],
    [false, '山东省', 'duplicate.elsewhere'],
  ])('同校 %s(%s)→ %s', (sameSchool, where, code) => {
    expect(check({}, { holders: new Map([[`1:${number}`, { where, sameSchool }]]) })).toStrictEqual([
      { code, severity: 'error', field: 'identityNumber', value: number, params: { where } },
    ])
  })

  it('别人的号码、有错的号码都不提占用', () => {
    const holders = new Map([[`1:${wrongCheck()}`, { where: '某校', sameSchool: false }]])
    expect(check({}, { holders })).toEqual([])
    expect(told(check({ identityNumber: wrongCheck() }, { holders }))).toEqual([
      'identityNumber: identity.checkCharacter',
    ])
  })
})

describe('REG-018 入学年龄:2026 年 8 月 31 日满 6 至 10 周岁', () => {
  it.each<[string, number | undefined, string]>([
    ['2020-08-31', undefined, '当天满 6 岁'],
    ['2020-09-01', 5, '差一天'],
    ['2020-08-30', undefined, '多一天'],
    ['2015-09-01', undefined, '10 岁的最后一天'],
    ['2015-08-31', 11, '当天满 11 岁'],
    ['2026-01-01', 0, '今年出生'],
  ])('生于 %s → %s 周岁(%s)', (birth, age) => {
    const issues = check(bornOn(birth))
    expect(told(issues)).toEqual(age === undefined ? [] : ['birthDate: register.entryAge'])
    if (age !== undefined)
      expect(issues[0]).toMatchObject({ value: birth, params: { age, from: 6, to: 10, year: 2026 } })
  })

  it('入学年龄由学校设定', () => {
    expect(told(check(bornOn('2020-08-31'), { entryAge: 7 }))).toEqual(['birthDate: register.entryAge'])
    expect(check(bornOn('2019-08-31'), { entryAge: 7 })).toEqual([])
    expect(check(bornOn('2014-09-01'), { entryAge: 7 })).toEqual([])
    expect(check(bornOn('2014-09-01'), { entryAge: 7 })).toEqual([])
    expect(told(check(bornOn('2014-08-31'), { entryAge: 7 }))).toEqual(['birthDate: register.entryAge'])
  })

  it('晚于今天的出生日期只说晚于今天', () => {
    expect(told(check({ birthDate: '2026-09-06', identityNumber: undefined }))).toEqual([
      'birthDate: register.bornInFuture',
    ])
    expect(told(check({ birthDate: '2026-09-05', identityNumber: undefined }))).toEqual([
      'birthDate: register.entryAge',
    ])
    expect(told(check(bornOn('2026-09-06')))).toEqual([
      'identityNumber: identity.birthDate',
      'birthDate: register.bornInFuture',
    ])
  })
})

describe('与年龄有关的两项', () => {
  it.each<[string, string, string[]]>([
    ['2010-09-06', '差一天满 16', []],
    ['2010-09-05', '当天满 16', ['isLeftBehind: category.leftBehindTooOld']],
  ])('DAY-020 留守儿童生于 %s(%s)', (birth, _title, expected) => {
    const issues = check({ ...bornOn(birth), isLeftBehind: '1' }).filter((issue) => issue.code.startsWith('category.'))
    expect(told(issues)).toEqual(expected)
    for (const issue of issues) expect(issue.value).toBe('1')
  })

  it.each<[string, string, string[]]>([
    ['2012-09-06', '差一天满 14', ['?politicalStatus: category.leagueMemberTooYoung']],
    ['2012-09-05', '当天满 14', []],
  ])('fields 1.1 共青团员生于 %s(%s)', (birth, _title, expected) => {
    const issues = check({ ...bornOn(birth), politicalStatus: '03' }).filter((issue) =>
      issue.code.startsWith('category.'),
    )
    expect(told(issues)).toEqual(expected)
  })

  it('没有出生日期时不作判断', () => {
    expect(check({ birthDate: undefined, isLeftBehind: '1', politicalStatus: '03' })).toEqual([])
  })

  it('已满 16 但不留守,不提', () => {
    const issues = check(bornOn('2008-01-01'))
    expect(told(issues)).toEqual(['birthDate: register.entryAge'])
  })
})

it('今天的日期只从事实来:同一学生换一天结论不同', () => {
  const child = buildValidChild({ ...bornOn('2012-09-06'), politicalStatus: '03' })
  const codesOn = (today: string) =>
    checkRegistration(child, buildRegistrationFacts({ today: day(today) })).map((issue) => issue.code)
  expect(codesOn('2026-09-05')).toContain('category.leagueMemberTooYoung')
  expect(codesOn('2026-09-06')).not.toContain('category.leagueMemberTooYoung')
})

function wrongCheck(): string {
  const right = buildValidChild().identityNumber!
  return right.slice(0, 17) + (right[17] === '0' ? '1' : '0')
}

/** Values by the paths issues use. */
function flatten(child: StudentValues): Map<string, string | undefined> {
  const { guardians = [], ...own } = child
  const members = guardians.flatMap((guardian, index) =>
    Object.entries(guardian).map(([key, value]) => [`guardians.${index}.${key}`, value] as const),
  )
  return new Map([...Object.entries(own), ...members])
}
