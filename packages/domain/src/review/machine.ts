import type { Actor } from '../access/roles.ts'
import { reviewerRoleOf } from '../access/roles.ts'
import type { CheckState } from '../duplicates/verdict.ts'
import { isCheckComplete } from '../duplicates/verdict.ts'
import type { IdentityClass } from '../identity/identity-type.ts'
import type { Result } from '../kernel/result.ts'
import { ok, refused } from '../kernel/result.ts'
import type { ChainNode } from './chain.ts'

/**
 * States of an item. `checking`: before any reviewer; `duplicate`: failed the national check, the system will end it; `open`: waits at
 * `chain[step]`; `returned`: back with the applicant (meaning A); `rejected` / `refused`: over (B / C); `ended`: by the system (D), to be filed again where A holds (REG-022);
 * `effective`: done; `removed`: taken back by the applicant after a return.
 */
export const REVIEW_STATUSES = [
  'checking',
  'duplicate',
  'open',
  'returned',
  'rejected',
  'refused',
  'ended',
  'effective',
  'removed',
] as const

/** One state. */
export type ReviewStatus = (typeof REVIEW_STATUSES)[number]

/** What people do to an item. */
export const REVIEW_COMMANDS = ['approve', 'refuse', 'escalate', 'resubmit', 'remove'] as const

/** One command. */
export type ReviewCommand = (typeof REVIEW_COMMANDS)[number]

/** How a business reads 不通过 (flows §0.2): A back to the applicant, B rejected, C refused and may be filed again. */
export type RefusalMeaning = 'return' | 'reject' | 'refuse'

/** What a room says about its reviews. */
export type ReviewPolicy = {
  readonly refusal: RefusalMeaning
  /** REG-023 `register.blockOnAuthFail` / KEY-012: may an unverified identity be approved? */
  readonly blockOnVerificationFailure: boolean
}

/** The part of an item that decisions read. */
export type ReviewState = {
  readonly status: ReviewStatus
  readonly chain: readonly ChainNode[]
  /** Index into `chain`; meaningful while `open` and, as the place of refusal, while `returned`. */
  readonly step: number
  /** 0 for the first filing, +1 with each resubmission. */
  readonly round: number
  readonly version: number
  readonly applicantId: string
  readonly applicantOrgId: string
  readonly identityClass: IdentityClass
  readonly check: CheckState
}

/** Why a command is refused; each has its sentence in the issue catalogue. */
export type ReviewRefusal =
  | 'review.alreadyDecided'
  | 'review.notYourStep'
  | 'review.selfReview'
  | 'review.opinionRequired'
  | 'review.checkPending'
  | 'review.duplicate'
  | 'review.unverified'
  | 'review.notReturned'

/** What a command amounts to, as data: the event to append and the state that follows. */
export type ReviewDecision = {
  readonly command: ReviewCommand
  readonly step: number
  readonly round: number
  readonly node: ChainNode | undefined
  readonly next: Pick<ReviewState, 'status' | 'step' | 'round'>
}

/**
 * Decides one command by one actor: the single truth for the web's buttons and the server's refusals (F-005, F-008, WF-008, WF-009,
 * REG-021…024, REG-027, REG-029).
 */
export function decide(
  state: ReviewState,
  command: ReviewCommand,
  actor: Pick<Actor, 'accountId' | 'roles' | 'orgId'>,
  policy: ReviewPolicy,
  opinion = '',
): Result<ReviewDecision, ReviewRefusal> {
  if (command === 'resubmit' || command === 'remove') return decideReturned(state, command, actor, policy)
  if (state.status === 'checking') return refused('review.checkPending')
  if (state.status === 'duplicate') return refused('review.duplicate')
  const node = state.chain[state.step]
  if (state.status !== 'open' || !node) return refused('review.alreadyDecided')
  if (node.act === 'escalate') return decideEscalation(state, node, command, actor)
  if (command === 'escalate') return refused('review.notYourStep')
  if (node.orgId !== actor.orgId || !actor.roles.includes(reviewerRoleOf(node.level)))
    return refused('review.notYourStep')
  if (actor.accountId === state.applicantId) return refused('review.selfReview')
  if (command === 'refuse') {
    if (opinion.trim() === '') return refused('review.opinionRequired')
    return ok(
      decision(state, command, node, { status: REFUSED_STATUS[policy.refusal], step: state.step, round: state.round }),
    )
  }
  if (!isCheckComplete(state.identityClass, state.check)) return refused('review.checkPending')
  if (state.check.duplicateStatus === 3) return refused('review.duplicate')
  if (policy.blockOnVerificationFailure && state.check.verificationStatus === 3) return refused('review.unverified')
  return ok(decision(state, command, node, advance(state)))
}

/** The commands this actor may give this item right now, in the order buttons show them. */
export function availableCommands(
  state: ReviewState,
  actor: Pick<Actor, 'accountId' | 'roles' | 'orgId'>,
  policy: ReviewPolicy,
): readonly ReviewCommand[] {
  return REVIEW_COMMANDS.filter((command) => decide(state, command, actor, policy, '-').ok)
}

/** The state after the system's check of an item that was `checking` (DUP-004): open, duplicate, or still checking. */
export function afterCheck(
  state: Pick<ReviewState, 'identityClass'>,
  check: CheckState,
): 'checking' | 'duplicate' | 'open' {
  if (!isCheckComplete(state.identityClass, check)) return 'checking'
  return check.duplicateStatus === 3 ? 'duplicate' : 'open'
}

const REFUSED_STATUS: Record<RefusalMeaning, ReviewStatus> = {
  return: 'returned',
  reject: 'rejected',
  refuse: 'refused',
}

function decideEscalation(
  state: ReviewState,
  node: ChainNode,
  command: ReviewCommand,
  actor: Pick<Actor, 'roles' | 'orgId'>,
): Result<ReviewDecision, ReviewRefusal> {
  if (command !== 'escalate') return refused('review.notYourStep')
  // REG-027: reporting upward is the registrar's, never the newcomer clerk's.
  if (node.orgId !== actor.orgId || !actor.roles.includes('schoolRegistrar')) return refused('review.notYourStep')
  return ok(decision(state, command, node, advance(state)))
}

function decideReturned(
  state: ReviewState,
  command: 'resubmit' | 'remove',
  actor: Pick<Actor, 'roles' | 'orgId'>,
  policy: ReviewPolicy,
): Result<ReviewDecision, ReviewRefusal> {
  // REG-022: what the system ended for a duplicate is corrected and filed again, where 不通过 means "back to the applicant".
  const filedAgain = command === 'resubmit' && state.status === 'ended' && policy.refusal === 'return'
  if (state.status !== 'returned' && !filedAgain) return refused('review.notReturned')
  const mayFile = actor.roles.includes('schoolRegistrar') || actor.roles.includes('newcomerClerk')
  if (actor.orgId !== state.applicantOrgId || !mayFile) return refused('review.notYourStep')
  const next =
    command === 'remove'
      ? { status: 'removed' as const, step: state.step, round: state.round }
      : { status: 'open' as const, step: 0, round: state.round + 1 }
  return ok(decision(state, command, state.chain[state.step], next))
}

function advance(state: ReviewState): ReviewDecision['next'] {
  const step = state.step + 1
  return step < state.chain.length
    ? { status: 'open', step, round: state.round }
    : { status: 'effective', step: state.step, round: state.round }
}

const decision = (
  state: ReviewState,
  command: ReviewCommand,
  node: ChainNode | undefined,
  next: ReviewDecision['next'],
): ReviewDecision => ({ command, step: state.step, round: state.round, node, next })
