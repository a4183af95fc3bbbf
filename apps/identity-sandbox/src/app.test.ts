import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildSandbox } from './app.ts'

const TOKEN = 'token-of-the-tests'
const CHECK = '/v1/duplicates/check'
const VERIFY = '/v1/identities/verify'
const headers = { authorization: `Bearer ${TOKEN}` }

let app: FastifyInstance
beforeEach(() => {
  app = buildSandbox({ token: TOKEN })
})
afterEach(() => app.close())

const residentNumber = (sequence: string) => `00000020150315${sequence}X`
const person = (ref: string, sequence = '001') => ({ ref, name: '测试', identityNumber: residentNumber(sequence) })
const call = (requestId: string, ...persons: unknown[]) => ({ requestId, persons })

async function post(url: string, payload: object) {
  const response = await app.inject({ method: 'POST', url, headers, payload })
  return { status: response.statusCode, body: response.json() }
}
async function get(url: string, withToken = true) {
  const response = await app.inject({ url, headers: withToken ? headers : {} })
  return { status: response.statusCode, body: response.json() }
}

describe('the contract', () => {
  it('answers each person in turn', async () => {
    const verified = await post(VERIFY, call('request-1', person('a'), person('b', '980'), person('c', '971')))
    expect(verified).toEqual({
      status: 200,
      body: {
        results: [
          { ref: 'a', outcome: 'match' },
          { ref: 'b', outcome: 'notFound' },
          { ref: 'c', outcome: 'nameMismatch' },
        ],
      },
    })
    const asked = { ref: 'a', identityType: '1', identityNumber: residentNumber('990') }
    const checked = await post(CHECK, call('request-2', asked))
    expect(checked.body.results).toEqual([
      { ref: 'a', outcome: 'duplicate', holder: { provinceCode: '34', provinceName: '安徽省' } },
    ])
  })

  it.each([CHECK, VERIFY, '/sandbox/control'])('%s needs the token', async (url) => {
    for (const wrong of [
      {},
      ...['Bearer wrong', TOKEN, `Bearer ${TOKEN}x`].map((authorization) => ({ authorization })),
    ]) {
      const response = await app.inject({ method: 'POST', url, headers: wrong, payload: {} })
      expect(response.statusCode).toBe(401)
      expect(response.json().error.code).toBe('unauthorized')
    }
  })

  it('health needs no token, stats do', async () => {
    expect(await get('/v1/health', false)).toEqual({ status: 200, body: { status: 'ok', service: 'identity-sandbox' } })
    expect((await get('/sandbox/stats', false)).status).toBe(401)
  })

  it('a bad body is told by place and check, never by value', async () => {
    const response = await post(VERIFY, call('request-1', { ...person('a'), identityNumber: '11010119900307663' }))
    expect(response.status).toBe(400)
    expect(response.body.error.code).toBe('invalidRequest')
    expect(response.body.error.message).toContain('/persons/0/identityNumber')
    expect(JSON.stringify(response.body)).not.toContain('11010119900307663')
  })

  it('no JSON, no such route, too large', async () => {
    const broken = { method: 'POST', url: VERIFY, headers: { ...headers, 'content-type': 'application/json' } } as const
    expect((await app.inject({ ...broken, payload: '{' })).statusCode).toBe(400)
    expect((await get('/v1/nothing')).body.error.code).toBe('notFound')
    expect((await post(VERIFY, call('x'.repeat(2_000_000)))).body.error.code).toBe('tooLarge')
  })

  it('a request id repeats its answer, and is refused for another call', async () => {
    const first = await post(VERIFY, call('request-1', person('a')))
    expect(await post(VERIFY, call('request-1', person('a')))).toEqual(first)
    const other = await post(VERIFY, call('request-1', person('b')))
    expect([other.status, other.body.error.code]).toEqual([409, 'requestIdReused'])
    expect((await get('/sandbox/stats')).body).toMatchObject({ replays: 1, concurrent: 0 })
  })

  it('DUP-009 950 and 951 fail twice for each step, then are good', async () => {
    const statuses = []
    for (const id of ['request-1', 'request-1', 'request-1', 'request-2']) {
      statuses.push((await post(VERIFY, call(id, person('a', '950'), person('b')))).status)
    }
    expect(statuses).toEqual([503, 503, 200, 200])
    const asked = { ref: 'a', identityType: '1', identityNumber: residentNumber('950') }
    expect((await post(CHECK, call('request-3', asked))).status).toBe(503)
  })
})

