import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { identityNumberOf } from '../../testing/valid-child.ts'
import { type ApprovedHandling, type HandlingFacts, planHandlings } from './problem.effects.ts'
import { problemBusiness } from './problem.review.ts'
import type { IdentityValues } from './problem.rules.ts'
import { openGroup } from './problem-group.ts'
import { numberNeedOf } from './problem-number.ts'

const number = identityNumberOf('440202', '20200315', '001')
const identity: IdentityValues = {
  name: '测试甲',
  identityType: '1',
  identityNumber: identityNumberOf('440202', '20200316', '001'),
  gender: '1',
  birthDate: '2020-03-15' as PlainDate,
}
const item: ApprovedHandling = {
  itemId: 'i',
  groupId: 'g',
  studentId: 'C',
  orgPath: '440202:1',
  regionCode: '440202',
  studentNumber: 'L440202202003150011',
  handling: 'amend',
  before: identity,
  after: { ...identity, identityNumber: number },
}
const facts: HandlingFacts = {
  today: '2026-11-22' as PlainDate,
  groups: new Map([['g', openGroup(2, ['C', 'A'])]]),
  rivals: new Map(),
  usedSequences: new Map([['L44020220200315', new Set([1])]]),
  takenNumbers: new Set(),
}
const kinds = (plan: ReturnType<typeof planHandlings>[number] | undefined): string =>
  !plan
    ? ''
    : 'changes' in plan
      ? plan.changes.map((change) => change.kind).join()
      : 'refusal' in plan
        ? plan.refusal
        : plan.returned
const plan = (changed: Partial<ApprovedHandling>, more: Partial<HandlingFacts> = {}) =>
  planHandlings([{ ...item, ...changed }], { ...facts, ...more })[0]
const numberOf = (one: ReturnType<typeof plan>): string | undefined => {
  if (!one || !('changes' in one)) return one && 'refusal' in one ? one.refusal : undefined
  return one.changes.flatMap((change) => (change.kind === 'amendIdentity' ? [change.newNumber ?? '不变'] : []))[0]
}

describe('终审效果', () => {
  it.each<[string, Partial<ApprovedHandling>, string]>([
    ['变更', {}, 'amendIdentity,settleProblem'],
    ['佐证', { handling: 'attest' }, 'settleProblem'],
    ['删除', { handling: 'remove' }, 'strikeOff,settleProblem'],
    ['锁定的一方', { studentId: 'A' }, 'problem.overtaken'],
    ['别组', { groupId: 'x' }, 'problem.overtaken'],
  ])('%s', (_title, changed, expected) => {
    expect(kinds(plan(changed))).toBe(expected)
  })

  it('PROB-021 与本组他方仍重复：退回；与在他组者重复：退回；与第三人重复：另建新组，变更方先处理', () => {
    const rival = (studentId: string, groupId: string | null) =>
      new Map([['i', [{ studentId, orgPath: '370102:9', groupId }]]])
    expect(plan({}, { rivals: rival('A', 'g') })).toEqual({ itemId: 'i', returned: 'problem.stillConflicts' })
    expect(plan({}, { rivals: rival('X', 'h') })).toEqual({ itemId: 'i', returned: 'problem.stillConflicts' })
    const third = plan({}, { rivals: rival('X', null) })
    expect(kinds(third)).toBe('amendIdentity,settleProblem,regroup')
    expect(third && 'changes' in third && third.changes[2]).toMatchObject({
      problemType: 2,
      parties: [{ studentId: 'C' }, { studentId: 'X' }],
    })
  })

  it('一批之内依次生效：先终审者使他方自动佐证，后者不再生效', () => {
    const old = new Map([['g', openGroup(2, ['C', 'A'], { isOrdered: false })]])
    const plans = planHandlings(
      [
        { ...item, handling: 'remove' },
        { ...item, itemId: 'j', studentId: 'A', handling: 'remove' },
      ],
      { ...facts, groups: old },
    )
    expect(plans.map(kinds)).toEqual(['strikeOff,settleProblem', 'problem.overtaken'])
  })
})

describe('学籍号', () => {
  const passport = { ...identity, identityType: 'A' as const, identityNumber: 'E12345678' }
  const none = { ...identity, identityType: 'Z' as const, identityNumber: null }
  const formal = 'G440202202003150019'
  it.each<[string, Partial<ApprovedHandling>, string]>([
    ['NUM-007 L 号认证通过换 G', {}, `G${number}`],
    ['NUM-009 G 号变更证件号不换', { studentNumber: formal }, '不变'],
    [
      'NUM-008、PROB-011 G 号变护照，重发 L，取最小未用',
      { studentNumber: formal, after: passport },
      'L44020220200315003',
    ],
    ['L 号变护照不换', { after: passport }, '不变'],
    ['PROB-010 L 号变无证件不换', { after: none }, '不变'],
  ])('%s', (_title, changed, expected) => {
    expect(numberOf(plan(changed))).toMatch(new RegExp(`^${expected}`))
  })

  it('NUM-012 G 号已被他人占用，包括同一批之内', () => {
    expect(numberOf(plan({}, { takenNumbers: new Set([`G${number}`]) }))).toBe('register.numberTaken')
    const groups = new Map([
      ['g', openGroup(2, ['C', 'A'])],
      ['h', openGroup(2, ['D', 'B'])],
    ])
    const both = planHandlings([item, { ...item, itemId: 'j', groupId: 'h', studentId: 'D' }], { ...facts, groups })
    expect(both.map(numberOf)).toEqual([`G${number}`, 'register.numberTaken'])
  })

  it('所需号码与所发号码一致', () => {
    expect(numberNeedOf(item)).toBe('formal')
    expect(numberNeedOf({ ...item, studentNumber: formal })).toBeUndefined()
    expect(numberNeedOf({ ...item, studentNumber: formal, after: passport })).toBe('temporary')
    expect(numberNeedOf({ ...item, handling: 'attest' })).toBeUndefined()
  })
})

describe('业务类别 (codes 2.23)', () => {
  it.each([
    ['变更', problemBusiness('amend', false, 'resident'), 34],
    ['变更为港澳台外籍', problemBusiness('amend', false, 'overseas'), 34],
    ['变更为无证件', problemBusiness('amend', false, 'undocumented'), 37],
    ['佐证', problemBusiness('attest', false), 35],
    ['删除', problemBusiness('remove', false), 36],
    ['跨省变更', problemBusiness('amend', true, 'resident'), 38],
    ['跨省变更为无证件', problemBusiness('amend', true, 'undocumented'), 42],
    ['跨省佐证', problemBusiness('attest', true), 40],
    ['跨省删除', problemBusiness('remove', true), 41],
  ])('%s', (_title, business, expected) => {
    expect(business).toBe(expected)
  })
})
