import { describe, expect, it } from 'vitest'
import type { Role } from '../access/roles.ts'
import { ALL_ROLES, reviewerRoleOf, roleFitsLevel } from '../access/roles.ts'
import type { CheckState } from '../duplicates/verdict.ts'
import type { OrgLevel } from '../organization/org-path.ts'
import { createSeeded, type Seeded } from '../testing/seeded.ts'
import type { ChainOrg, SchoolPosition } from './chain.ts'
import { joinChains, resolveChain } from './chain.ts'
import type { ReviewDecision, ReviewPolicy, ReviewState } from './machine.ts'
import { availableCommands, decide, REVIEW_COMMANDS } from './machine.ts'
import type { WorkflowStep } from './workflow-rule.ts'

const org = (path: string, level: OrgLevel): ChainOrg => ({ id: path, path, name: path, level })
const PROVINCE = org('44', 'province')
const CITY = org('4402', 'city')
const COUNTIES = [org('440202', 'county'), org('440203', 'county')]
const SCHOOLS = ['440202:1', '440203:2', '4402:3', '44:4'].map((path) => org(path, 'school'))
const POSITIONS: readonly SchoolPosition[] = [
  { school: SCHOOLS[0]!, authority: COUNTIES[0]!, city: CITY, province: PROVINCE },
  { school: SCHOOLS[1]!, authority: COUNTIES[1]!, city: CITY, province: PROVINCE },
  { school: SCHOOLS[2]!, authority: CITY, city: CITY, province: PROVINCE },
  { school: SCHOOLS[3]!, authority: PROVINCE, province: PROVINCE },
]
const ORGS = [...SCHOOLS, ...COUNTIES, CITY, PROVINCE]
const STEPS: readonly WorkflowStep[][] = [
  ['school', 'authority'],
  ['school', 'authority', 'city', 'province'],
  ['school', 'authority', 'province'],
  ['authority'],
]
const CHECKS: readonly CheckState[] = [
  { duplicateStatus: 2, verificationStatus: 2 },
  { duplicateStatus: 2, verificationStatus: 3, verificationFault: 'nameMismatch' },
]
const OPINIONS = ['', ' ', '同意', '材料不全']
const OVER = new Set(['rejected', 'refused', 'ended', 'effective', 'removed'])

/** Every account of every organisation, one a role and one with two roles at each school. */
const ACTORS = ORGS.flatMap(({ id: orgId, level }) => {
  const fitting = ALL_ROLES.filter((role) => roleFitsLevel(role, level))
  const single = fitting.map((role): { accountId: string; orgId: string; roles: Role[] } => ({
    accountId: `${orgId}/${role}`,
    orgId,
    roles: [role],
  }))
  const both: Role[] = ['schoolRegistrar', 'schoolLeader']
  return level === 'school' ? [...single, { accountId: `${orgId}/both`, orgId, roles: both }] : single
})
type Walker = (typeof ACTORS)[number]

describe('任意单据、任意次序的命令', () => {
  it('不跳环节、轮次只随重提增长、申请人不审、不通过必有意见、终态不动', { timeout: 30_000 }, () => {
    const seeded = createSeeded(20260911)
    const ends: Record<string, number> = {}
    for (let run = 0; run < 1_500; run++) {
      const last = walk(seeded)
      ends[last] = (ends[last] ?? 0) + 1
    }
    // The walks reach what they are to prove something about.
    for (const end of ['effective', 'rejected', 'refused', 'removed']) expect(ends[end]).toBeGreaterThan(50)
  })
})

function walk(seeded: Seeded): string {
  const policy: ReviewPolicy = {
    refusal: seeded.pick(['return', 'return', 'reject', 'refuse'] as const),
    blockOnVerificationFailure: seeded.int(0, 3) === 0,
  }
  let item = startOf(seeded)
  let passed: number[] = []
  for (let move = 0; move < 400; move++) {
    const actor = chooseActor(seeded, item)
    const command = seeded.pick(REVIEW_COMMANDS)
    const opinion = seeded.pick(OPINIONS)
    const listed = availableCommands(item, actor, policy).includes(command)
    const result = decide(item, command, actor, policy, opinion)
    if (listed !== result.ok && !(listed && command === 'refuse' && opinion.trim() === ''))
      expect.fail(`${command} by ${actor.accountId}: listed ${listed}, decided ${JSON.stringify(result)}`)
    if (!result.ok) continue
    const { value } = result
    checkDecision(item, value, actor, opinion)
    if (command === 'approve' || command === 'escalate') passed.push(item.step)
    if (command === 'resubmit') passed = []
    expect(passed).toEqual(passed.map((_, index) => index))
    if (value.next.status === 'effective') expect(passed).toHaveLength(item.chain.length)
    item = { ...item, ...value.next, version: item.version + 1 }
  }
  if (OVER.has(item.status)) for (const actor of ACTORS) expect(availableCommands(item, actor, policy)).toEqual([])
  return item.status
}

function checkDecision(item: ReviewState, value: ReviewDecision, actor: Walker, opinion: string): void {
  const { command, next } = value
  expect(OVER.has(item.status)).toBe(false)
  expect([value.step, value.round, value.node]).toEqual([item.step, item.round, item.chain[item.step]])
  expect(next.round).toBe(command === 'resubmit' ? item.round + 1 : item.round)
  // D: only the system ends an item or holds it for its check (flows §0.2).
  expect(['checking', 'duplicate', 'ended']).not.toContain(next.status)
  const node = item.chain[item.step]!
  if (command === 'approve' || command === 'refuse') {
    expect(actor.accountId).not.toBe(item.applicantId)
    expect(actor.orgId).toBe(node.orgId)
    expect(actor.roles).toContain(reviewerRoleOf(node.level))
    expect(node.act).toBe('review')
  }
  if (command === 'escalate') {
    expect(node.act).toBe('escalate')
    expect(actor.roles).toContain('schoolRegistrar')
  }
  if (command === 'refuse') expect(opinion.trim()).not.toBe('')
  if (command === 'resubmit' || command === 'remove') {
    expect(item.status).toBe('returned')
    expect(actor.orgId).toBe(item.applicantOrgId)
  }
}

function startOf(seeded: Seeded): ReviewState {
  const position = seeded.pick(POSITIONS)
  const own = resolveChain(seeded.pick(STEPS), position, seeded.int(0, 1) === 1)
  const chain = seeded.int(0, 2) === 0 ? joinChains(own, resolveChain(seeded.pick(STEPS), seeded.pick(POSITIONS))) : own
  return {
    status: 'open',
    chain,
    step: 0,
    round: 0,
    version: 1,
    applicantId: `${position.school.id}/${seeded.pick(['schoolRegistrar', 'newcomerClerk', 'both'])}`,
    applicantOrgId: position.school.id,
    identityClass: seeded.pick(['resident', 'undocumented'] as const),
    check: seeded.pick(CHECKS),
  }
}

/** Mostly somebody of the organisation whose turn it is, so that walks get far; anybody else now and then. */
function chooseActor(seeded: Seeded, item: ReviewState): Walker {
  if (seeded.int(0, 3) === 0) return seeded.pick(ACTORS)
  const turn = item.status === 'returned' ? item.applicantOrgId : item.chain[item.step]?.orgId
  const near = ACTORS.filter((actor) => actor.orgId === turn)
  return seeded.pick(near.length > 0 ? near : ACTORS)
}
