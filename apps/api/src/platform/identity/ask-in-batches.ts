import { setImmediate } from 'node:timers/promises'
import { type CallFailure, type CallShape, FAILURE_POLICY, type FailureKind } from './call-failure.ts'
import { createConcurrencyGate } from './concurrency-gate.ts'
import { type RetryPolicy, retryDelayMs, splitBudget } from './retry-policy.ts'

/** Why a person has no outcome yet. `invalidPerson` does not heal by waiting; everything else may. */
export type UnavailableReason = FailureKind | 'missingAnswer' | 'invalidPerson'

/** What one call brought: answers by ref, or why there are none. */
export type Reply<Answer> = { readonly answers: ReadonlyMap<string, Answer> } | { readonly failure: CallFailure }

/** Not known: the person stays 查重认证中 and is asked about again later; never a pass (DUP-010). */
export type Unavailable = {
  readonly ref: string
  readonly outcome: 'unavailable'
  readonly reason: UnavailableReason
}

export type BatchingRules = RetryPolicy & { readonly batchSize: number; readonly concurrency: number }

export type BatchingTools<Given, Person, Answer> = {
  /** What of a given person goes over the wire, or undefined when the contract cannot carry it. */
  readonly parse: (given: Given) => Person | undefined
  /** Sends one call. A call sent again keeps its request id. */
  readonly ask: (persons: readonly Person[], requestId: string) => Promise<Reply<Answer>>
  readonly newRequestId: () => string
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Told when the register itself, rather than a person in a batch, is known to have answered or failed. */
  readonly onService: (kind: 'succeeded' | 'failed') => void
  readonly onFailure: (failure: CallFailure, call: { requestId: string; size: number; attempt: number }) => void
}

type Piece<Person, Answer> = {
  readonly persons: readonly Person[]
  /** Shared by all pieces of one batch: what was found, and the extra calls left for halving. */
  readonly batch: { readonly found: Map<string, Answer | Unavailable>; callsLeft: number }
  /** Shared by the two halves of one piece. */
  readonly pair?: { failed: number }
}

/**
 * Asks about everyone given, in batches, a bounded number at a time; one result for each, in the order given.
 * A failed batch is sent again when that can help; when one person may be the cause it is halved, again and again, so
 * that one poisoned person does not keep the others waiting (DUP-010). Halving is bounded by `splitBudget`.
 */
export async function askInBatches<Given extends { ref: string }, Person extends { ref: string }, Answer>(
  given: readonly Given[],
  rules: BatchingRules,
  tools: BatchingTools<Given, Person, Answer>,
): Promise<(Answer | Unavailable)[]> {
  // Each run has a gate of its own, so that a run of 200 batches does not queue them all ahead of the next run's only
  // one at the gateway's gate.
  const gate = createConcurrencyGate(rules.concurrency)

  async function askPatiently(piece: Piece<Person, Answer>): Promise<Reply<Answer>> {
    const requestId = tools.newRequestId()
    for (let attempt = 0; ; attempt += 1) {
      const reply = await gate.run(() => tools.ask(piece.persons, requestId))
      if ('answers' in reply) {
        tools.onService('succeeded')
        return reply
      }
      tools.onFailure(reply.failure, { requestId, size: piece.persons.length, attempt })
      if (isServiceAtFault(reply.failure, piece)) tools.onService('failed')
      const delayMs = retryDelayMs(reply.failure, attempt, shapeOf(piece), tools.random(), rules)
      if (delayMs === undefined) return reply
      await tools.sleep(delayMs)
    }
  }

  async function settle(piece: Piece<Person, Answer>): Promise<void> {
    const reply = await askPatiently(piece)
    const halves = 'failure' in reply && FAILURE_POLICY[reply.failure.kind].split ? halve(piece) : []
    if (halves.length > 0) {
      await Promise.all(halves.map(settle))
      return
    }
    for (const { ref } of piece.persons) piece.batch.found.set(ref, resultOf(reply, ref))
  }

  async function settleBatch(members: readonly Given[]): Promise<(Answer | Unavailable)[]> {
    const persons = members.flatMap((member) => tools.parse(member) ?? [])
    const batch = { found: new Map<string, Answer | Unavailable>(), callsLeft: splitBudget(persons.length) }
    if (persons.length > 0) await settle({ persons, batch })
    return members.map(({ ref }) => batch.found.get(ref) ?? unavailable(ref, 'invalidPerson'))
  }

  const batches: Promise<(Answer | Unavailable)[]>[] = []
  for (let start = 0; start < given.length; start += rules.batchSize) {
    batches.push(settleBatch(given.slice(start, start + rules.batchSize)))
    // Parsing 100,000 persons in one go would hold up every other request of this process.
    await setImmediate()
  }
  return (await Promise.all(batches)).flat()
}

function resultOf<Answer>(reply: Reply<Answer>, ref: string): Answer | Unavailable {
  if ('failure' in reply) return unavailable(ref, reply.failure.kind)
  return reply.answers.get(ref) ?? unavailable(ref, 'missingAnswer')
}

function unavailable(ref: string, reason: UnavailableReason): Unavailable {
  return { ref, outcome: 'unavailable', reason }
}

function shapeOf<Person, Answer>(piece: Piece<Person, Answer>): CallShape {
  if (piece.pair) return 'half'
  return piece.persons.length === 1 ? 'alone' : 'whole'
}

function halve<Person, Answer>(piece: Piece<Person, Answer>): Piece<Person, Answer>[] {
  const { persons, batch } = piece
  if (persons.length < 2 || batch.callsLeft < 2) return []
  batch.callsLeft -= 2
  const middle = Math.ceil(persons.length / 2)
  const pair = { failed: 0 }
  return [
    { persons: persons.slice(0, middle), batch, pair },
    { persons: persons.slice(middle), batch, pair },
  ]
}

/**
 * Whether a failure counts against the register. Where a person may be the cause, a batch that fails proves nothing and
 * one of its halves may fail as well; only both halves failing, or a call for one person alone, speaks of the register.
 * Were every such failure counted, a few hanging persons would open the breaker for everyone.
 */
function isServiceAtFault<Person, Answer>(failure: CallFailure, piece: Piece<Person, Answer>): boolean {
  const { blame } = FAILURE_POLICY[failure.kind]
  if (blame !== 'either') return blame === 'service'
  if (!piece.pair) return piece.persons.length === 1
  // Such a half is never sent again, so it is counted once.
  piece.pair.failed += 1
  return piece.pair.failed === 2
}
