import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTemporaryFolder } from '@xueji/db/embedded-postgres'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Answer, buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { buildWorld, type World } from '../../testing/world.ts'

let world: World
let folder: string
const apps: Record<'plain' | 'tls', TestApp> = {} as never

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  folder = makeTemporaryFolder('xueji-web-')
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>学籍</title>')
  writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'export {}')
  apps.plain = await buildTestApp(world, { overrides: { webFolder: folder, rateLimitPerMinute: 400 } })
  apps.tls = await buildTestApp(world, { overrides: { webFolder: folder, tls: true } })
})
afterAll(async () => {
  for (const test of Object.values(apps)) await test.close()
  rmSync(folder, { recursive: true, force: true })
  await world.database.drop()
})

/** One answer of every kind, by what it is. */
const answers = (test: TestApp, registrar: Person): Record<string, () => Promise<Answer>> => ({
  data: () => registrar.get('/api/home'),
  'a download': () => registrar.get('/api/rooms/registration/template/R11'),
  'live news': () => registrar.open('/api/live'),
  'a session': () => registrar.get('/api/auth/session'),
  '400': () => registrar.get('/api/rooms/registration/items?limit=x'),
  '401': () => test.anonymous.get('/api/home'),
  '403': () => registrar.get('/api/online-users'),
  '404 of the API': () => registrar.get('/api/nonsense'),
  '405': () => registrar.call('PATCH', '/api/home'),
  '415': () =>
    registrar.call('POST', '/api/auth/password', { body: '<a/>', headers: { 'content-type': 'application/xml' } }),
  'the API’s description': () => test.anonymous.get('/api/docs/json'),
  'a probe': () => test.anonymous.get('/health/live'),
  'the web app': () => test.anonymous.get('/'),
  'a page of the web app': () => test.anonymous.get('/registration/review'),
  'an asset': () => test.anonymous.get('/assets/app-1a2b.js'),
})

describe.each(['plain', 'tls'] as const)('over %s connections', (kind) => {
  it('every answer keeps the browser from guessing types, from framing it and from running foreign script', async () => {
    const test = apps[kind]
    for (const [what, ask] of Object.entries(answers(test, await test.as('registrar')))) {
      const { headers, status } = await ask()
      expect(headers['x-content-type-options'], `${what} ${status}`).toBe('nosniff')
      expect(headers['x-frame-options'], what).toBe('DENY')
      expect(headers['referrer-policy'], what).toBe('no-referrer')
      expect(headers['x-powered-by'], what).toBeUndefined()
      expect(headers['access-control-allow-origin'], what).toBeUndefined()
      const policy = String(headers['content-security-policy'])
      expect(policy, what).toMatch(/default-src 'self'/)
      expect(policy, what).toMatch(/object-src 'none'/)
      const scripts = /script-src ([^;]*)/.exec(policy)![1]!
      expect(scripts.trim(), what).toBe("'self'")
      expect(headers['strict-transport-security'] !== undefined, `${what}: HSTS`).toBe(kind === 'tls')
    }
  })
})

it('nothing of the API is kept by a cache; assets are, for they never change; the page itself is asked for again', async () => {
  const test = apps.plain
  const all = answers(test, await test.as('registrar'))
  for (const [what, ask] of Object.entries(all)) {
    const { headers } = await ask()
    const expected: Record<string, RegExp> = {
      'a probe': /^(undefined|no-store)$/,
      'the web app': /^(no-cache|public, max-age=0)$/,
      'a page of the web app': /^(no-cache|public, max-age=0)$/,
      'an asset': /^public, max-age=31536000, immutable$/,
    }
    expect(String(headers['cache-control']), what).toMatch(expected[what] ?? /^no-store$/)
  }
})

it('the page may not be framed, send forms elsewhere or load from elsewhere', async () => {
  const { headers } = await apps.plain.anonymous.get('/')
  const policy = String(headers['content-security-policy'])
  for (const part of [
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
  ])
    expect(policy).toContain(part)
  // Over plain HTTP there is nothing to upgrade to.
  expect(policy).not.toContain('upgrade-insecure-requests')
})

it('an unreadable path is answered before any of this, as plain data', async () => {
  const { status, headers, body } = await apps.plain.anonymous.get('/api/rooms/registration/items/%zz')
  expect([status, body.error.id]).toEqual([400, 'request.invalid'])
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['cache-control']).toBe('no-store')
  expect(headers['content-type']).toMatch(/^application\/json/)
})

it('a file to download says so', async () => {
  const { headers } = await (await apps.plain.as('registrar')).get('/api/rooms/registration/template/R11')
  expect(String(headers['content-disposition'])).toMatch(/^attachment; filename\*=UTF-8''/)
})

it('paths of the web app stay inside its folder', async () => {
  writeFileSync(join(folder, '..', 'beside.txt'), 'secret')
  for (const path of [
    '/../beside.txt',
    '/..%2fbeside.txt',
    '/assets/..%2f..%2fbeside.txt',
    '/assets/%2e%2e/%2e%2e/beside.txt',
    '/.env',
    '//etc/passwd',
  ])
    expect((await apps.plain.anonymous.get(path)).text, path).not.toContain('secret')
  rmSync(join(folder, '..', 'beside.txt'))
  expect((await apps.plain.anonymous.get('/api/nonsense')).body.error.id).toBe('notFound')
})

it('too many requests are refused in the usual shape', async () => {
  const statuses: number[] = []
  let last: Answer | undefined
  for (let sent = 0; sent < 500 && last?.status !== 429; sent++) {
    last = await apps.plain.anonymous.get('/api/auth/sign-in', { remoteAddress: '203.0.113.9' })
    statuses.push(last.status)
  }
  expect(last!.body.error.id).toBe('request.tooMany')
  expect(statuses.filter((status) => status === 200)).toHaveLength(400)
})
