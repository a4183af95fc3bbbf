import { describe, expect, it } from 'vitest'
import type { Role } from '../../access/roles.ts'
import type { CheckState } from '../../duplicates/verdict.ts'
import type { OrgLevel } from '../../organization/org-path.ts'
import { type ChainOrg, resolveChain, type SchoolPosition } from '../../review/chain.ts'
import { defaultWorkflow } from '../../review/default-workflow.ts'
import { decide, REVIEW_COMMANDS, type ReviewCommand, type ReviewState } from '../../review/machine.ts'
import { findWorkflowRule } from '../../review/workflow-rule.ts'
import { REGISTRATION_ENTRIES, type RegistrationCategory, registrationPolicy } from './registration.review.ts'

const org = (path: string, level: OrgLevel): ChainOrg => ({ id: path, path, name: path, level })
const [PROVINCE, CITY, COUNTY] = [org('44', 'province'), org('4402', 'city'), org('440203', 'county')]
const schoolUnder = (authority: ChainOrg): SchoolPosition => ({
  school: org(`${authority.path}:2144000001`, 'school'),
  authority,
  province: PROVINCE,
  ...(authority.level === 'province' ? {} : { city: CITY }),
})
const PLACES = {
  区县校: schoolUnder(COUNTY),
  地市直属: schoolUnder(CITY),
  省直属: schoolUnder(PROVINCE),
} as const
type Place = keyof typeof PLACES

const CATEGORIES = Object.keys(REGISTRATION_ENTRIES) as RegistrationCategory[]
const chainOf = (category: RegistrationCategory, place: Place) => {
  const { business } = REGISTRATION_ENTRIES[category]
  const rule = findWorkflowRule(defaultWorkflow(''), business, 'ordinary', 1, PLACES[place].school.path)
  return resolveChain(rule!.steps, PLACES[place], true)
}

/** flows §3.2, as it is printed: 链(区县校)、链(地市直属)、链(省直属) by identity class. */
const CHAINS: Readonly<Record<'resident' | 'overseas' | 'undocumented', Readonly<Record<Place, string>>>> = {
  resident: { 区县校: 'XL→上报→区县', 地市直属: 'XL→上报→地市', 省直属: 'XL→上报→省' },
  overseas: { 区县校: 'XL→上报→区县', 地市直属: 'XL→上报→地市', 省直属: 'XL→上报→省' },
  undocumented: { 区县校: 'XL→上报→区县→地市→省', 地市直属: 'XL→上报→地市→省', 省直属: 'XL→上报→省' },
}
const WORDS: Partial<Record<OrgLevel, string>> = { school: 'XL', county: '区县', city: '地市', province: '省' }

describe('flows §3.2 三类证件对照', () => {
  it.each(
    CATEGORIES.flatMap((category) => (Object.keys(PLACES) as Place[]).map((place) => [category, place] as const)),
  )('%s %s 的审核链', (category, place) => {
    const words = chainOf(category, place).map(({ act, level }) => (act === 'escalate' ? '上报' : WORDS[level]))
    expect(words.join('→')).toBe(CHAINS[REGISTRATION_ENTRIES[category].identityClass][place])
  })

  it.each(CATEGORIES)('%s 进入的方式 (REG-002, REG-003)', (category) => {
    const { identityClass, newcomer, importable, fileable } = REGISTRATION_ENTRIES[category]
    expect(importable).toBe(identityClass !== 'undocumented')
    expect(fileable).toBe(identityClass === 'undocumented' || !newcomer)
  })
})

/** Who may come to an item; the applicant is the school's registrar. */
const PEOPLE = (
  position: SchoolPosition,
): Readonly<Record<string, { orgId: string; role: Role; accountId: string }>> => ({
  XA: { orgId: position.school.id, role: 'schoolRegistrar', accountId: 'applicant' },
  XN: { orgId: position.school.id, role: 'newcomerClerk', accountId: 'XN' },
  XL: { orgId: position.school.id, role: 'schoolLeader', accountId: 'XL' },
  区县: { orgId: COUNTY.id, role: 'countyRegistrar', accountId: '区县' },
  地市: { orgId: CITY.id, role: 'cityRegistrar', accountId: '地市' },
  省: { orgId: PROVINCE.id, role: 'provinceRegistrar', accountId: '省' },
  邻校XL: { orgId: 'elsewhere', role: 'schoolLeader', accountId: '邻校XL' },
})

