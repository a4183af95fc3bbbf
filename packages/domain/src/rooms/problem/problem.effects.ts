import type { PlainDate } from '../../kernel/plain-date.ts'
import type { AllotmentFacts } from '../../student/allotment.ts'
import type { RecordChange } from '../../student/record-change.ts'
import type { IdentityValues } from './problem.rules.ts'
import { type Handling, isContesting, type ProblemGroup, settle } from './problem-group.ts'
import { numberIssuer } from './problem-number.ts'

/** A handling that has passed its last reviewer. */
export type ApprovedHandling = {
  readonly itemId: string
  readonly groupId: string
  readonly studentId: string
  readonly orgPath: string
  /** 6-digit county of the school's address (NUM-004). */
  readonly regionCode: string
  readonly studentNumber: string
  readonly handling: Handling
  readonly before: IdentityValues
  /** What an amendment makes of the identity. */
  readonly after?: IdentityValues
}

/** Somebody else who is what the amended child would be. */
export type Rival = { readonly studentId: string; readonly orgPath: string; readonly groupId: string | null }

/** What the effects of a set of handlings are planned from. */
export type HandlingFacts = AllotmentFacts & {
  readonly groups: ReadonlyMap<string, ProblemGroup>
  /** By item: the re-check of PROB-021, in the order in which the rivals would act. */
  readonly rivals: ReadonlyMap<string, readonly Rival[]>
}

/** The outcome for one handling. */
export type HandlingPlan =
  | { readonly itemId: string; readonly changes: readonly RecordChange[] }
  | {
      readonly itemId: string
      readonly refusal: 'problem.overtaken' | 'register.numberTaken' | 'register.numbersExhausted'
    }
  /** Collides still: back to the school, which handles it otherwise (flows §4.1). */
  | { readonly itemId: string; readonly returned: 'problem.stillConflicts' }

/**
 * What the final approval of a set of handlings does (flows §4.1, §4.2): the record changes, the number follows the document (NUM-007…009, PROB-011),
 * the group moves on, and an amended child that meets a third becomes the first actor of a new group (PROB-021). Handlings of one group are planned
 * one after the other, each on what the one before has made of it.
 */
export function planHandlings(items: readonly ApprovedHandling[], facts: HandlingFacts): readonly HandlingPlan[] {
  const groups = new Map(facts.groups)
  const issue = numberIssuer(facts)
  return items.map((item): HandlingPlan => {
    const { itemId, studentId, handling } = item
    const group = groups.get(item.groupId)
    const settled = group && settle(group, studentId, handling)
    // Somebody was quicker: the conflict has gone, or it is not this party's turn.
    if (!group || !settled?.ok) return { itemId, refusal: 'problem.overtaken' }
    const rivals = handling === 'amend' ? (facts.rivals.get(itemId) ?? []) : []
    const own = new Set(group.parties.filter(isContesting).map((party) => party.studentId))
    if (rivals.some((rival) => own.has(rival.studentId) || rival.groupId))
      return { itemId, returned: 'problem.stillConflicts' }
    const record = recordChangeOf(item, issue, facts.today)
    if (typeof record === 'string') return { itemId, refusal: record }
    groups.set(item.groupId, settled.value)
    return { itemId, changes: [...record, settlementOf(item, settled.value), ...regroupingOf(item, rivals)] }
  })
}

function settlementOf(item: ApprovedHandling, group: ProblemGroup): RecordChange {
  const { itemId, groupId, studentId, handling } = item
  const event = { kind: handling, studentId, opinion: '' }
  return { kind: 'settleProblem', itemId, groupId, status: group.status, parties: group.parties, event }
}

function regroupingOf(
  { itemId, studentId, orgPath, after }: ApprovedHandling,
  rivals: readonly Rival[],
): RecordChange[] {
  if (rivals.length === 0) return []
  const problemType = after?.identityType === 'Z' ? 3 : 2
  const others = rivals.map((rival) => ({ studentId: rival.studentId, orgPath: rival.orgPath }))
  return [{ kind: 'regroup', itemId, problemType, parties: [{ studentId, orgPath }, ...others] }]
}

type NumberFault = 'register.numberTaken' | 'register.numbersExhausted'

function recordChangeOf(
  item: ApprovedHandling,
  issue: (item: ApprovedHandling, after: IdentityValues) => string | NumberFault | undefined,
  today: PlainDate,
): RecordChange[] | NumberFault {
  const { itemId, studentId, orgPath, handling, after } = item
  const base = { itemId, studentId, orgPath, occurredOn: today }
  if (handling === 'attest') return []
  if (handling === 'remove') return [{ ...base, kind: 'strikeOff', summary: '问题学籍处理：删除学籍' }]
  if (!after) return []
  const number = issue(item, after)
  if (number === 'register.numberTaken' || number === 'register.numbersExhausted') return number
  const change: RecordChange = {
    ...base,
    kind: 'amendIdentity',
    identity: after,
    verificationStatus: after.identityType === '1' ? 2 : 0,
    summary: `问题学籍处理：变更${describeAmendment(item.before, after)}`,
  }
  return [number ? { ...change, newNumber: number } : change]
}

/** What was amended, in the words of the form. */
export function describeAmendment(before: IdentityValues, after: IdentityValues): string {
  if (before.name !== after.name) return '学生姓名'
  return before.identityType === after.identityType ? '身份证件号' : '身份证件类型、身份证件号'
}
