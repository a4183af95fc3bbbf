import { RegisterError } from '@xueji/contracts/identity/identity-register.api'
import { type CallFailure, failureOfStatus } from './call-failure.ts'
import { parseRetryAfter } from './retry-policy.ts'

export type HttpCall = {
  readonly url: URL
  /** Left out on the health check. */
  readonly token?: string
  /** Sent as JSON by POST; without it the call is a GET. */
  readonly body?: unknown
  readonly timeoutMs: number
}

export type HttpReply =
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly failure: CallFailure }

/** Five hundred results take some 50 KB; more than this is no answer, and must not fill our memory. */
const MAX_ANSWER_BYTES = 1_048_576

/**
 * Sends calls and turns whatever happens into a value: it never throws, never follows a redirect (the token and the
 * persons would go along), and never waits longer than `timeoutMs` for the last byte. `close` cuts every call under way and sends no more.
 */
export function createHttpCaller(fetchLike: typeof fetch) {
  const underWay = new Set<AbortController>()
  let isClosed = false

  return {
    close(): void {
      isClosed = true
      for (const controller of underWay) controller.abort('closed')
    },

    async send(call: HttpCall): Promise<HttpReply> {
      if (isClosed) return { ok: false, failure: { kind: 'closed' } }
      // One controller per call, not AbortSignal.any over a signal that lives as long as the process: nothing piles up.
      const controller = new AbortController()
      const timer = setTimeout(() => controller.abort('timeout'), call.timeoutMs)
      underWay.add(controller)
      try {
        return await exchange(fetchLike, call, controller.signal)
      } catch {
        // The error itself is dropped: its text is not ours and could quote what was sent.
        const why = controller.signal.aborted ? controller.signal.reason : 'network'
        return { ok: false, failure: { kind: why === 'timeout' || why === 'closed' ? why : 'network' } }
      } finally {
        clearTimeout(timer)
        underWay.delete(controller)
      }
    },
  }
}

async function exchange(fetchLike: typeof fetch, call: HttpCall, signal: AbortSignal): Promise<HttpReply> {
  const response = await fetchLike(call.url, {
    method: call.body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      ...(call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }),
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: call.body === undefined ? undefined : JSON.stringify(call.body),
    redirect: 'manual',
    signal,
  })
  const json = await readJson(response)
  if (response.status === 200) {
    return json === undefined ? { ok: false, failure: { kind: 'badAnswer', status: 200 } } : { ok: true, json }
  }
  const error = RegisterError.safeParse(json)
  return {
    ok: false,
    failure: {
      kind: failureOfStatus(response.status),
      status: response.status,
      code: error.success ? error.data.error.code : undefined,
      retryAfterMs: parseRetryAfter(response.headers.get('retry-after'), response.headers.get('date')),
    },
  }
}

/** The body as JSON, or undefined when it is none or larger than any answer can be. */
async function readJson(response: Response): Promise<unknown> {
  if (response.body === null) return undefined
  const chunks: Uint8Array[] = []
  let bytes = 0
  // Leaving the loop early cancels the body and frees the connection.
  for await (const chunk of response.body) {
    bytes += chunk.byteLength
    if (bytes > MAX_ANSWER_BYTES) return undefined
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}
