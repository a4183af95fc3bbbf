import { describe, expect, it } from 'vitest'
import type { Role } from '../access/roles.ts'
import type { CheckState } from '../duplicates/verdict.ts'
import type { IdentityClass } from '../identity/identity-type.ts'
import type { OrgLevel } from '../organization/org-path.ts'
import type { ChainNode } from './chain.ts'
import type {
  RefusalMeaning,
  ReviewCommand,
  ReviewPolicy,
  ReviewRefusal,
  ReviewState,
  ReviewStatus,
} from './machine.ts'
import { afterCheck, availableCommands, decide, REVIEW_COMMANDS, REVIEW_STATUSES } from './machine.ts'

const node = (act: ChainNode['act'], orgId: string, level: OrgLevel): ChainNode => ({
  act,
  orgId,
  orgPath: orgId,
  orgName: orgId,
  level,
})

/** The longest chain of registration: 学校 → 上报 → 区县 → 地市 → 省 (REG-028). */
const CHAIN = [
  node('review', 'school', 'school'),
  node('escalate', 'school', 'school'),
  node('review', 'county', 'county'),
  node('review', 'city', 'city'),
  node('review', 'province', 'province'),
]
const PASSED: CheckState = { duplicateStatus: 2, verificationStatus: 2 }
const POLICY: ReviewPolicy = { refusal: 'return', blockOnVerificationFailure: false }

const state = (more: Partial<ReviewState> = {}): ReviewState => ({
  status: 'open',
  chain: CHAIN,
  step: 0,
  round: 0,
  version: 3,
  applicantId: 'applicant',
  applicantOrgId: 'school',
  identityClass: 'resident',
  check: PASSED,
  ...more,
})

const actor = (orgId: string, roles: Role[], accountId = `${orgId}:${roles.join('+')}`) => ({ accountId, roles, orgId })
const ACTORS = {
  申请的学籍管理员: actor('school', ['schoolRegistrar'], 'applicant'),
  另一学籍管理员: actor('school', ['schoolRegistrar']),
  新生注册账号: actor('school', ['newcomerClerk']),
  主管领导: actor('school', ['schoolLeader']),
  申请人兼主管领导: actor('school', ['schoolRegistrar', 'schoolLeader'], 'applicant'),
  他人兼管理员与领导: actor('school', ['schoolRegistrar', 'schoolLeader'], 'both'),
  班主任: actor('school', ['homeroomTeacher']),
  学校系统管理员: actor('school', ['systemAdministrator']),
  无角色: actor('school', []),
  邻校学籍管理员: actor('other-school', ['schoolRegistrar']),
  邻校主管领导: actor('other-school', ['schoolLeader']),
  区县: actor('county', ['countyRegistrar']),
  区县系统管理员: actor('county', ['systemAdministrator']),
  邻区县: actor('other-county', ['countyRegistrar']),
  地市: actor('city', ['cityRegistrar']),
  邻市: actor('other-city', ['cityRegistrar']),
  省: actor('province', ['provinceRegistrar']),
  部: actor('ministry', ['ministryRegistrar']),
  错挂区县的省级角色: actor('county', ['provinceRegistrar']),
} as const
type ActorName = keyof typeof ACTORS
const ACTOR_NAMES = Object.keys(ACTORS) as ActorName[]

const REVIEW: readonly ReviewCommand[] = ['approve', 'refuse']
const BACK: readonly ReviewCommand[] = ['resubmit', 'remove']

