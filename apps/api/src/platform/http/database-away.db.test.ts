import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type Answer, buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { createMovableClock } from '../../testing/movable-clock.ts'
import { fingerprint } from '../../testing/snapshot.ts'
import { startTcpProxy, type TcpProxy } from '../../testing/tcp-proxy.ts'
import { buildWorld, TEST_PASSWORD, type World } from '../../testing/world.ts'

let world: World
let wire: TcpProxy
let test: TestApp
let registrar: Person
const time = createMovableClock()

/** Far beyond the second it takes, far below hanging. */
const SOON = 8_000
/** Statements may take half a second here, so that a frozen wire is noticed soon. */
const LIMITS = { statementTimeout: 500, lockTimeout: 500, connections: 6 }

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  wire = await startTcpProxy(world.database.url)
  test = await buildTestApp(world, {
    databaseUrl: wire.url,
    limits: LIMITS,
    clock: time.clock,
    overrides: { demo: true },
  })
  registrar = await test.signIn('registrar')
})
afterAll(async () => {
  await wire.mend()
  await test.close()
  await wire.close()
  await world.database.drop()
})
beforeEach(async () => {
  await wire.mend()
  await recovered()
})

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const idOf = (answer: Answer): string => answer.body?.error?.id ?? String(answer.status)
const recovered = () =>
  expect.poll(async () => (await registrar.get('/api/home')).status, { timeout: 15_000, interval: 100 }).toBe(200)

/** Everything a person may want meanwhile. */
const wishes = (): Record<string, () => Promise<Answer>> => ({
  home: () => registrar.get('/api/home'),
  session: () => registrar.get('/api/auth/session'),
  items: () => registrar.get('/api/rooms/registration/items'),
  organizations: () => registrar.get('/api/organizations'),
  'sign-in page': () => test.anonymous.get('/api/auth/sign-in'),
  login: () => test.anonymous.post('/api/auth/login', { username: 'leader', password: TEST_PASSWORD }),
  logout: () => registrar.post('/api/auth/logout'),
  grade: () => registrar.post('/api/school/grades', { stage: 1, entryYear: 2001 }),
  upload: () => registrar.upload('/api/rooms/registration/imports?category=R11', Buffer.from('x')),
  readiness: () => test.anonymous.get('/health/ready'),
})

/** Asks for everything at once, twice over; what was answered, and whether in time. */
async function askForEverything(): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {}
  const ask = async (name: string, wish: () => Promise<Answer>): Promise<void> => {
    const late = new Promise<'late'>((resolve) => setTimeout(resolve, SOON, 'late').unref())
    const answer = await Promise.race([wish(), late])
    const outcome = answer === 'late' ? answer : whatOf(name, answer)
    if (!(name in outcomes) || outcome !== 'unavailable') outcomes[name] = outcome
  }
  for (let turn = 0; turn < 2; turn++)
    await Promise.all(Object.entries(wishes()).map(([name, wish]) => ask(name, wish)))
  return outcomes
}

function whatOf(name: string, answer: Answer): string {
  if (name === 'readiness')
    return answer.status === 503 && answer.body.waitsFor === 'database' ? 'unavailable' : answer.text
  const wellFormed = answer.status === 503 && answer.headers['retry-after'] && answer.body?.error?.requestId
  return wellFormed ? idOf(answer) : answer.text
}

const ALL_UNAVAILABLE = Object.fromEntries(Object.keys(wishes()).map((name) => [name, 'unavailable']))

