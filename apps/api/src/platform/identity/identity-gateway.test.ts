import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { IdentityGatewayOptions } from './gateway-options.ts'
import { createIdentityGateway, type IdentityGateway } from './identity-gateway.ts'
import { buildPersonToCheck, buildPersonToVerify } from './testing/build-person.ts'
import { type SandboxProcess, startSandboxProcess } from './testing/sandbox-process.ts'

// A loaded machine is slow, not wrong.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let sandbox: SandboxProcess
let gateway: IdentityGateway

beforeAll(async () => {
  sandbox = await startSandboxProcess()
})
afterAll(() => sandbox.stop())
beforeEach(() => sandbox.control({ reset: true }))
afterEach(() => gateway.close())

function connect(options: Partial<IdentityGatewayOptions> = {}): IdentityGateway {
  gateway = createIdentityGateway({
    baseUrl: sandbox.baseUrl,
    token: sandbox.token,
    timeoutMs: 5000,
    maxRetries: 3,
    batchSize: 500,
    concurrency: 4,
    breaker: { failureThreshold: 5, openMs: 60_000 },
    retryDelay: { baseMs: 1, maxMs: 5 },
    ...options,
  })
  return gateway
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index)
const outcomesOf = (results: { outcome: string }[]) => results.map((result) => result.outcome)

/** Time stands still until the test moves it; waits end at once. */
function buildClock() {
  const clock = { time: 0, now: () => clock.time, sleep: async () => undefined }
  return clock
}

describe('each outcome, for a girl and for a boy (DUP-009)', () => {
  it('DUP-007 a duplicate names the province that holds the other record', async () => {
    const persons = ['001', '990', '991', '980', '971'].map((sequence, index) => buildPersonToCheck(index, sequence))
    const results = await connect().checkDuplicates(persons)
    const holder = { provinceCode: '34', provinceName: '安徽省' }
    expect(results).toEqual([
      { ref: 'p0', outcome: 'clear' },
      { ref: 'p1', outcome: 'duplicate', holder },
      { ref: 'p2', outcome: 'duplicate', holder },
      { ref: 'p3', outcome: 'clear' },
      { ref: 'p4', outcome: 'clear' },
    ])
  })

  it('DUP-001 documents of 港澳台和外籍 are checked by kind and number', async () => {
    const persons = [
      { ref: 'hk', identityType: '6', identityNumber: 'H9012345(6)' },
      { ref: 'passport', identityType: 'A', identityNumber: 'EX12990' },
    ]
    expect(outcomesOf(await connect().checkDuplicates(persons))).toEqual(['clear', 'duplicate'])
  })

  it('DUP-006 a failed verification says why', async () => {
    const sequences = ['001', '980', '981', '970', '971', '990']
    const results = await connect().verifyIdentities(sequences.map((code, index) => buildPersonToVerify(index, code)))
    expect(outcomesOf(results)).toEqual(['match', 'notFound', 'notFound', 'nameMismatch', 'nameMismatch', 'match'])
  })

  it('503 twice, then an answer, under one request id', async () => {
    const both = connect()
    expect(outcomesOf(await both.verifyIdentities([buildPersonToVerify(1, '950')]))).toEqual(['match'])
    expect(outcomesOf(await both.checkDuplicates([buildPersonToCheck(1, '951')]))).toEqual(['clear'])
    expect(await sandbox.stats()).toMatchObject({ calls: 6, replays: 4 })
  })

  it('a person who hangs once is asked again', async () => {
    await sandbox.control({ hangAttempts: 1 })
    const results = await connect({ timeoutMs: 700 }).verifyIdentities([buildPersonToVerify(1, '962')])
    expect(outcomesOf(results)).toEqual(['match'])
  })
})