describe('control', () => {
  it('down is 503 for everything but the control itself', async () => {
    expect((await post('/sandbox/control', { mode: 'down' })).body.mode).toBe('down')
    expect((await get('/v1/health')).status).toBe(503)
    expect((await post(VERIFY, call('request-1', person('a')))).body.error.code).toBe('unavailable')
    await post('/sandbox/control', { mode: 'normal' })
    expect((await get('/v1/health')).status).toBe(200)
  })

  it('counts calls, persons, batches and refs, and forgets them on reset', async () => {
    await post(VERIFY, call('request-1', person('a'), person('b')))
    await post(VERIFY, call('request-2', person('a')))
    const counted = { mode: 'normal', calls: 2, persons: 3, maxBatch: 2, maxConcurrent: 1, concurrent: 0, replays: 0 }
    expect((await get('/sandbox/stats')).body).toEqual(counted)
    expect((await get('/sandbox/stats?perRef=true')).body).toEqual({ ...counted, perRef: { a: 2, b: 1 } })
    const reset = await post('/sandbox/control', { reset: true })
    expect(reset.body).toMatchObject({ calls: 0, persons: 0, maxBatch: 0, maxConcurrent: 0 })
    expect((await post(VERIFY, call('request-1', person('c')))).status).toBe(200)
  })

  it('reset comes before the rest of the same request', async () => {
    expect((await post('/sandbox/control', { reset: true, mode: 'down' })).body.mode).toBe('down')
  })

  it.each([{ mode: 'broken' }, { delayMs: -1 }, { hangAttempts: 1.5 }, { unknown: true }])(
    'refuses %j',
    async (body) => {
      expect((await post('/sandbox/control', body)).status).toBe(400)
    },
  )
})

describe('over real HTTP', { timeout: 30_000 }, () => {
  const PATIENT = { timeout: 20_000 }
  const stats = async () => (await get('/sandbox/stats')).body

  async function listen(): Promise<(persons: unknown[], signal?: AbortSignal) => Promise<Response>> {
    const address = await app.listen({ port: 0 })
    return (persons, signal) =>
      fetch(address + VERIFY, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(call(`request-${Math.random().toString(36).slice(2)}`, ...persons)),
        signal,
      })
  }

  /** Asks about a person who hangs, and gives up once the sandbox has the call. */
  async function askAndGiveUp(ask: Awaited<ReturnType<typeof listen>>): Promise<void> {
    const caller = new AbortController()
    const hanging = expect(ask([person('a', '960')], caller.signal)).rejects.toThrow()
    await expect.poll(stats, PATIENT).toMatchObject({ calls: 1, concurrent: 1 })
    caller.abort()
    await hanging
  }

  it('960 hangs until the caller gives up, and is then no longer under way', async () => {
    await askAndGiveUp(await listen())
    await expect.poll(stats, PATIENT).toMatchObject({ calls: 1, concurrent: 0 })
  })

  it('hangAttempts bounds how often it hangs', async () => {
    await post('/sandbox/control', { hangAttempts: 1 })
    const ask = await listen()
    await askAndGiveUp(ask)
    expect((await ask([person('a', '960')])).status).toBe(200)
  })

  it('slow holds calls, and tells how many were under way at once', async () => {
    await post('/sandbox/control', { mode: 'slow', delayMs: 200 })
    const ask = await listen()
    const replies = await Promise.all([ask([person('a')]), ask([person('b')]), ask([person('c')])])
    expect(replies.map((reply) => reply.status)).toEqual([200, 200, 200])
    expect((await get('/sandbox/stats')).body).toMatchObject({ maxConcurrent: 3, concurrent: 0 })
  })

  it('closes although a call hangs', async () => {
    const ask = await listen()
    const hanging = expect(ask([person('a', '961')])).rejects.toThrow()
    await expect.poll(stats, PATIENT).toMatchObject({ concurrent: 1 })
    await app.close()
    await hanging
  })
})