type Allowed = Partial<Record<ReviewCommand, readonly string[]>>
const APPLICANTS = ['XA', 'XN']

/** flows §3.1, by the state an item is in: who may do what; everything else is refused. */
function allowedIn(state: ReviewState): Allowed {
  const node = state.chain[state.step]!
  if (state.status === 'returned') return { resubmit: APPLICANTS, remove: APPLICANTS }
  // REG-022: 查重不通过已结束, to be corrected and filed again.
  if (state.status === 'ended') return { resubmit: APPLICANTS }
  if (state.status !== 'open') return {}
  if (node.act === 'escalate') return { escalate: ['XA'] }
  return { approve: [WORDS[node.level]!], refuse: [WORDS[node.level]!] }
}

/** flows §3.1: the state that follows. */
function nextOf(state: ReviewState, command: ReviewCommand): string {
  if (command === 'refuse') return `returned ${state.step}`
  if (command === 'remove') return 'removed'
  if (command === 'resubmit') return 'open 0'
  return state.step === state.chain.length - 1 ? 'effective' : `open ${state.step + 1}`
}

const PASSED: CheckState = { duplicateStatus: 2, verificationStatus: 2 }
const UNVERIFIED: CheckState = { duplicateStatus: 2, verificationStatus: 3, verificationFault: 'notFound' }

describe.each(CATEGORIES)('flows §3.1 状态表：%s', (category) => {
  const { identityClass } = REGISTRATION_ENTRIES[category]
  it.each(Object.keys(PLACES) as Place[])('%s：每一状态 × 每一角色 × 每一操作', (place) => {
    const chain = chainOf(category, place)
    const states: ReviewState[] = [
      ...(['checking', 'duplicate', 'effective', 'removed', 'ended'] as const).map((status) => ({ status, step: 0 })),
      ...chain.flatMap((node, step) => [
        { status: 'open' as const, step },
        ...(node.act === 'review' ? [{ status: 'returned' as const, step }] : []),
      ]),
    ].map((at) => ({
      ...at,
      chain,
      round: 0,
      version: 0,
      applicantId: 'applicant',
      applicantOrgId: PLACES[place].school.id,
      identityClass,
      check: PASSED,
    }))
    for (const state of states)
      for (const [who, { orgId, role, accountId }] of Object.entries(PEOPLE(PLACES[place])))
        for (const command of REVIEW_COMMANDS) {
          const result = decide(state, command, { accountId, orgId, roles: [role] }, registrationPolicy(false), '不符')
          const cell = `${state.status} ${state.step}：${who} ${command}`
          expect([cell, result.ok]).toEqual([cell, (allowedIn(state)[command] ?? []).includes(who)])
          if (!result.ok) continue
          const { status, step } = result.value.next
          const next = status === 'open' || status === 'returned' ? `${status} ${step}` : status
          expect([cell, next]).toEqual([cell, nextOf(state, command)])
          // 意见必填 for 不通过, and for nothing else.
          const silent = decide(state, command, { accountId, orgId, roles: [role] }, registrationPolicy(false), ' ')
          expect([cell, silent.ok]).toEqual([cell, command !== 'refuse'])
        }
  })

  it('认证不通过也可通过，直到省里另有规定 (REG-023)', () => {
    const chain = chainOf(category, '区县校')
    const base = { chain, step: 0, round: 0, version: 0, applicantId: 'applicant', applicantOrgId: chain[0]!.orgId }
    const state: ReviewState = { ...base, status: 'open', identityClass, check: UNVERIFIED }
    const leader = { accountId: 'XL', orgId: chain[0]!.orgId, roles: ['schoolLeader' as const] }
    expect(decide(state, 'approve', leader, registrationPolicy(false)).ok).toBe(true)
    expect(decide(state, 'approve', leader, registrationPolicy(true)).ok).toBe(false)
  })
})
