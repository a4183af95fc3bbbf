import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askInBatches, type BatchingTools, type Reply } from './ask-in-batches.ts'
import type { CallFailure, FailureKind } from './call-failure.ts'
import { splitBudget } from './retry-policy.ts'

type Person = { ref: string }
type Answer = { ref: string; outcome: 'ok' }
type Call = { refs: string[]; requestId: string }

const RULES = { batchSize: 500, concurrency: 3, maxRetries: 2, baseDelayMs: 1, maxDelayMs: 10 }
const ok = (ref: string): Answer => ({ ref, outcome: 'ok' })
const unavailable = (ref: string, reason: string) => ({ ref, outcome: 'unavailable', reason })
const people = (count: number): Person[] => Array.from({ length: count }, (_, index) => ({ ref: `p${index}` }))

/** A register that fails as `fail` says, and otherwise answers 'ok' for everyone. */
function setUp(fail: (refs: string[], callNumber: number) => FailureKind | CallFailure | undefined) {
  const calls: Call[] = []
  const service: string[] = []
  const tools: BatchingTools<Person, Person, Answer> = {
    parse: (person) => (person.ref.startsWith('wrong') ? undefined : person),
    async ask(persons, requestId): Promise<Reply<Answer>> {
      const refs = persons.map((person) => person.ref)
      calls.push({ refs, requestId })
      const failure = fail(refs, calls.length)
      if (failure) return { failure: typeof failure === 'string' ? { kind: failure } : failure }
      return { answers: new Map(refs.map((ref) => [ref, ok(ref)])) }
    },
    newRequestId: () => `request-${calls.length}-${Math.random()}`,
    random: () => 0,
    sleep: async () => undefined,
    onService: (kind) => service.push(kind),
    onFailure: () => undefined,
  }
  return { calls, service, ask: (persons: Person[], rules = RULES) => askInBatches(persons, rules, tools) }
}

describe('askInBatches', () => {
  it('cuts into batches of at most batchSize and answers everyone', async () => {
    const { calls, ask } = setUp(() => undefined)
    const results = await ask(people(1201))
    expect(calls.map((call) => call.refs.length)).toEqual([500, 500, 201])
    expect(results.length).toBe(1201)
    expect(new Set(calls.map((call) => call.requestId)).size).toBe(3)
  })

  it('asks nobody about nobody', async () => {
    const { calls, ask } = setUp(() => undefined)
    expect((await ask([])).length).toBe(0)
    expect(calls).toEqual([])
  })

  it('sends nobody the contract cannot carry, and keeps the order', async () => {
    const { calls, ask } = setUp(() => undefined)
    const results = await ask([{ ref: 'wrong1' }, { ref: 'p1' }, { ref: 'wrong2' }], { ...RULES, batchSize: 2 })
    expect(results).toEqual([unavailable('wrong1', 'invalidPerson'), ok('p1'), unavailable('wrong2', 'invalidPerson')])
    expect(calls.map((call) => call.refs)).toEqual([['p1']])
  })

  it('sends a failed call again under the same request id', async () => {
    const { calls, ask } = setUp((_refs, callNumber) => (callNumber < 3 ? 'overloaded' : undefined))
    const results = await ask(people(4))
    expect(results).toEqual(people(4).map(({ ref }) => ok(ref)))
    expect(calls.length).toBe(3)
    expect(new Set(calls.map((call) => call.requestId)).size).toBe(1)
  })

  it.each<[FailureKind, number]>([
    ['overloaded', 3],
    ['network', 3],
    ['throttled', 3],
    ['refused', 1],
    ['circuitOpen', 1],
    ['closed', 1],
  ])('gives up on %s after %i calls, without halving', async (kind, expected) => {
    const { calls, ask } = setUp(() => kind)
    const results = await ask(people(8))
    expect(results).toEqual(people(8).map(({ ref }) => unavailable(ref, kind)))
    expect(calls.length).toBe(expected)
  })

  it.each<FailureKind>(['timeout', 'serverError', 'rejected', 'badAnswer'])(
    'finds up to four persons that cause %s among any number, and answers all others',
    async (kind) => {
      const world = fc
        .integer({ min: 1, max: 500 })
        .chain((size) =>
          fc.record({ size: fc.constant(size), bad: fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: 4 }) }),
        )
      await fc.assert(
        fc.asyncProperty(world, async ({ size, bad }) => {
          const poisoned = new Set(bad.map((index) => `p${index}`))
          const { calls, ask } = setUp((refs) => (refs.some((ref) => poisoned.has(ref)) ? kind : undefined))
          const results = await ask(people(size))
          expect(results).toEqual(people(size).map(({ ref }) => (poisoned.has(ref) ? unavailable(ref, kind) : ok(ref))))
          expect(calls.length).toBeLessThanOrEqual(1 + RULES.maxRetries + splitBudget(size))
        }),
        { numRuns: 60 },
      )
    },
  )

  it('never holds one hanging person against the register', async () => {
    const { service, ask } = setUp((refs) => (refs.includes('p77') ? 'timeout' : undefined))
    await ask(people(200))
    expect(service).not.toContain('failed')
  })

  it('holds it against the register when both halves fail, and stays within the budget', async () => {
    const { calls, service, ask } = setUp(() => 'timeout')
    const results = await ask(people(500))
    expect(results).toEqual(people(500).map(({ ref }) => unavailable(ref, 'timeout')))
    expect(calls.length).toBe(1 + splitBudget(500))
    expect(service.filter((kind) => kind === 'failed').length).toBe(splitBudget(500) / 2)
  })

  it('holds every failed call for one person alone against the register', async () => {
    const { calls, service, ask } = setUp(() => 'timeout')
    await ask(people(1))
    expect(calls.length).toBe(3)
    expect(service).toEqual(['failed', 'failed', 'failed'])
  })

  it('does not hold a rejected or throttled call against the register', async () => {
    for (const kind of ['rejected', 'throttled'] as const) {
      const { service, ask } = setUp(() => kind)
      await ask(people(1))
      expect(service).toEqual([])
    }
  })
})
