import { describe, expect, it } from 'vitest'
import { personKey } from '../../duplicates/same-person.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { isStudentNumber, temporaryNumber } from '../../student/student-number.ts'
import { identityNumberOf } from '../../testing/valid-child.ts'
import type { ApprovedRegistration, RegistrationPlan } from './approved-registration.ts'
import type { RegistrationEffectFacts } from './registration.effects.ts'
import { planRegistrations } from './registration.effects.ts'

const TODAY = '2026-09-05' as PlainDate
const PREFIX = 'L44020220150315'
const NUMBER = '110101201503150018'

const facts = (more: Partial<RegistrationEffectFacts> = {}): RegistrationEffectFacts => ({
  today: TODAY,
  usedSequences: new Map(),
  takenNumbers: new Set(),
  issueJ: false,
  samePersons: new Map(),
  ...more,
})
const verified = (itemId: string, more: Partial<ApprovedRegistration> = {}): ApprovedRegistration => ({
  itemId,
  orgPath: '440202:2144000001',
  schoolName: '测试小学',
  regionCode: '440202',
  identityClass: 'resident',
  identityNumber: NUMBER,
  studentName: '测试甲',
  gender: '1',
  birthDate: '2015-03-15' as PlainDate,
  check: { duplicateStatus: 2, verificationStatus: 2 },
  ...more,
})
const unverified = (itemId: string, more: Partial<ApprovedRegistration> = {}) =>
  verified(itemId, {
    check: { duplicateStatus: 2, verificationStatus: 3, verificationFault: 'nameMismatch' },
    ...more,
  })
const numbers = (plans: readonly RegistrationPlan[]) =>
  plans.map((plan) => {
    if ('refusal' in plan) return plan.refusal
    const enrol = plan.changes[0]!
    return enrol.kind === 'enrol' ? enrol.studentNumber : enrol.kind
  })
const kinds = (plan: RegistrationPlan) => ('refusal' in plan ? [] : plan.changes.map((change) => change.kind))

describe('REG-031 终审通过的效果', () => {
  it('E2E-01、NUM-003、NUM-006 认证通过:G 号、在校、变动记录一条', () => {
    expect(planRegistrations([verified('i1')], facts())).toStrictEqual([
      {
        itemId: 'i1',
        changes: [
          {
            kind: 'enrol',
            itemId: 'i1',
            orgPath: '440202:2144000001',
            studentNumber: 'G110101201503150018',
            studyStatus: 'ZX',
            occurredOn: TODAY,
            summary: '在测试小学完成学籍注册',
          },
        ],
      },
    ])
  })

  it('E2E-02、NUM-006 认证不通过:L 号并生成“身份证件号错误”问题学籍', () => {
    const [plan] = planRegistrations([unverified('i1')], facts())
    expect(plan).toMatchObject({
      itemId: 'i1',
      changes: [
        { kind: 'enrol', studentNumber: 'L440202201503150016', studyStatus: 'ZX' },
        {
          kind: 'openProblem',
          itemId: 'i1',
          orgPath: '440202:2144000001',
          problemType: 1,
          fault: 'nameMismatch',
          occurredOn: TODAY,
        },
      ],
    })
  })

  it.each(['notFound', 'nameMismatch'] as const)('DUP-006 问题学籍记下原因 %s', (fault) => {
    const check = { duplicateStatus: 2, verificationStatus: 3, verificationFault: fault } as const
    expect(planRegistrations([verified('i1', { check })], facts())[0]).toMatchObject({ changes: [{}, { fault }] })
  })

  it('原因缺失时按“身份证号不存在”', () => {
    const check = { duplicateStatus: 2, verificationStatus: 3, verificationFault: null } as const
    expect(planRegistrations([verified('i1', { check })], facts())[0]).toMatchObject({
      changes: [{}, { fault: 'notFound' }],
    })
  })

  it.each<[string, Partial<ApprovedRegistration>]>([
    ['NUM-010 港澳台和外籍', { identityClass: 'overseas', identityNumber: 'E12345678' }],
    ['NUM-011 无身份证件', { identityClass: 'undocumented', identityNumber: null }],
  ])('%s:L 号,不生成问题学籍,即使认证状态有值', (_title, more) => {
    for (const verificationStatus of [0, 2, 3] as const) {
      const [plan] = planRegistrations(
        [verified('i1', { ...more, check: { duplicateStatus: 2, verificationStatus } })],
        facts(),
      )
      expect(numbers([plan!])).toEqual(['L440202201503150016'])
      expect(kinds(plan!)).toEqual(['enrol'])
    }
  })

  it('空集没有效果', () => {
    expect(planRegistrations([], facts())).toEqual([])
  })
})