/** Who may do what where: everything that is not written here must be refused. */
const ALLOWED: Readonly<Record<string, Partial<Record<ActorName, readonly ReviewCommand[]>>>> = {
  'open@0': { 主管领导: REVIEW, 他人兼管理员与领导: REVIEW },
  'open@1': {
    申请的学籍管理员: ['escalate'],
    另一学籍管理员: ['escalate'],
    申请人兼主管领导: ['escalate'],
    他人兼管理员与领导: ['escalate'],
  },
  'open@2': { 区县: REVIEW },
  'open@3': { 地市: REVIEW },
  'open@4': { 省: REVIEW },
  returned: {
    申请的学籍管理员: BACK,
    另一学籍管理员: BACK,
    新生注册账号: BACK,
    申请人兼主管领导: BACK,
    他人兼管理员与领导: BACK,
  },
  // REG-022: a duplicate is filed again, never taken back.
  ended: {
    申请的学籍管理员: ['resubmit'],
    另一学籍管理员: ['resubmit'],
    新生注册账号: ['resubmit'],
    申请人兼主管领导: ['resubmit'],
    他人兼管理员与领导: ['resubmit'],
  },
}
const allowedAt = (status: ReviewStatus, step: number, name: ActorName): readonly ReviewCommand[] =>
  ALLOWED[status === 'open' ? `open@${step}` : status]?.[name] ?? []

const PLACES = REVIEW_STATUSES.flatMap((status) => CHAIN.map((_, step) => ({ status, step })))

describe('状态 × 环节 × 人 × 命令', () => {
  it.each(PLACES)('$status 第 $step 步:只有表中所列可做,其余各有其理由', ({ status, step }) => {
    for (const name of ACTOR_NAMES)
      for (const command of REVIEW_COMMANDS) {
        const result = decide(state({ status, step }), command, ACTORS[name], POLICY, '材料不全')
        const expected = allowedAt(status, step, name).includes(command)
        if (result.ok !== expected) expect.fail(`${name} ${command}: ${JSON.stringify(result)}`)
        if (!result.ok)
          expect([name, command, result.refusal]).toEqual([name, command, reasonAt(status, step, name, command)])
      }
  })

  it.each(PLACES)('$status 第 $step 步:按钮与裁决一致,次序固定', ({ status, step }) => {
    for (const name of ACTOR_NAMES)
      expect([name, ...availableCommands(state({ status, step }), ACTORS[name], POLICY)]).toEqual([
        name,
        ...allowedAt(status, step, name),
      ])
  })

  it('环节已过末尾或链为空的在办单据没有可做之事', () => {
    for (const odd of [state({ chain: [] }), state({ step: CHAIN.length })])
      for (const name of ACTOR_NAMES) {
        expect(availableCommands(odd, ACTORS[name], POLICY)).toEqual([])
        expect(decide(odd, 'approve', ACTORS[name], POLICY)).toStrictEqual({
          ok: false,
          refusal: 'review.alreadyDecided',
        })
      }
  })
})

describe('通过之后', () => {
  it.each<[string, number, ReviewCommand, ActorName, ReviewStatus, number]>([
    ['REG-024 学校通过 → 待上报', 0, 'approve', '主管领导', 'open', 1],
    ['REG-027 上报 → 待主管审核', 1, 'escalate', '申请的学籍管理员', 'open', 2],
    ['REG-028 区县通过 → 待地市', 2, 'approve', '区县', 'open', 3],
    ['REG-028 地市通过 → 待省级', 3, 'approve', '地市', 'open', 4],
    ['F-005 无下一环节 → 生效', 4, 'approve', '省', 'effective', 4],
  ])('%s', (_title, step, command, name, status, nextStep) => {
    const got = decide(state({ step, round: 2 }), command, ACTORS[name], POLICY)
    expect(got).toStrictEqual({
      ok: true,
      value: { command, step, round: 2, node: CHAIN[step], next: { status, step: nextStep, round: 2 } },
    })
  })

  it('REG-028 一级即终审', () => {
    const chain = CHAIN.slice(0, 3)
    expect(decide(state({ chain, step: 2 }), 'approve', ACTORS.区县, POLICY)).toMatchObject({
      value: { next: { status: 'effective', step: 2 } },
    })
  })
})

