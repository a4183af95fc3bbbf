import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  ApiError,
  apiGet,
  apiPeek,
  apiSend,
  newKey,
  queryString,
  setCsrfToken,
  setSessionRescue,
} from './api-client.ts'

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })
const refusal = (status: number, id: string) => answer(status, { error: { id, message: id, requestId: 'r1' } })

/** Answers one call after the other; returns what was asked. */
function serve(...answers: (Response | Error)[]) {
  const calls: { path: string; headers: Record<string, string> }[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    calls.push({ path, headers: { ...(init.headers as Record<string, string>) } })
    const next = answers.shift()
    if (next instanceof Error) throw next
    return next
  })
  return calls
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  setSessionRescue(async () => false)
})

describe('calls to the server', () => {
  it('sends only the conditions that are set', () => {
    expect(queryString({ a: 1, b: '', c: undefined, d: null, e: '陈 明' })).toBe(
      `?a=1&e=${encodeURIComponent('陈')}+${encodeURIComponent('明')}`,
    )
    expect(queryString({})).toBe('')
  })

  it('makes keys the server accepts, without a secure context', () => {
    expect(newKey()).toMatch(/^[\w-]{8,80}$/)
    expect(newKey()).not.toBe(newKey())
  })

  it('tries a change again with the same key when the answer was lost', async () => {
    vi.useFakeTimers()
    const calls = serve(new TypeError('network'), refusal(503, 'unavailable'), answer(200, { ok: true }))
    const result = apiSend('POST', '/api/x', { a: 1 })
    await vi.runAllTimersAsync()
    await expect(result).resolves.toEqual({ ok: true })
    expect(calls).toHaveLength(3)
    expect(new Set(calls.map((call) => call.headers['idempotency-key'])).size).toBe(1)
  })

  it('never tries a refusal again', async () => {
    const calls = serve(refusal(409, 'review.alreadyDecided'))
    await expect(apiSend('POST', '/api/x')).rejects.toMatchObject({
      id: 'review.alreadyDecided',
      status: 409,
      requestId: 'r1',
    })
    expect(calls).toHaveLength(1)
  })

  it('waits for the new sign-in and goes on with the new token and the same key', async () => {
    setCsrfToken('old')
    const calls = serve(refusal(401, 'auth.required'), answer(200, { ok: true }))
    setSessionRescue(async () => {
      setCsrfToken('new')
      return true
    })
    await expect(apiSend('PUT', '/api/x', {})).resolves.toEqual({ ok: true })
    expect(calls.map((call) => call.headers['x-csrf-token'])).toEqual(['old', 'new'])
    expect(calls[0]!.headers['idempotency-key']).toBe(calls[1]!.headers['idempotency-key'])
  })

  it('asks for a sign-in only once per call', async () => {
    const rescue = vi.fn(async () => true)
    setSessionRescue(rescue)
    serve(refusal(401, 'auth.required'), refusal(401, 'auth.required'))
    await expect(apiGet('/api/x')).rejects.toBeInstanceOf(ApiError)
    expect(rescue).toHaveBeenCalledTimes(1)
  })

  it('asks for the session itself without asking anybody to sign in', async () => {
    const rescue = vi.fn(async () => true)
    setSessionRescue(rescue)
    serve(refusal(401, 'auth.required'))
    await expect(apiPeek('/api/auth/session')).rejects.toMatchObject({ status: 401 })
    expect(rescue).not.toHaveBeenCalled()
  })

  it('says so when the network stays away', async () => {
    vi.useFakeTimers()
    serve(new TypeError('network'), new TypeError('network'), new TypeError('network'))
    const result = expect(apiGet('/api/x')).rejects.toMatchObject({ id: 'offline', status: 0 })
    await vi.runAllTimersAsync()
    await result
  })
})
