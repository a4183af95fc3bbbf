import type { Result } from '../../kernel/result.ts'
import { ok, refused } from '../../kernel/result.ts'

/** 问题学籍类型 (PROB-001): 1 identity number wrong, 2 identity number shared, 3 same name, gender and birth date without document. */
export type ProblemType = 1 | 2 | 3

/** 处理方式 (PROB-004). */
export const HANDLINGS = ['amend', 'attest', 'remove'] as const

/** One way of handling a problem record. */
export type Handling = (typeof HANDLINGS)[number]

/**
 * Where one party stands. `locked`: another acts first; `todo`: its turn; `attested`: its attestation is approved; `lost`: the arbiter was
 * against it; `won`: the arbiter was for it; `amended` / `removed`: it has left the conflict; `released`: the conflict has left it (自动佐证).
 */
export const PARTY_STATES = ['locked', 'todo', 'attested', 'lost', 'won', 'amended', 'removed', 'released'] as const

/** One state of a party. */
export type PartyState = (typeof PARTY_STATES)[number]

/** 组状态 (flows §4.1). */
export const GROUP_STATUSES = ['open', 'arbitration', 'ended'] as const

/** One status of a group. */
export type GroupStatus = (typeof GROUP_STATUSES)[number]

/** A party: a student of the group. */
export type Party = { readonly studentId: string; readonly state: PartyState }

/** A problem group as decisions read it; parties in the order in which they act (PROB-003, PROB-020). */
export type ProblemGroup = {
  readonly problemType: ProblemType
  /** The number was refused by the population register, not by its own check character: only then may a lone party attest (PROB-005). */
  readonly mayAttestAlone: boolean
  /** False for groups of old whose order nobody knows: all act at once, the first final approval takes effect (flows §4.1). */
  readonly isOrdered: boolean
  readonly status: GroupStatus
  readonly parties: readonly Party[]
}

/** Why a party may not act; each has its sentence among the refusals. */
export type GroupRefusal =
  | 'problem.ended'
  | 'problem.notParty'
  | 'problem.locked'
  | 'problem.awaitsArbitration'
  | 'problem.onlyAmendOrRemove'
  | 'problem.cannotAttest'
  | 'problem.notInArbitration'
  | 'problem.verdicts'

/** States in which a party has nothing more to do with the conflict. */
const OUT: ReadonlySet<PartyState> = new Set(['won', 'amended', 'removed', 'released'])

/** True for a party that still stands in the conflict. */
export const isContesting = (party: Party): boolean => !OUT.has(party.state)

/** A new group: whoever registered or changed last acts first, the others are locked (PROB-003); without an order nobody is. */
export function openGroup(
  problemType: ProblemType,
  studentIds: readonly string[],
  options: { readonly isOrdered?: boolean; readonly mayAttestAlone?: boolean } = {},
): ProblemGroup {
  const { isOrdered = true, mayAttestAlone = false } = options
  return {
    problemType,
    mayAttestAlone,
    isOrdered,
    status: 'open',
    parties: studentIds.map((studentId, index) => ({
      studentId,
      state: index === 0 || !isOrdered ? ('todo' as const) : ('locked' as const),
    })),
  }
}

/** May this party be handled this way now? The one truth for buttons, for filing and for final approval (PROB-003, 005, 015, 019). */
export function mayHandle(group: ProblemGroup, studentId: string, handling: Handling): Result<Party, GroupRefusal> {
  const party = group.parties.find((one) => one.studentId === studentId)
  if (!party) return refused('problem.notParty')
  if (group.status === 'ended' || OUT.has(party.state)) return refused('problem.ended')
  if (group.status === 'arbitration' && party.state === 'attested') return refused('problem.awaitsArbitration')
  if (party.state === 'locked') return refused('problem.locked')
  // An attestation stands; whoever gave it waits for the others.
  if (party.state === 'attested') return refused('problem.locked')
  if (party.state === 'lost' && handling === 'attest') return refused('problem.onlyAmendOrRemove')
  if (handling === 'attest' && group.parties.length === 1 && !group.mayAttestAlone)
    return refused('problem.cannotAttest')
  return ok(party)
}

/** The ways open to a party now, in the order of the menu. */
export const availableHandlings = (group: ProblemGroup, studentId: string): readonly Handling[] =>
  HANDLINGS.filter((handling) => mayHandle(group, studentId, handling).ok)

/** What the final approval of one party's handling makes of its group (flows §4.1; PROB-014…017, 020). */
export function settle(group: ProblemGroup, studentId: string, handling: Handling): Result<ProblemGroup, GroupRefusal> {
  const may = mayHandle(group, studentId, handling)
  if (!may.ok) return may
  return ok(advance(withStates(group, new Map([[studentId, SETTLED[handling]]]))))
}

const SETTLED: Record<Handling, PartyState> = { amend: 'amended', attest: 'attested', remove: 'removed' }

/** What the arbiter says of each party still in the conflict. */
export type Verdict = { readonly studentId: string; readonly passes: boolean }

/**
 * The arbitration (PROB-018, PROB-019): every attesting party gets its verdict, exactly one passes unless `allowAllPass`
 * (`arbitration.allowAllPass`). Whoever passes is free; whoever does not may only amend or remove.
 */
export function arbitrate(
  group: ProblemGroup,
  verdicts: readonly Verdict[],
  allowAllPass: boolean,
): Result<ProblemGroup, GroupRefusal> {
  if (group.status !== 'arbitration') return refused('problem.notInArbitration')
  const given = new Map(verdicts.map(({ studentId, passes }) => [studentId, passes]))
  const judged = group.parties.filter((party) => party.state === 'attested')
  const isComplete = given.size === verdicts.length && judged.length === given.size
  if (!isComplete || judged.some(({ studentId }) => !given.has(studentId))) return refused('problem.verdicts')
  const winners = [...given.values()].filter(Boolean).length
  if (winners !== 1 && !(allowAllPass && winners === judged.length)) return refused('problem.verdicts')
  const states = new Map([...given].map(([id, passes]) => [id, passes ? ('won' as const) : ('lost' as const)]))
  return ok(advance({ ...withStates(group, states), status: 'open' }))
}

function advance(group: ProblemGroup): ProblemGroup {
  const left = group.parties.filter(isContesting)
  if (group.parties.some((party) => party.state === 'won'))
    return left.some((party) => party.state === 'lost') ? group : { ...group, status: 'ended' }
  // PROB-014, PROB-016: with one left there is no conflict; whoever has not attested is attested automatically.
  if (left.length <= 1) {
    const free = left.filter((party) => party.state !== 'attested')
    return {
      ...withStates(group, new Map(free.map((party) => [party.studentId, 'released' as const]))),
      status: 'ended',
    }
  }
  if (left.every((party) => party.state === 'attested')) return { ...group, status: 'arbitration' }
  const next = group.isOrdered && !left.some((party) => party.state === 'todo') ? firstLocked(left) : undefined
  return next ? withStates(group, new Map([[next.studentId, 'todo' as const]])) : group
}

const firstLocked = (parties: readonly Party[]): Party | undefined => parties.find((party) => party.state === 'locked')

const withStates = (group: ProblemGroup, states: ReadonlyMap<string, PartyState>): ProblemGroup => ({
  ...group,
  parties: group.parties.map((party) => ({ ...party, state: states.get(party.studentId) ?? party.state })),
})