describe('不通过的三种语义(flows §0.2)', () => {
  it.each<[string, RefusalMeaning, ReviewStatus, readonly ReviewCommand[]]>([
    ['A 退回学校学籍管理员,可改可删', 'return', 'returned', BACK],
    ['B 申请驳回,业务结束', 'reject', 'rejected', []],
    ['C 流程结束,可重新申请', 'refuse', 'refused', []],
  ])('%s', (_title, refusal, status, then) => {
    const policy = { refusal, blockOnVerificationFailure: false }
    for (const [step, name] of [
      [0, '主管领导'],
      [2, '区县'],
      [3, '地市'],
      [4, '省'],
    ] as const) {
      const got = decide(state({ step, round: 1 }), 'refuse', ACTORS[name], policy, '材料不全')
      // REG-029: from any level straight back, the place of refusal is kept.
      expect(got).toMatchObject({ ok: true, value: { command: 'refuse', step, next: { status, step, round: 1 } } })
    }
    expect(availableCommands(state({ status }), ACTORS.申请的学籍管理员, policy)).toEqual(then)
  })

  it.each(['', ' ', '\n\t\u3000'])('WF-009 不通过须有意见(%j 不算)', (opinion) => {
    for (const [step, name] of [
      [0, '主管领导'],
      [2, '区县'],
      [4, '省'],
    ] as const)
      expect(decide(state({ step }), 'refuse', ACTORS[name], POLICY, opinion)).toStrictEqual({
        ok: false,
        refusal: 'review.opinionRequired',
      })
    expect(decide(state(), 'refuse', ACTORS.主管领导, POLICY)).toMatchObject({ refusal: 'review.opinionRequired' })
  })

  it('WF-009 通过、上报、重提、删除可无意见;不是自己的环节先说环节', () => {
    expect(decide(state(), 'approve', ACTORS.主管领导, POLICY).ok).toBe(true)
    expect(decide(state({ step: 1 }), 'escalate', ACTORS.另一学籍管理员, POLICY, '').ok).toBe(true)
    expect(decide(state({ status: 'returned' }), 'resubmit', ACTORS.另一学籍管理员, POLICY).ok).toBe(true)
    expect(decide(state({ status: 'returned' }), 'remove', ACTORS.另一学籍管理员, POLICY).ok).toBe(true)
    expect(decide(state(), 'refuse', ACTORS.邻校主管领导, POLICY, '')).toMatchObject({ refusal: 'review.notYourStep' })
  })

  it.each([0, 2, 4])('REG-029 第 %i 步退回后:重提从学校审核重走并记一轮,删除则终了', (step) => {
    const returned = state({ status: 'returned', step, round: 4 })
    expect(decide(returned, 'resubmit', ACTORS.新生注册账号, POLICY)).toStrictEqual({
      ok: true,
      value: { command: 'resubmit', step, round: 4, node: CHAIN[step], next: { status: 'open', step: 0, round: 5 } },
    })
    expect(decide(returned, 'remove', ACTORS.申请的学籍管理员, POLICY)).toStrictEqual({
      ok: true,
      value: { command: 'remove', step, round: 4, node: CHAIN[step], next: { status: 'removed', step, round: 4 } },
    })
  })
})

describe('REG-022 查重不通过已结束,学校可修改后重新发起', () => {
  const ended = state({ status: 'ended', step: 0, round: 1 })
  it('重提记一轮,从学校审核重走;不能删除', () => {
    expect(decide(ended, 'resubmit', ACTORS.申请的学籍管理员, POLICY)).toMatchObject({
      ok: true,
      value: { next: { status: 'open', step: 0, round: 2 } },
    })
    expect(decide(ended, 'remove', ACTORS.申请的学籍管理员, POLICY)).toMatchObject({ refusal: 'review.notReturned' })
  })

  it('只有本校的学籍管理员与新生注册账号;驳回即结束的业务须重新申请(KEY-012)', () => {
    expect(decide(ended, 'resubmit', ACTORS.新生注册账号, POLICY).ok).toBe(true)
    expect(decide(ended, 'resubmit', ACTORS.主管领导, POLICY)).toMatchObject({ refusal: 'review.notYourStep' })
    for (const refusal of ['reject', 'refuse'] as const)
      expect(decide(ended, 'resubmit', ACTORS.申请的学籍管理员, { ...POLICY, refusal })).toMatchObject({
        refusal: 'review.notReturned',
      })
  })
})

