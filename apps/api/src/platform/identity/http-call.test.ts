import { afterEach, describe, expect, it } from 'vitest'
import { createHttpCaller, type HttpReply } from './http-call.ts'
import { type AnsweringServer, startAnsweringServer } from './testing/answering-server.ts'

let server: AnsweringServer | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
})

async function exchange(answer: Parameters<typeof startAnsweringServer>[0], timeoutMs = 5000): Promise<HttpReply> {
  server = await startAnsweringServer(answer)
  return createHttpCaller(fetch).send({ url: new URL(server.baseUrl), token: 'secret', body: { a: 1 }, timeoutMs })
}

describe('createHttpCaller over real HTTP', () => {
  it('posts JSON with the token and returns the JSON that came', async () => {
    const reply = await exchange((body, response) => response.end(JSON.stringify({ got: JSON.parse(body) })))
    expect(reply).toEqual({ ok: true, json: { got: { a: 1 } } })
    expect(server?.requests[0]?.authorization).toBe('Bearer secret')
  })

  it('tells the code of an error body and never its message', async () => {
    const reply = await exchange((_body, response) => {
      response.writeHead(429, { 'retry-after': '7' })
      response.end(JSON.stringify({ error: { code: 'tooMany', message: '张三 00000020150315001X' } }))
    })
    expect(reply).toEqual({
      ok: false,
      failure: { kind: 'throttled', status: 429, code: 'tooMany', retryAfterMs: 7000 },
    })
  })

  it('drops a code that is not letters only', async () => {
    const reply = await exchange((_body, response) => {
      response.writeHead(400).end(JSON.stringify({ error: { code: '00000020150315001X', message: '' } }))
    })
    expect(reply).toEqual({ ok: false, failure: { kind: 'rejected', status: 400 } })
  })

  it('does not follow a redirect', async () => {
    const reply = await exchange((_body, response) => response.writeHead(307, { location: '/elsewhere' }).end())
    expect(reply).toMatchObject({ ok: false, failure: { kind: 'refused' } })
    expect(server?.requests.length).toBe(1)
  })

  it.each<[string, string | Buffer]>([
    ['a page instead of JSON', '<html>'],
    ['nothing', ''],
    ['half an answer', '{"results":['],
    ['a flood', Buffer.alloc(2_000_000, '1')],
  ])('takes %s for a bad answer', async (_title, content) => {
    const reply = await exchange((_body, response) => response.end(content))
    expect(reply).toEqual({ ok: false, failure: { kind: 'badAnswer', status: 200 } })
  })

  it('times out when no answer comes', async () => {
    expect(await exchange(() => undefined, 100)).toEqual({ ok: false, failure: { kind: 'timeout' } })
  })

  it('times out when the answer never ends', async () => {
    const reply = await exchange((_body, response) => response.write('{"results":'), 300)
    expect(reply).toEqual({ ok: false, failure: { kind: 'timeout' } })
  })

  it('tells a broken connection and an unreachable address from a timeout', async () => {
    const broken = await exchange((_body, _response, request) => request.socket.destroy())
    expect(broken).toEqual({ ok: false, failure: { kind: 'network' } })
    const url = new URL(server?.baseUrl ?? '')
    await server?.stop()
    server = undefined
    const unreachable = await createHttpCaller(fetch).send({ url, timeoutMs: 5000 })
    expect(unreachable).toEqual({ ok: false, failure: { kind: 'network' } })
  })

  it('cuts what is under way and sends no more once closed', async () => {
    const caller = createHttpCaller(fetch)
    server = await startAnsweringServer(() => caller.close())
    const call = { url: new URL(server.baseUrl), timeoutMs: 60_000 }
    const closed = { ok: false, failure: { kind: 'closed' } }
    expect(await caller.send(call)).toEqual(closed)
    expect(await caller.send(call)).toEqual(closed)
    expect(server.requests.length).toBe(1)
  })
})