describe('NUM-005 一批之中依次取号', () => {
  it('同区划同生日的两个男生取 001、003,女生取 002,次序如所给', () => {
    const plans = planRegistrations(
      [unverified('a'), unverified('b'), unverified('c', { gender: '2' }), unverified('d', { gender: '2' })],
      facts(),
    )
    expect(plans.map((plan) => plan.itemId)).toEqual(['a', 'b', 'c', 'd'])
    expect(numbers(plans)).toEqual([1, 3, 2, 4].map((sequence) => temporaryNumber(PREFIX, sequence)))
  })

  it('生日或区划不同各自从头取;认证通过的不占顺序码', () => {
    const plans = planRegistrations(
      [
        unverified('a'),
        verified('b'),
        unverified('c', { birthDate: '2015-03-16' as PlainDate }),
        unverified('d', { regionCode: '440203' }),
        unverified('e'),
      ],
      facts(),
    )
    expect(numbers(plans).map((number) => [number[0], number.slice(1, 7), number.slice(15, 18)])).toEqual([
      ['L', '440202', '001'],
      ['G', '110101', '001'],
      ['L', '440202', '001'],
      ['L', '440203', '001'],
      ['L', '440202', '003'],
    ])
  })

  it('已有的顺序码跳过,且不改动所给的事实', () => {
    const used = new Set([1, 5])
    const plans = planRegistrations(
      [unverified('a'), unverified('b')],
      facts({ usedSequences: new Map([[PREFIX, used]]) }),
    )
    expect(numbers(plans)).toEqual([temporaryNumber(PREFIX, 3), temporaryNumber(PREFIX, 7)])
    expect([...used]).toEqual([1, 5])
  })

  it('用尽:男生拒绝,同批女生与他日生者照常', () => {
    const odd = new Set(Array.from({ length: 23_328 }, (_, index) => index * 2 + 1))
    const plans = planRegistrations(
      [unverified('a'), unverified('b', { gender: '2' }), unverified('c', { birthDate: '2015-03-16' as PlainDate })],
      facts({ usedSequences: new Map([[PREFIX, odd]]) }),
    )
    expect(plans[0]).toStrictEqual({ itemId: 'a', refusal: 'register.numbersExhausted' })
    expect(numbers(plans).slice(1)).toEqual([temporaryNumber(PREFIX, 2), temporaryNumber('L44020220150316', 1)])
  })

  it('同一生日的一千名学生:号码各不相同、形态合法', () => {
    const items = Array.from({ length: 1_000 }, (_, index) =>
      unverified(`i${index}`, { gender: index % 3 === 0 ? '2' : '1' }),
    )
    const got = numbers(planRegistrations(items, facts()))
    expect(new Set(got).size).toBe(1_000)
    expect(got.filter((number) => !isStudentNumber(number))).toEqual([])
  })
})

describe('NUM-012 G 号不得再发给另一学生', () => {
  it('已被占用:只拒绝这一名,其余照常', () => {
    const other = identityNumberOf('440202', '20150315', '003')
    const plans = planRegistrations(
      [verified('a'), verified('b', { identityNumber: other }), unverified('c')],
      facts({ takenNumbers: new Set([`G${NUMBER}`]) }),
    )
    expect(plans[0]).toStrictEqual({ itemId: 'a', refusal: 'register.numberTaken' })
    expect(numbers(plans).slice(1)).toEqual([`G${other}`, temporaryNumber(PREFIX, 1)])
  })

  it('一批之中两单同号:前者得号,后者拒绝', () => {
    const plans = planRegistrations([verified('a'), verified('b')], facts())
    expect(numbers(plans)).toEqual([`G${NUMBER}`, 'register.numberTaken'])
  })
})

