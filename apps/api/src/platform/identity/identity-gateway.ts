import { randomUUID } from 'node:crypto'
import {
  type DuplicateAnswer,
  DuplicateCheckAnswer,
  DuplicateQuery,
  HealthAnswer,
  IDENTITY_PATHS,
  type VerificationAnswer,
  VerificationBatchAnswer,
  VerificationQuery,
} from '@xueji/contracts/identity/identity-register.api'
import type { z } from 'zod'
import { askInBatches, type Reply, type Unavailable } from './ask-in-batches.ts'
import { type BreakerState, createCircuitBreaker } from './circuit-breaker.ts'
import { createConcurrencyGate } from './concurrency-gate.ts'
import { type IdentityGatewayOptions, parseBaseUrl, parseRules, SYSTEM_CLOCK } from './gateway-options.ts'
import { createHttpCaller } from './http-call.ts'
import { matchAnswers } from './match-answers.ts'
import { silenceMs } from './retry-policy.ts'

/** `ref` is the caller's own handle: opaque, unique within one call, no personal data. */
export type PersonToCheck = { readonly ref: string; readonly identityType: string; readonly identityNumber: string }
export type PersonToVerify = { readonly ref: string; readonly name: string; readonly identityNumber: string }

export type DuplicateResult = DuplicateAnswer | Unavailable
export type VerificationResult = VerificationAnswer | Unavailable

type GatewayState = {
  readonly breaker: BreakerState['phase']
  readonly inFlight: number
  readonly waiting: number
}

export type IdentityGateway = {
  readonly checkDuplicates: (persons: readonly PersonToCheck[]) => Promise<DuplicateResult[]>
  readonly verifyIdentities: (persons: readonly PersonToVerify[]) => Promise<VerificationResult[]>
  readonly state: () => GatewayState
  readonly close: () => Promise<void>
}

type Operation<Given, Person, Answer> = {
  readonly path: string
  /** Picks the fields of the contract and nothing else that the caller's object may carry. */
  readonly parse: (given: Given) => Person | undefined
  readonly answer: z.ZodType<{ results: Answer[] }>
}

const CHECK: Operation<PersonToCheck, DuplicateQuery, DuplicateAnswer> = {
  path: IDENTITY_PATHS.check,
  parse: ({ ref, identityType, identityNumber }) =>
    DuplicateQuery.safeParse({ ref, identityType, identityNumber }).data,
  answer: DuplicateCheckAnswer,
}
const VERIFY: Operation<PersonToVerify, VerificationQuery, VerificationAnswer> = {
  path: IDENTITY_PATHS.verify,
  parse: ({ ref, name, identityNumber }) => VerificationQuery.safeParse({ ref, name, identityNumber }).data,
  answer: VerificationBatchAnswer,
}

/**
 * The way to the population register and the national base database (DUP-001). Results come in the order of the persons
 * given, one for each: a known outcome, or `unavailable` with a reason, never an outcome the register did not give
 * (DUP-010). Order of the two steps (DUP-002) is the caller's. Throws only on misuse: bad options, or a ref given twice.
 */
export function createIdentityGateway(options: IdentityGatewayOptions): IdentityGateway {
  const base = parseBaseUrl(options.baseUrl)
  const rules = parseRules(options)
  const clock = options.clock ?? SYSTEM_CLOCK
  const closing = new AbortController()
  const http = createHttpCaller(options.fetch ?? fetch)
  const gate = createConcurrencyGate(rules.concurrency)
  const runs = new Set<Promise<unknown>>()
  const breaker = createCircuitBreaker(options.breaker, clock.now, isHealthy, (phase) => {
    options.logger?.warn({ breaker: phase }, 'identity register: circuit breaker changed')
  })

  async function isHealthy(): Promise<boolean> {
    const reply = await http.send({ url: base(IDENTITY_PATHS.health), timeoutMs: options.timeoutMs })
    return reply.ok && HealthAnswer.safeParse(reply.json).success
  }

  async function ask<Given, Person extends { ref: string }, Answer extends { ref: string }>(
    operation: Operation<Given, Person, Answer>,
    persons: readonly Person[],
    requestId: string,
  ): Promise<Reply<Answer>> {
    if (!(await breaker.admit())) return { failure: { kind: 'circuitOpen' } }
    const reply = await http.send({
      url: base(operation.path),
      token: options.token,
      body: { requestId, persons },
      timeoutMs: options.timeoutMs,
    })
    if (reply.ok) {
      const answers = matchAnswers(new Set(persons.map((person) => person.ref)), reply.json, operation.answer)
      return answers ? { answers } : { failure: { kind: 'badAnswer', status: 200 } }
    }
    const ms = silenceMs(reply.failure, rules)
    if (ms !== undefined) breaker.send({ kind: 'silenced', ms })
    return reply
  }

  async function run<Given extends { ref: string }, Person extends { ref: string }, Answer extends { ref: string }>(
    operation: Operation<Given, Person, Answer>,
    given: readonly Given[],
  ): Promise<(Answer | Unavailable)[]> {
    if (new Set(given.map((person) => person.ref)).size !== given.length) throw new TypeError('a ref is given twice')
    return askInBatches<Given, Person, Answer>(given, rules, {
      parse: operation.parse,
      ask: (batch, requestId) => gate.run(() => ask(operation, batch, requestId)),
      newRequestId: randomUUID,
      random: options.random ?? Math.random,
      sleep: (ms) => clock.sleep(ms, closing.signal),
      onService: (kind) => breaker.send({ kind }),
      onFailure: ({ kind, status, code }, call) => {
        // Calls that were not sent are told by the breaker's own line, not once for each batch.
        if (kind === 'circuitOpen' || kind === 'closed') return
        options.logger?.warn({ path: operation.path, kind, status, code, ...call }, 'identity register: call failed')
      },
    })
  }

  function track<Result>(work: Promise<Result>): Promise<Result> {
    runs.add(work)
    return work.finally(() => runs.delete(work))
  }

  return {
    checkDuplicates: (persons) => track(run(CHECK, persons)),
    verifyIdentities: (persons) => track(run(VERIFY, persons)),
    state: () => ({ breaker: breaker.phase(), inFlight: gate.running(), waiting: gate.waiting() }),
    async close() {
      closing.abort()
      http.close()
      await Promise.allSettled(runs)
    },
  }
}