describe('E2E-32、WF-008 申请人不得审核自己提交的', () => {
  it('即使持有主管领导角色;上报与重提不在此列', () => {
    for (const command of REVIEW)
      expect(decide(state(), command, ACTORS.申请人兼主管领导, POLICY, '意见')).toStrictEqual({
        ok: false,
        refusal: 'review.selfReview',
      })
    expect(decide(state(), 'approve', ACTORS.申请的学籍管理员, POLICY)).toMatchObject({ refusal: 'review.notYourStep' })
  })

  it('申请人后来调到教育局,也不得审核原来提交的', () => {
    const moved = actor('county', ['countyRegistrar'], 'applicant')
    expect(decide(state({ step: 2 }), 'approve', moved, POLICY)).toMatchObject({ refusal: 'review.selfReview' })
  })
})

describe('查重认证与审核(REG-021…023、KEY-012)', () => {
  const unanswered: CheckState = { duplicateStatus: 0, verificationStatus: 0 }
  const verifying: CheckState = { duplicateStatus: 2, verificationStatus: 1 }
  const duplicate: CheckState = { duplicateStatus: 3, verificationStatus: 0 }
  const unverified: CheckState = { duplicateStatus: 2, verificationStatus: 3, verificationFault: 'notFound' }
  const clear: CheckState = { duplicateStatus: 2, verificationStatus: 0 }

  it.each<[string, IdentityClass, CheckState, boolean, ReviewRefusal | undefined]>([
    ['REG-021 居民身份证未查重', 'resident', unanswered, false, 'review.checkPending'],
    ['REG-021 居民身份证认证中', 'resident', verifying, false, 'review.checkPending'],
    ['居民身份证通过', 'resident', PASSED, true, undefined],
    ['REG-022 居民身份证查重不通过', 'resident', duplicate, false, 'review.duplicate'],
    ['REG-023 认证不通过可审核通过', 'resident', unverified, false, undefined],
    ['KEY-012 认证不通过被阻断', 'resident', unverified, true, 'review.unverified'],
    ['REG-021 港澳台未查重', 'overseas', unanswered, false, 'review.checkPending'],
    ['港澳台查重通过', 'overseas', clear, true, undefined],
    ['REG-022 港澳台查重不通过', 'overseas', duplicate, true, 'review.duplicate'],
    ['REG-021 无身份证件直接可审', 'undocumented', unanswered, true, undefined],
  ])('%s', (_title, identityClass, check, block, refusal) => {
    const policy = { refusal: 'return' as const, blockOnVerificationFailure: block }
    const got = decide(state({ identityClass, check }), 'approve', ACTORS.主管领导, policy)
    expect(got.ok ? undefined : got.refusal).toBe(refusal)
    expect(decide(state({ identityClass, check }), 'refuse', ACTORS.主管领导, policy, '意见').ok).toBe(true)
    expect(availableCommands(state({ identityClass, check }), ACTORS.主管领导, policy)).toEqual(
      refusal ? ['refuse'] : ['approve', 'refuse'],
    )
  })

  it.each<[IdentityClass, CheckState, string]>([
    ['resident', unanswered, 'checking'],
    ['resident', verifying, 'checking'],
    ['resident', PASSED, 'open'],
    ['resident', unverified, 'open'],
    ['resident', duplicate, 'duplicate'],
    ['overseas', unanswered, 'checking'],
    ['overseas', clear, 'open'],
    ['overseas', duplicate, 'duplicate'],
    ['undocumented', unanswered, 'open'],
  ])('DUP-004 %s 查重答复 %j → %s', (identityClass, check, expected) => {
    expect(afterCheck({ identityClass }, check)).toBe(expected)
  })
})

/** Why a command that is not in the table is refused. */
function reasonAt(status: ReviewStatus, step: number, name: ActorName, command: ReviewCommand): ReviewRefusal {
  const again = status === 'returned' || (status === 'ended' && command === 'resubmit')
  if (BACK.includes(command)) return again ? 'review.notYourStep' : 'review.notReturned'
  if (status === 'checking') return 'review.checkPending'
  if (status === 'duplicate') return 'review.duplicate'
  if (status !== 'open') return 'review.alreadyDecided'
  const own = step === 0 && name === '申请人兼主管领导' && command !== 'escalate'
  return own ? 'review.selfReview' : 'review.notYourStep'
}