describe('NUM-011 cfg.studentNo.issueJ:无身份证件发 J 号', () => {
  const undocumented = (itemId: string) =>
    verified(itemId, { identityClass: 'undocumented', identityNumber: null, studentName: `测试${itemId}` })

  it('J 号与 L 号各有自己的顺序码;别的证件仍是 L 号', () => {
    const plans = planRegistrations(
      [undocumented('a'), unverified('b'), undocumented('c')],
      facts({ issueJ: true, usedSequences: new Map([[PREFIX, new Set([1])]]) }),
    )
    expect(numbers(plans)).toEqual([
      'J440202201503150016',
      temporaryNumber(PREFIX, 3),
      temporaryNumber(`J${PREFIX.slice(1)}`, 3),
    ])
    expect(numbers(plans).every((number) => isStudentNumber(number))).toBe(true)
  })

  it('缺省发 L 号', () => {
    expect(numbers(planRegistrations([undocumented('a')], facts()))).toEqual(['L440202201503150016'])
  })
})

describe('REG-032、PROB-001 无身份证件学生姓名、性别、出生日期相同', () => {
  const undocumented = (itemId: string, more: Partial<ApprovedRegistration> = {}) =>
    verified(itemId, { identityClass: 'undocumented', identityNumber: null, ...more })
  const key = personKey('测试甲', '1', '2015-03-15')
  const enrolled = [{ studentId: 's1', orgPath: '370102:2137000001', groupId: null }]
  const groupsOf = (plans: readonly RegistrationPlan[]) =>
    plans.map((plan) =>
      'changes' in plan ? plan.changes.filter((change) => change.kind === 'groupSamePersons') : undefined,
    )

  it('与在籍学生相同:照常得号,另成一组', () => {
    const plans = planRegistrations([undocumented('i1')], facts({ samePersons: new Map([[key, enrolled]]) }))
    expect(kinds(plans[0]!)).toEqual(['enrol', 'groupSamePersons'])
    expect(groupsOf(plans)[0]).toEqual([
      {
        kind: 'groupSamePersons',
        entering: [{ itemId: 'i1', orgPath: '440202:2144000001' }],
        enrolled,
        occurredOn: TODAY,
      },
    ])
  })

  it('同批两名相同:一组,先后分明', () => {
    const plans = planRegistrations([undocumented('i1'), undocumented('i2')], facts())
    expect(groupsOf(plans).map((groups) => groups?.length)).toEqual([0, 1])
    expect(groupsOf(plans)[1]).toMatchObject([{ entering: [{ itemId: 'i1' }, { itemId: 'i2' }], enrolled: [] }])
  })

  it.each<[string, Partial<ApprovedRegistration>]>([
    ['姓名不同', { studentName: '测试乙' }],
    ['性别不同', { gender: '2' }],
    ['出生日期不同', { birthDate: '2015-03-16' as PlainDate }],
    ['有证件的学生不比', { identityClass: 'overseas', identityNumber: 'E12345678' }],
  ])('%s:不成组', (_title, more) => {
    const plans = planRegistrations([undocumented('i1'), undocumented('i2', more)], facts())
    expect(groupsOf(plans)).toEqual([[], []])
  })

  it('没有得号的不入组', () => {
    const odd = new Set(Array.from({ length: 23_328 }, (_, index) => index * 2 + 1))
    const plans = planRegistrations(
      [undocumented('i1')],
      facts({ samePersons: new Map([[key, enrolled]]), usedSequences: new Map([[PREFIX, odd]]) }),
    )
    expect(plans).toEqual([{ itemId: 'i1', refusal: 'register.numbersExhausted' }])
  })
})