describe('while the database is away', () => {
  it('cut off: everything is answered 503 at once, nothing is written, and all is well when it is back', async () => {
    const before = await fingerprint(world)
    await wire.cut()
    expect(await askForEverything()).toEqual(ALL_UNAVAILABLE)
    expect((await test.anonymous.get('/health/live')).status).toBe(200)
    await wire.mend()
    await recovered()
    expect(await fingerprint(world)).toEqual(before)
    expect((await test.anonymous.get('/health/ready')).status).toBe(200)
    expect((await registrar.post('/api/school/grades', { stage: 1, entryYear: 2001 })).status).toBe(200)
  })

  it('frozen, as by a router that drops packets: no request hangs', async () => {
    const before = await fingerprint(world)
    wire.freeze()
    expect(await askForEverything()).toEqual(ALL_UNAVAILABLE)
    await wire.mend()
    await recovered()
    expect(await fingerprint(world)).toEqual(before)
  })

  it('closed to connections by its own administrator', async () => {
    const admin = new pg.Client({ connectionString: inject('postgresUrl') })
    await admin.connect()
    const name = new URL(world.database.url).pathname.slice(1)
    const own = (await sql('select pg_backend_pid() as pid'))[0].pid
    await admin.query(`alter database ${name} allow_connections false`)
    try {
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> $2', [
        name,
        own,
      ])
      expect(await askForEverything()).toEqual(ALL_UNAVAILABLE)
    } finally {
      await admin.query(`alter database ${name} allow_connections true`)
      await admin.end()
    }
    await recovered()
  })
})

// Of this database: others on the server are tested at the same time.
const WAITS_FOR_GRADE = `select 1 from pg_locks l join pg_database d on d.oid = l.database
  where not l.granted and d.datname = current_database() and l.relation = 'grade'::regclass`

describe('a request in the middle of its work', () => {
  it('is answered 503, leaves nothing, and its retry does the work once', async () => {
    const [key, before] = [randomUUID(), await fingerprint(world)]
    const create = () => registrar.post('/api/school/grades', { stage: 1, entryYear: 2002 }, { key })
    const holder = new pg.Client({ connectionString: world.database.url })
    await holder.connect()
    await holder.query('begin')
    await holder.query('lock table grade in access exclusive mode')
    const first = create()
    await expect
      .poll(async () => (await sql(WAITS_FOR_GRADE)).length, { timeout: 10_000, interval: 5 })
      .toBeGreaterThan(0)
    await wire.cut()
    expect(idOf(await first)).toBe('unavailable')
    await holder.query('rollback')
    await holder.end()
    await wire.mend()
    await recovered()
    expect(await fingerprint(world)).toEqual(before)
    // The key could not be given back while the database was away: it is free again after a minute.
    expect(idOf(await create())).toBe('request.inProgress')
    time.forward(2)
    expect(idOf(await create())).toBe('200')
    expect((await create()).headers['idempotency-replayed']).toBe('true')
    expect(await sql('select 1 from grade where entry_year = 2002')).toHaveLength(1)
  })

  it('too slow for its limit is 503 as well, and the next one is served', async () => {
    await sql('begin')
    await sql('lock table grade in access exclusive mode')
    expect(idOf(await registrar.get('/api/school/structure'))).toBe('unavailable')
    await sql('rollback')
    expect((await registrar.get('/api/school/structure')).status).toBe(200)
  })
})

it('live news comes back by itself', async () => {
  await wire.cut()
  await wire.mend()
  await test.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = test.app.server.address() as { port: number }
  const stop = new AbortController()
  await recovered()
  const response = await fetch(`http://127.0.0.1:${port}/api/live`, {
    headers: { cookie: registrar.cookie },
    signal: stop.signal,
  })
  const reader = response.body!.getReader()
  let heard = ''
  const listening = (async () => {
    while (!heard.includes('news')) heard += Buffer.from((await reader.read()).value!).toString()
  })()
  // Told again until the listener is back: news that nobody hears is not kept.
  const news = JSON.stringify({ topic: 'queue', id: 'news', orgPath: world.org.school!.path })
  const tell = () => sql(`select pg_notify('xueji_live', $1)`, [news])
  const telling = setInterval(() => void tell().catch(() => {}), 100)
  try {
    await listening
  } finally {
    clearInterval(telling)
  }
  stop.abort()
  expect(heard).toContain('"id":"news"')
})
