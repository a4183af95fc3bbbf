import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Answer, buildTestApp, cookieOf, type Person, personOf, type TestApp } from '../../testing/http.ts'
import { createMovableClock, type MovableClock } from '../../testing/movable-clock.ts'
import { buildWorld, TEST_PASSWORD, type World } from '../../testing/world.ts'
import { hashSecret } from './session.ts'

const DAY = 24 * 60

let world: World
const open: TestApp[] = []

/** An app with a clock of its own, so that no test ages the sessions of another. */
async function appWith(overrides: Parameters<typeof buildTestApp>[1] = {}): Promise<TestApp & MovableClock> {
  const time = createMovableClock()
  const test = await buildTestApp(world, { clock: time.clock, ...overrides })
  open.push(test)
  return { ...test, ...time }
}

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const login = (test: TestApp, username: string, password = TEST_PASSWORD): Promise<Answer> =>
  test.anonymous.post('/api/auth/login', { username, password })
/** What the outside sees of a refusal: everything but the request's own id. */
const seen = (answer: Answer) => [answer.status, answer.body.error.id, answer.body.error.message]
const idOf = (answer: Answer): string => answer.body?.error?.id ?? String(answer.status)

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
})
afterEach(async () => {
  for (const test of open.splice(0)) await test.close()
})
afterAll(async () => {
  await world.database.drop()
})

describe('the cookie', () => {
  it('is HttpOnly, SameSite=Strict, bound to the host over TLS, and only its hash is kept', async () => {
    const plain = await login(await appWith(), 'registrar')
    expect(plain.cookies).toHaveLength(1)
    expect(plain.cookies[0]).toMatchObject({ name: 'xueji', path: '/', httpOnly: true, sameSite: 'Strict' })
    expect(plain.cookies[0]).toMatchObject({ maxAge: 8 * 3600 })
    const secure = await login(await appWith({ overrides: { tls: true } }), 'registrar')
    expect(secure.cookies[0]).toMatchObject({ name: '__Host-xueji', secure: true, path: '/', httpOnly: true })
    expect(secure.cookies[0]).not.toHaveProperty('domain')
    for (const { value } of [plain.cookies[0]!, secure.cookies[0]!]) {
      expect(Buffer.from(value, 'base64url')).toHaveLength(32)
      expect(await sql('select 1 from session where id_hash = $1', [hashSecret(value)])).toHaveLength(1)
      expect(await sql(`select 1 from session s where strpos(s::text, $1) > 0`, [value])).toEqual([])
    }
    expect(JSON.stringify(plain.body)).not.toContain(plain.cookies[0]!.value)
  })

  it('is new at every sign-in; the one before it is over (no fixation)', async () => {
    const test = await appWith()
    const planted = `xueji=${Buffer.alloc(32, 7).toString('base64url')}`
    const first = await test.anonymous.post(
      '/api/auth/login',
      { username: 'registrar', password: TEST_PASSWORD },
      { headers: { cookie: planted } },
    )
    const cookie = cookieOf(first)
    expect(cookie).not.toBe(planted)
    expect((await personOf(test.app, '', planted, '').get('/api/auth/session')).status).toBe(401)
    // The sign-in page of somebody who is still in: his old session ends with the new one.
    const again = await personOf(test.app, '', cookie, '').post('/api/auth/login', {
      username: 'leader',
      password: TEST_PASSWORD,
    })
    expect(cookieOf(again)).not.toBe(cookie)
    expect((await personOf(test.app, '', cookie, '').get('/api/auth/session')).status).toBe(401)
    expect((await personOf(test.app, '', cookieOf(again), '').get('/api/auth/session')).body.username).toBe('leader')
  })

  it('is worth nothing after signing out, and nonsense is no session', async () => {
    const test = await appWith()
    const person = await test.signIn('registrar')
    const out = await person.post('/api/auth/logout')
    expect(out.status).toBe(200)
    expect(out.cookies[0]).toMatchObject({ name: 'xueji', value: '' })
    expect(idOf(await person.get('/api/auth/session'))).toBe('auth.required')
    expect(idOf(await person.post('/api/auth/logout'))).toBe('auth.required')
    for (const value of ['', 'x', '%00', '%', 'a'.repeat(5000), "' or 1=1 --", '学籍'])
      expect((await personOf(test.app, '', `xueji=${encodeURI(value)}`, '').get('/api/home')).status).toBe(401)
  })
})

