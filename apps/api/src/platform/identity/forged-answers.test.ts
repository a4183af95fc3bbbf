import { afterEach, describe, expect, it, vi } from 'vitest'
import type { IdentityGatewayOptions } from './gateway-options.ts'
import { createIdentityGateway, type IdentityGateway } from './identity-gateway.ts'
import { type AnsweringServer, startAnsweringServer } from './testing/answering-server.ts'
import { buildPersonToCheck, buildPersonToVerify } from './testing/build-person.ts'

type Asked = { requestId: string; persons: { ref: string; name?: string; identityNumber: string }[] }

let server: AnsweringServer
let gateway: IdentityGateway
afterEach(async () => {
  await gateway.close()
  await server.stop()
})

const TOKEN = 'token-that-nobody-may-read'
const logged: unknown[] = []

async function connect(
  answer: (asked: Asked, callNumber: number) => { status?: number; headers?: Record<string, string>; json?: unknown },
  options: Partial<IdentityGatewayOptions> = {},
): Promise<IdentityGateway> {
  logged.length = 0
  let callNumber = 0
  server = await startAnsweringServer((body, response) => {
    callNumber += 1
    const { status = 200, headers = {}, json } = answer(JSON.parse(body), callNumber)
    response.writeHead(status, headers).end(JSON.stringify(json))
  })
  gateway = createIdentityGateway({
    baseUrl: `${server.baseUrl}/register/`,
    token: TOKEN,
    timeoutMs: 5000,
    maxRetries: 2,
    batchSize: 10,
    concurrency: 2,
    breaker: { failureThreshold: 5, openMs: 60_000 },
    retryDelay: { baseMs: 1, maxMs: 5 },
    logger: { warn: (...line) => logged.push(line) },
    ...options,
  })
  return gateway
}

const pair = [buildPersonToVerify(1), buildPersonToVerify(2)]
const match = (ref: string) => ({ ref, outcome: 'match' })

describe('DUP-010 forged and broken answers are never a pass', () => {
  it.each<[string, unknown]>([
    ['a general yes', { outcome: 'match' }],
    ['an unknown outcome', { results: [{ ref: 'p1', outcome: 'MATCH' }] }],
    ['outcomes of the other step', { results: [{ ref: 'p1', outcome: 'clear' }] }],
    ['results for somebody else', { results: [match('p8'), match('p9')] }],
    ['right results and one too many', { results: [match('p1'), match('p2'), match('p3')] }],
    ['contradicting results', { results: [match('p1'), { ref: 'p1', outcome: 'notFound' }] }],
    ['null', null],
  ])('%s', async (_title, json) => {
    const register = await connect(() => ({ json }))
    const results = await register.verifyIdentities(pair)
    expect(results).toEqual([
      { ref: 'p1', outcome: 'unavailable', reason: 'badAnswer' },
      { ref: 'p2', outcome: 'unavailable', reason: 'badAnswer' },
    ])
    expect(server.requests.length).toBe(3)
  })

  it('a missing result leaves only its person unknown', async () => {
    const register = await connect(() => ({ json: { results: [match('p1')] } }))
    expect(await register.verifyIdentities(pair)).toEqual([
      { ref: 'p1', outcome: 'match' },
      { ref: 'p2', outcome: 'unavailable', reason: 'missingAnswer' },
    ])
    expect(server.requests.length).toBe(1)
  })

  it('results with a status that is not 200', async () => {
    const register = await connect(() => ({ status: 203, json: { results: [match('p1')] } }))
    expect(await register.verifyIdentities([buildPersonToVerify(1)])).toEqual([
      { ref: 'p1', outcome: 'unavailable', reason: 'badAnswer' },
    ])
  })

  it('a register that only ever forges is left alone', async () => {
    const register = await connect(() => ({ json: {} }), { batchSize: 500 })
    const persons = Array.from({ length: 500 }, (_, serial) => buildPersonToVerify(serial))
    const results = await register.verifyIdentities(persons)
    expect(new Set(results.map((result) => result.outcome))).toEqual(new Set(['unavailable']))
    expect(register.state().breaker).toBe('open')
    expect(server.requests.length).toBeLessThan(25)
  })
})

