import { randomUUID } from 'node:crypto'
import { text as readText } from 'node:stream/consumers'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { pino } from 'pino'
import { type AppParts, buildApp } from '../app.ts'
import type { Clock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import type { DatabaseLimits } from '../platform/db.ts'
import type { JobSender } from '../platform/jobs.ts'
import { createLiveHub } from '../platform/live-events.ts'
import { multipartBody, type Part } from './multipart.ts'
import { createTestPlatform, type TestPlatform } from './test-platform.ts'
import { TEST_PASSWORD, type World } from './world.ts'

/** An answer of the API as tests read it; `body` is the JSON value, or undefined when the answer is none. */
export type Answer = {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any
  readonly text: string
  readonly headers: LightMyRequestResponse['headers']
  readonly cookies: LightMyRequestResponse['cookies']
}

/** What a test may set on a request; a header set to undefined is left out. */
export type Options = {
  readonly query?: Record<string, string | string[]>
  readonly headers?: Record<string, string | undefined>
  readonly body?: unknown
  /** The idempotency key; a new one for each request when absent. */
  readonly key?: string
  readonly remoteAddress?: string
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'

/** Somebody at the API, signed in or not: sends cookie, CSRF token and idempotency key as the web page does. */
export type Person = {
  readonly username: string
  readonly cookie: string
  readonly csrf: string
  readonly call: (method: Method, url: string, options?: Options) => Promise<Answer>
  readonly get: (url: string, options?: Options) => Promise<Answer>
  readonly post: (url: string, body?: unknown, options?: Options) => Promise<Answer>
  readonly put: (url: string, body?: unknown, options?: Options) => Promise<Answer>
  readonly delete: (url: string, options?: Options) => Promise<Answer>
  /** Waits for the head of an endless answer only, then hangs up. */
  readonly open: (url: string, options?: Options) => Promise<Answer>
  /** Sends parts as multipart/form-data; a Uint8Array is one file called 名单.xlsx. */
  readonly upload: (url: string, content: Uint8Array | readonly Part[], options?: Options) => Promise<Answer>
}

/** The app on a test platform, with a live hub of its own. */
export type TestApp = {
  readonly app: FastifyInstance
  readonly platform: TestPlatform
  readonly anonymous: Person
  /** Signs in through the front door; a person who is already in is handed out again. */
  readonly as: (username: string) => Promise<Person>
  /** Signs in anew: a session of its own. */
  readonly signIn: (username: string, password?: string, options?: Options) => Promise<Person>
  readonly close: () => Promise<void>
}

/** What a test app may be built with besides its world. */
export type TestAppOptions = {
  readonly overrides?: Partial<Config>
  readonly clock?: Clock
  readonly limits?: DatabaseLimits
  /** Another way to the same database, e.g. through a proxy. */
  readonly databaseUrl?: string
  /** Receives every log line of the app; the level comes from `overrides.logLevel`. */
  readonly logStream?: { write: (line: string) => void }
  /** Called with the app before it is ready, e.g. to add a route. */
  readonly extend?: (app: FastifyInstance, platform: TestPlatform) => void
  readonly heartbeatMillis?: number
  /** What the population register answers; everything passes when left out. */
  readonly register?: AppParts['register']
  /** Called before a job is put on the queue; may throw as a queue does that is away. */
  readonly beforeJob?: () => Promise<void>
}

/** A register that knows everybody and has nobody twice. */
const PASSING: AppParts['register'] = {
  checkDuplicates: async (persons) => persons.map(({ ref }) => ({ ref, outcome: 'clear' })),
  verifyIdentities: async (persons) => persons.map(({ ref }) => ({ ref, outcome: 'match' })),
}

// As in production, but for a machine that is busy with other tests.
const LIMITS: DatabaseLimits = { statementTimeout: 20_000, lockTimeout: 10_000, connections: 16, patience: 20_000 }

/** Builds the app as `main.ts` does, on a real database, jobs collected instead of queued. */
export async function buildTestApp(world: World, options: TestAppOptions = {}): Promise<TestApp> {
  const url = options.databaseUrl ?? world.database.url
  const platform = createTestPlatform(url, options.overrides, options.clock, options.limits ?? LIMITS)
  const hub = createLiveHub(url, pino({ level: 'silent' }))
  const closeParts = async (): Promise<void> => {
    await hub.close()
    await platform.close()
  }
  const { logStream, extend, beforeJob, heartbeatMillis } = options
  const jobs: JobSender = {
    ...platform.jobs,
    send: async (...job) => {
      await beforeJob?.()
      await platform.jobs.send(...job)
    },
  }
  const build = async (): Promise<FastifyInstance> => {
    const built = await buildApp({
      ...platform,
      jobs,
      hub,
      register: options.register ?? PASSING,
      ...(logStream ? { logStream } : {}),
      ...(heartbeatMillis ? { heartbeatMillis } : {}),
    })
    extend?.(built, { ...platform, jobs })
    await built.ready()
    return built
  }
  const app = await build().catch(async (error: unknown) => {
    await closeParts()
    throw error
  })
  const known = new Map<string, Promise<Person>>()
  const signIn: TestApp['signIn'] = async (username, password = TEST_PASSWORD, more = {}) => {
    const anonymous = personOf(app, '', '', '')
    const answer = await anonymous.post('/api/auth/login', { username, password }, more)
    if (answer.status !== 200) throw new Error(`${username} cannot sign in: ${answer.text}`)
    return personOf(app, username, cookieOf(answer), answer.body.csrfToken)
  }
  return {
    app,
    platform,
    anonymous: personOf(app, '', '', ''),
    signIn,
    as: (username) => {
      const person = known.get(username) ?? signIn(username)
      known.set(username, person)
      return person
    },
    close: async () => {
      await app.close()
      await closeParts()
    },
  }
}

/** The session cookie of an answer as a request header. */
export function cookieOf(answer: Pick<Answer, 'cookies'>): string {
  const cookie = answer.cookies.find((one) => one.name.endsWith('xueji'))
  return cookie ? `${cookie.name}=${cookie.value}` : ''
}

/** A person with this cookie and token. */
export function personOf(app: FastifyInstance, username: string, cookie: string, csrf: string): Person {
  const request = (method: Method, url: string, options: Options): InjectOptions => {
    const headers = {
      ...(cookie ? { cookie } : {}),
      ...(csrf ? { 'x-csrf-token': csrf } : {}),
      ...(method === 'GET' || method === 'HEAD' ? {} : { 'idempotency-key': options.key ?? randomUUID() }),
      ...options.headers,
    }
    return {
      method,
      url,
      headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
      ...(options.query ? { query: options.query } : {}),
      ...(options.body === undefined ? {} : { payload: options.body as object }),
      ...(options.remoteAddress ? { remoteAddress: options.remoteAddress } : {}),
    }
  }
  const call: Person['call'] = async (method, url, options = {}) =>
    answerOf(await app.inject(request(method, url, options)))
  return {
    username,
    cookie,
    csrf,
    call,
    get: (url, options) => call('GET', url, options),
    post: (url, body, options) => call('POST', url, { ...options, body }),
    put: (url, body, options) => call('PUT', url, { ...options, body }),
    delete: (url, options) => call('DELETE', url, options),
    open: async (url, options = {}) => {
      const response = await app.inject({ ...request('GET', url, options), payloadAsStream: true })
      const { statusCode: status, headers } = response
      if (status === 200) response.raw.res.req.destroy()
      const text = status === 200 ? '' : await readText(response.stream())
      return { status, headers, text, body: text ? JSON.parse(text) : undefined, cookies: [] }
    },
    upload: (url, content, options) => {
      const { payload, contentType } = multipartBody(
        content instanceof Uint8Array ? [{ name: 'file', filename: '名单.xlsx', content }] : content,
      )
      return call('POST', url, {
        ...options,
        body: payload,
        headers: { 'content-type': contentType, ...options?.headers },
      })
    },
  }
}

function answerOf(response: LightMyRequestResponse): Answer {
  const text = response.payload
  let body: unknown
  if (String(response.headers['content-type'] ?? '').startsWith('application/json')) body = JSON.parse(text)
  return { status: response.statusCode, body, text, headers: response.headers, cookies: response.cookies }
}