describe('the life of a session (SEC-006)', () => {
  it('ends after 30 idle minutes, and not before', async () => {
    const test = await appWith()
    const person = await test.signIn('registrar')
    for (let visit = 0; visit < 3; visit++) {
      test.forward(29)
      expect((await person.get('/api/home')).status).toBe(200)
    }
    test.forward(31)
    expect(idOf(await person.get('/api/home'))).toBe('auth.required')
  })

  it('ends eight hours after signing in, however busy', async () => {
    const test = await appWith()
    const person = await test.signIn('registrar')
    for (let minutes = 0; minutes < 8 * 60 - 20; minutes += 20) {
      test.forward(20)
      expect((await person.get('/api/auth/session')).status).toBe(200)
    }
    test.forward(21)
    expect(idOf(await person.get('/api/auth/session'))).toBe('auth.required')
  })
})

describe('guessing (SEC-006)', () => {
  it('locks a user name after five failures for 30 minutes, with the same answers whether or not it exists', async () => {
    const test = await appWith()
    const answers: Record<string, unknown[]> = {}
    for (const username of ['leaderB', 'nobody-at-all']) {
      answers[username] = []
      for (let attempt = 0; attempt < 7; attempt++)
        answers[username].push(seen(await login(test, username, 'Wrong-1234')))
    }
    expect(answers.leaderB).toEqual(answers['nobody-at-all'])
    expect(answers.leaderB!.map((one) => (one as string[])[1])).toEqual([
      ...Array(5).fill('auth.invalid'),
      ...Array(2).fill('auth.locked'),
    ])
    expect(idOf(await login(test, 'leaderB'))).toBe('auth.locked')
    expect((await login(test, 'registrarB')).status).toBe(200)
    test.forward(29)
    expect(idOf(await login(test, 'leaderB'))).toBe('auth.locked')
    test.forward(2)
    expect(idOf(await login(test, 'nobody-at-all'))).toBe('auth.invalid')
    expect((await login(test, 'leaderB')).status).toBe(200)
  })

  it('forgets failures with a success; a disabled account answers like an unknown one', async () => {
    const test = await appWith()
    for (let turn = 0; turn < 2; turn++) {
      for (let attempt = 0; attempt < 4; attempt++) await login(test, 'leaderC', 'Wrong-1234')
      expect((await login(test, 'leaderC')).status).toBe(200)
    }
    await sql(`update account set status = 'disabled' where username = 'registrarCity'`)
    expect(seen(await login(test, 'registrarCity'))).toEqual(seen(await login(test, 'nobody-else')))
  })

  it('counts guesses sent at once as it counts them one by one', async () => {
    const test = await appWith()
    const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => login(test, 'leaderFar', `Wrong-${at}`)))
    const ids = answers.map(idOf)
    expect(ids.filter((id) => id === 'auth.invalid')).toHaveLength(5)
    expect(ids.filter((id) => id === 'auth.locked')).toHaveLength(25)
    expect(idOf(await login(test, 'leaderFar'))).toBe('auth.locked')
  })

  it('keeps user names of failed sign-ins as hashes only', async () => {
    const rows = await sql('select username_hash from login_failure')
    expect(rows.length).toBeGreaterThan(0)
    for (const { username_hash } of rows) expect(username_hash).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('passwords (SEC-004)', () => {
  const home = (person: Person) => person.get('/api/home').then(idOf)
  const change = (person: Person, newPassword: string, oldPassword = TEST_PASSWORD) =>
    person.post('/api/auth/password', { oldPassword, newPassword })

  it('expire after 90 days: nothing but a change is possible', async () => {
    const test = await appWith()
    expect((await login(test, 'farCounty')).body.passwordDaysLeft).toBe(90)
    test.forward(89 * DAY)
    const early = await test.signIn('farCounty')
    expect(await home(early)).toBe('200')
    test.forward(2 * DAY)
    const person = await test.signIn('farCounty')
    expect((await person.get('/api/auth/session')).body.passwordDaysLeft).toBeLessThanOrEqual(0)
    expect(await home(person)).toBe('auth.passwordExpired')
    expect((await change(person, 'Brand-New-2345')).body).toMatchObject({
      passwordDaysLeft: 90,
      mustChangePassword: false,
    })
    expect(await home(person)).toBe('200')
  })

  it('expire as the nearest setting says', async () => {
    await sql(
      `insert into setting (key, org_path, value) values ('password.validDays', '44', '30'), ('password.validDays', '440203', '365')`,
    )
    const test = await appWith()
    expect((await login(test, 'registrar')).body.passwordDaysLeft).toBe(365)
    expect((await login(test, 'sibling')).body.passwordDaysLeft).toBe(30)
    expect((await login(test, 'otherProvince')).body.passwordDaysLeft).toBe(90)
    test.forward(31 * DAY)
    expect(await home(await test.signIn('sibling'))).toBe('auth.passwordExpired')
    expect(await home(await test.signIn('registrar'))).toBe('200')
    await sql('delete from setting')
  })

  it('of the first sign-in must be changed; whoever else sits in a session of the account is out', async () => {
    const test = await appWith()
    const other = await test.signIn('otherProvince')
    await sql(`update account set must_change = true where username = 'otherProvince'`)
    const person = await test.signIn('otherProvince')
    expect((await person.get('/api/auth/session')).body.mustChangePassword).toBe(true)
    expect(await home(person)).toBe('auth.mustChangePassword')
    expect(idOf(await person.get('/api/organizations'))).toBe('auth.mustChangePassword')
    expect((await change(person, 'Brand-New-2345')).status).toBe(200)
    expect(await home(person)).toBe('200')
    expect(await home(other)).toBe('auth.required')
    expect(idOf(await login(test, 'otherProvince'))).toBe('auth.invalid')
    expect((await login(test, 'otherProvince', 'Brand-New-2345')).status).toBe(200)
  })

  it.each([
    ['too short', 'Aa1-aa1aa'],
    ['two classes', 'abcdefgh1234'],
    ['one class', '123456789012'],
    ['the old one', TEST_PASSWORD],
    ['contains the user name', 'Sibling-1234'],
    ['too long', `Aa1-${'x'.repeat(61)}`],
  ])('are not changed to a weak one: %s', async (_why, weak) => {
    const person = await (await appWith()).signIn('sibling')
    expect(idOf(await change(person, weak))).toBe('auth.weakPassword')
    expect(await home(person)).toBe('200')
  })

  it('are not changed without the old one', async () => {
    const person = await (await appWith()).signIn('sibling')
    expect(idOf(await change(person, 'Brand-New-2345', 'Wrong-1234'))).toBe('auth.wrongPassword')
  })

  it('are not guessed from a session left open: the sixth guess is no longer looked at (SEC-006)', async () => {
    const test = await appWith()
    const person = await test.signIn('leaderB')
    const guesses: string[] = []
    for (let count = 0; count < 6; count++) guesses.push(idOf(await change(person, 'Brand-New-2345', `Wrong-${count}`)))
    expect(guesses).toEqual([...Array(5).fill('auth.wrongPassword'), 'auth.locked'])
    expect(idOf(await change(person, 'Brand-New-2345'))).toBe('auth.locked')
    test.forward(31)
    expect(idOf(await change(await test.signIn('leaderB'), 'Brand-New-2345', 'Wrong-9'))).toBe('auth.wrongPassword')
  })
})

it('refused sign-ins are in the audit of the account that was tried', async () => {
  const test = await appWith()
  expect(idOf(await login(test, 'registrarFar', 'Wrong-1234'))).toBe('auth.invalid')
  expect(idOf(await login(test, 'nobody-at-all', 'Wrong-1234'))).toBe('auth.invalid')
  const lines = await sql(
    `select e.actor_name = a.display_name as named, e.org_path = a.org_path as placed from audit_event e
     join account a on a.id = e.actor_id and a.username = 'registrarFar' where e.action = 'session.refused'`,
  )
  expect(lines).toEqual([{ named: true, placed: true }])
})

describe('rights are read at every request', () => {
  it('a stream of live news ends with its session', async () => {
    const test = await appWith({ heartbeatMillis: 50 })
    await test.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = test.app.server.address() as { port: number }
    const person = await test.signIn('registrarFar')
    const response = await fetch(`http://127.0.0.1:${port}/api/live`, { headers: { cookie: person.cookie } })
    const reader = response.body!.getReader()
    const hear = async () => Buffer.from((await reader.read()).value ?? '').toString()
    let heard = ''
    while (!heard.includes('still here')) heard += await hear()
    await sql('delete from session where id_hash = $1', [hashSecret(person.cookie.replace('xueji=', ''))])
    for (;;) if ((await reader.read()).done) break
  })

  it('a revoked role, a disabled account and an abolished organisation hold from the next request on (SEC-008)', async () => {
    const test = await appWith()
    const person = await test.signIn('registrarC')
    const items = () => person.get('/api/rooms/registration/items').then(idOf)
    expect(await items()).toBe('200')
    await sql(`delete from role_grant g using account a where a.id = g.account_id and a.username = 'registrarC'`)
    expect(await items()).toBe('forbidden')
    expect((await person.get('/api/auth/session')).body.roles).toEqual([])
    await sql(`update account set status = 'disabled' where username = 'registrarC'`)
    expect(await items()).toBe('auth.required')
    const leader = await test.signIn('leaderC')
    await sql(`update organization set status = 'abolished' where path = $1`, [world.org.schoolC!.path])
    expect(idOf(await leader.get('/api/home'))).toBe('auth.required')
  })

  it('a forced log-out ends sessions within range only, and never one’s own (SEC-002, SEC-003)', async () => {
    const test = await appWith()
    const [admin, victim, colleague, far, above] = await Promise.all(
      ['countyAdmin', 'registrarB', 'leader', 'registrarFar', 'province'].map((name) => test.signIn(name)),
    )
    const alive = async (person: Person) => (await person.get('/api/auth/session')).status === 200
    const keyOf = (person: Person) => hashSecret(person.cookie.replace('xueji=', ''))
    const listed = (await admin!.get('/api/online-users', { query: { limit: '200' } })).body.rows
    const keys = listed.map((row: { sessionKey: string }) => row.sessionKey)
    expect(keys).toEqual(expect.arrayContaining([victim!, colleague!, admin!].map(keyOf)))
    expect(keys).not.toEqual(expect.arrayContaining([keyOf(far!)]))
    const forceOut = (body: unknown) => admin!.post('/api/online-users/force-out', body)
    const outOfRange = { sessionKeys: [keyOf(far!), keyOf(above!), keyOf(admin!)] }
    expect((await forceOut(outOfRange)).body).toEqual({ ended: 0 })
    expect((await forceOut({ sessionKeys: [keyOf(victim!)] })).body).toEqual({ ended: 1 })
    expect([await alive(victim!), await alive(colleague!)]).toEqual([false, true])
    expect((await forceOut({ all: true })).body.ended).toBeGreaterThan(0)
    expect(await Promise.all([colleague!, far!, above!, admin!].map(alive))).toEqual([false, true, true, true])
    const trace = await sql(`select detail from audit_event where action = 'session.forceOut' order by chain, seq`)
    expect(trace).toHaveLength(3)
  })
})

describe('requests of other sites', () => {
  it('fail without the session’s own CSRF token, and change nothing', async () => {
    const test = await appWith()
    const person = await test.signIn('registrar')
    const other = await test.signIn('leader')
    const before = await sql('select count(*) from grade')
    const create = (token: string | undefined) =>
      person.post(
        '/api/school/grades',
        { stage: 1, entryYear: world.entryYear - 3 },
        { headers: { 'x-csrf-token': token } },
      )
    for (const token of [undefined, '', 'x', other.csrf, `${person.csrf}x`])
      expect(idOf(await create(token))).toBe('auth.csrf')
    expect(await sql('select count(*) from grade')).toEqual(before)
    expect((await create(person.csrf)).status).toBe(200)
    expect((await person.get('/api/home', { headers: { 'x-csrf-token': undefined } })).status).toBe(200)
  })

  it('fail by their Origin even with cookie and token, signing in included', async () => {
    const test = await appWith()
    const person = await test.signIn('registrar')
    const post = (origin: string, more: Record<string, string> = {}) =>
      person.post('/api/auth/logout', undefined, { headers: { origin, host: 'xueji.test', ...more } }).then(idOf)
    for (const origin of ['https://evil.test', 'null', 'http://xueji.test.evil.test', 'http://xueji.test:81', 'x'])
      expect(await post(origin)).toBe('auth.csrf')
    expect(await post('https://evil.test', { 'x-forwarded-host': 'evil.test' })).toBe('auth.csrf')
    const signIn = await test.anonymous.post(
      '/api/auth/login',
      { username: 'registrar', password: TEST_PASSWORD },
      { headers: { origin: 'https://evil.test' } },
    )
    expect(idOf(signIn)).toBe('auth.csrf')
    expect(await post('http://xueji.test')).toBe('200')
  })
})

describe('forwarded headers', () => {
  const ipOf = async (test: TestApp, remoteAddress: string, forwarded: string) => {
    const person = await test.signIn('city', TEST_PASSWORD, {
      remoteAddress,
      headers: { 'x-forwarded-for': forwarded, forwarded: `for=${forwarded}`, 'x-real-ip': forwarded },
    })
    const [row] = await sql('select ip from session where id_hash = $1', [
      hashSecret(person.cookie.replace('xueji=', '')),
    ])
    return row.ip
  }

  it('are believed from trusted proxies only', async () => {
    const plain = await appWith()
    expect(await ipOf(plain, '203.0.113.7', '198.51.100.9')).toBe('203.0.113.7')
    const behindProxy = await appWith({ overrides: { trustedProxies: ['10.0.0.1'] } })
    expect(await ipOf(behindProxy, '10.0.0.1', '198.51.100.9')).toBe('198.51.100.9')
    expect(await ipOf(behindProxy, '203.0.113.7', '198.51.100.9')).toBe('203.0.113.7')
    expect(await ipOf(behindProxy, '10.0.0.1', '192.0.2.1, 198.51.100.9')).toBe('198.51.100.9')
  })

  it('do not get round the limit of sign-ins', async () => {
    const test = await appWith({ overrides: { loginLimitPerMinute: 3 } })
    const answers: Answer[] = []
    for (let at = 0; at < 5; at++)
      answers.push(
        await test.anonymous.post(
          '/api/auth/login',
          { username: `guess-${at}`, password: 'x' },
          { headers: { 'x-forwarded-for': `198.51.100.${at}` } },
        ),
      )
    expect(answers.map(idOf)).toEqual([...Array(3).fill('auth.invalid'), ...Array(2).fill('request.tooMany')])
  })
})