describe('429', () => {
  it('waits as long as Retry-After says, then asks again', async () => {
    const sleep = vi.fn(async () => undefined)
    const register = await connect(
      (asked, callNumber) =>
        callNumber === 1
          ? { status: 429, headers: { 'retry-after': '3' } }
          : { json: { results: asked.persons.map(({ ref }) => match(ref)) } },
      { clock: { now: () => 0, sleep }, retryDelay: { baseMs: 1, maxMs: 5000 } },
    )
    expect((await register.verifyIdentities(pair)).map((result) => result.outcome)).toEqual(['match', 'match'])
    expect(sleep.mock.calls).toEqual([[3000, expect.anything()]])
  })

  it('sends nothing more for as long as Retry-After says, when that is long', async () => {
    const clock = { time: 0, now: () => clock.time, sleep: async () => undefined }
    const register = await connect(() => ({ status: 429, headers: { 'retry-after': '30' } }), { clock })
    expect(await register.verifyIdentities(pair.slice(0, 1))).toMatchObject([{ reason: 'throttled' }])
    clock.time = 29_999
    expect(await register.verifyIdentities(pair.slice(0, 1))).toMatchObject([{ reason: 'circuitOpen' }])
    expect(server.requests.length).toBe(1)
  })
})

it('closing ends a wait before the next try', async () => {
  const register = await connect(() => ({ status: 503 }), { retryDelay: { baseMs: 600_000, maxMs: 600_000 } })
  const pending = register.verifyIdentities(pair)
  await vi.waitUntil(() => logged.length === 1, { timeout: 10_000 })
  await register.close()
  expect(await pending).toMatchObject([{ reason: 'closed' }, { reason: 'closed' }])
  expect(server.requests.length).toBe(1)
}, 20_000)

describe('privacy', () => {
  it('sends only what the contract names, to the address given, with the token', async () => {
    const register = await connect((asked) => ({ json: { results: asked.persons.map(({ ref }) => match(ref)) } }))
    await register.verifyIdentities([{ ...buildPersonToVerify(1), telephone: '0' } as never])
    const [request] = server.requests
    expect(request).toMatchObject({ path: '/register/v1/identities/verify', authorization: `Bearer ${TOKEN}` })
    const asked = JSON.parse(request?.body ?? '')
    expect(Object.keys(asked).sort()).toEqual(['persons', 'requestId'])
    expect(asked.persons).toEqual([buildPersonToVerify(1)])
  })

  it('no log line carries a name, a number or the token, whatever the register echoes', async () => {
    const statuses = [400, 401, 429, 500, 503]
    const register = await connect((asked, callNumber) => {
      const echo = JSON.stringify(asked) + TOKEN
      return {
        status: statuses[callNumber % statuses.length],
        json: { error: { code: `x${asked.persons[0]?.identityNumber}`, message: echo }, echo },
      }
    })
    const results = [
      await register.verifyIdentities(pair),
      await register.checkDuplicates([buildPersonToCheck(3)]),
      await register.verifyIdentities([buildPersonToVerify(4)]),
    ]
    expect(logged.length).toBeGreaterThan(3)
    const seen = JSON.stringify([logged, results])
    expect(seen).not.toMatch(/\d{17}[\dX]|测试/)
    expect(seen).not.toContain(TOKEN)
  })

  it('misuse is told without the person', async () => {
    const register = await connect(() => ({ json: {} }))
    await expect(register.verifyIdentities([pair[0] as never, pair[0] as never])).rejects.toThrow(
      'a ref is given twice',
    )
  })
})

it.each<[string, Partial<IdentityGatewayOptions>]>([
  ['batchSize', { batchSize: 501 }],
  ['batchSize', { batchSize: 0 }],
  ['concurrency', { concurrency: 0 }],
  ['maxRetries', { maxRetries: -1 }],
  ['timeoutMs', { timeoutMs: 0 }],
  ['failureThreshold', { breaker: { failureThreshold: 0, openMs: 1 } }],
  ['openMs', { breaker: { failureThreshold: 1, openMs: Number.NaN } }],
  ['token', { token: 'with space' }],
  ['baseUrl', { baseUrl: 'ftp://register' }],
  ['baseUrl', { baseUrl: 'http://user:word@register' }],
])('a wrong %s is refused at the start', async (name, options) => {
  await expect(connect(() => ({}), options)).rejects.toThrow(name)
  gateway = await connect(() => ({}))
})