describe('DUP-010 not known is never a pass', () => {
  it('one hanging person among 200 leaves the other 199 with their outcomes', async () => {
    const persons = range(200).map((serial) => buildPersonToVerify(serial, serial === 77 ? '961' : '001'))
    const results = await connect({ timeoutMs: 500, maxRetries: 0 }).verifyIdentities(persons)
    expect(results[77]).toEqual({ ref: 'p77', outcome: 'unavailable', reason: 'timeout' })
    expect(outcomesOf(results.filter((result) => result.ref !== 'p77'))).toEqual(Array(199).fill('match'))
    expect(results.map((result) => result.ref)).toEqual(persons.map((person) => person.ref))
    expect(gateway.state().breaker).toBe('closed')
    const { calls, perRef } = await sandbox.stats()
    expect(calls).toBeLessThanOrEqual(1 + 2 * 8)
    expect(perRef.p0).toBeLessThan(9)
  })

  it('down: the breaker opens, nothing more is sent, and one good probe closes it', async () => {
    const clock = buildClock()
    const warn = vi.fn()
    connect({ clock, logger: { warn }, batchSize: 10, concurrency: 2, breaker: { failureThreshold: 3, openMs: 1000 } })
    const persons = range(100).map((serial) => buildPersonToVerify(serial))

    await sandbox.control({ mode: 'down' })
    expect(new Set(outcomesOf(await gateway.verifyIdentities(persons)))).toEqual(new Set(['unavailable']))
    expect(gateway.state()).toEqual({ breaker: 'open', inFlight: 0, waiting: 0 })

    clock.time = 1000
    await gateway.verifyIdentities(persons)
    expect(gateway.state().breaker).toBe('open')

    await sandbox.control({ mode: 'normal' })
    clock.time = 1999
    expect(await gateway.verifyIdentities(persons.slice(0, 1))).toEqual([
      { ref: 'p0', outcome: 'unavailable', reason: 'circuitOpen' },
    ])
    expect((await sandbox.stats()).calls).toBe(0)

    clock.time = 2000
    expect(outcomesOf(await gateway.verifyIdentities(persons))).toEqual(Array(100).fill('match'))
    expect(gateway.state().breaker).toBe('closed')
    const phases = warn.mock.calls.flatMap(([fields]) => ('breaker' in fields ? [fields.breaker] : []))
    expect(phases).toEqual(['open', 'halfOpen', 'open', 'halfOpen', 'closed'])
  })

  it('a wrong token is tried once, and tells nothing', async () => {
    const results = await connect({ token: 'wrong' }).verifyIdentities([buildPersonToVerify(1)])
    expect(results).toEqual([{ ref: 'p1', outcome: 'unavailable', reason: 'refused' }])
  })

  it('a person the contract cannot carry is not sent, and the others are', async () => {
    const wrong = [
      { ref: 'x', name: '甲', identityNumber: '110101990307663' },
      { ref: 'y', name: '', identityNumber: '00000020150315001X' },
    ]
    const results = await connect().verifyIdentities([...wrong, buildPersonToVerify(1)])
    expect(results.slice(0, 2)).toEqual([
      { ref: 'x', outcome: 'unavailable', reason: 'invalidPerson' },
      { ref: 'y', outcome: 'unavailable', reason: 'invalidPerson' },
    ])
    expect(results[2]?.outcome).toBe('match')
    expect((await sandbox.stats()).persons).toBe(1)
  })

  it('closing cuts a call that hangs', async () => {
    connect({ timeoutMs: 60_000 })
    const pending = gateway.verifyIdentities([buildPersonToVerify(1, '960')])
    await vi.waitUntil(async () => (await sandbox.stats()).calls === 1, { timeout: 10_000 })
    expect(gateway.state().inFlight).toBe(1)
    await gateway.close()
    expect(await pending).toEqual([{ ref: 'p1', outcome: 'unavailable', reason: 'closed' }])
    expect(await gateway.verifyIdentities([buildPersonToVerify(2)])).toEqual([
      { ref: 'p2', outcome: 'unavailable', reason: 'closed' },
    ])
  })
})

describe('load', () => {
  it('sends batches of at most batchSize, and never more calls at once than told, over all users', async () => {
    await sandbox.control({ mode: 'slow', delayMs: 50 })
    connect({ batchSize: 5, concurrency: 3 })
    const [checked, verified] = await Promise.all([
      gateway.checkDuplicates(range(60).map((serial) => buildPersonToCheck(serial))),
      gateway.verifyIdentities(range(60).map((serial) => buildPersonToVerify(serial))),
    ])
    expect(outcomesOf(checked)).toEqual(Array(60).fill('clear'))
    expect(outcomesOf(verified)).toEqual(Array(60).fill('match'))
    const stats = await sandbox.stats()
    expect(stats).toMatchObject({ calls: 24, persons: 120, maxBatch: 5 })
    expect(stats.maxConcurrent).toBeLessThanOrEqual(3)
    expect(stats.maxConcurrent).toBeGreaterThan(1)
  })

  it('asks about nobody without a call', async () => {
    expect(await connect().checkDuplicates([])).toEqual([])
    expect((await sandbox.stats()).calls).toBe(0)
  })
})
