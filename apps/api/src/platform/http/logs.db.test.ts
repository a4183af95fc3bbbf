import { flatten } from '@xueji/contracts/template/row-schema'
import { buildChildren } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { endDuplicates } from '../../pipeline/end-duplicates.ts'
import { runExport } from '../../pipeline/export-run.ts'
import { keepHouse } from '../../pipeline/housekeeping.ts'
import { runImport } from '../../pipeline/import-run.ts'
import { findRoom } from '../../rooms/index.ts'
import { itemsOf, passChecks } from '../../testing/corridor.ts'
import { buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { rosterFile } from '../../testing/roster-file.ts'
import type { TestPlatform } from '../../testing/test-platform.ts'
import { buildWorld, TEST_PASSWORD, WORLD_PEOPLE, type World } from '../../testing/world.ts'

let world: World
let test: TestApp
/** The platform of the jobs, whose log is read as well. */
let worker: TestPlatform
let children: StudentValues[]
const lines: string[] = []
const secrets: string[] = []

const ROOM = '/api/rooms/registration'
const OPINION = '请核对监护人联系电话19912345678'
const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const as = async (username: string): Promise<Person> => {
  const person = await test.signIn(username)
  secrets.push(person.cookie.replace('xueji=', ''), person.csrf)
  return person
}

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  const logStream = { write: (line: string) => void lines.push(line) }
  // The most talkative level that can be configured.
  test = await buildTestApp(world, { logStream, overrides: { logLevel: 'debug', demo: true } })
  worker = { ...test.platform, log: pino({ level: 'debug' }, logStream) }
  children = buildChildren(6, 41, {
    regionCode: '440203',
    regionName: '某县',
    schoolCode: world.org.school!.code,
    entryYear: world.entryYear,
  })
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

/** Everything about people that went through the system, and every secret. */
function privateTexts(): string[] {
  const ofChildren = children.flatMap((child) => {
    const flat = flatten(child)
    const keys = Object.keys(flat).filter((key) => /name|identityNumber|phone|address/i.test(key))
    return keys.map((key) => flat[key]!).filter((text) => text.length > 1)
  })
  const ofStaff = WORLD_PEOPLE.map(([username]) => `${username}甲`)
  return [...new Set([...ofChildren, ...ofStaff, ...secrets, TEST_PASSWORD, '19912345678', '某小明'])]
}

function checkLog(what: string): void {
  expect(lines.length, `${what}: nothing was logged`).toBeGreaterThan(0)
  const found = privateTexts().flatMap((text) =>
    lines.filter((line) => line.includes(text)).map((line) => `${text} in ${line}`),
  )
  expect(found.slice(0, 5), what).toEqual([])
  const numbers = lines.filter((line) => /(?<!\d)\d{17}[\dXx](?!\d)/.test(line))
  expect(numbers.slice(0, 5), `${what}: identity numbers`).toEqual([])
}

it('a whole flow writes nobody’s name, number, telephone, address, password or session into the log', async () => {
  const child = children[0]!
  await test.anonymous.post('/api/auth/login', { username: '19912345678', password: TEST_PASSWORD })
  await test.anonymous.get('/api/auth/sign-in')
  const [registrar, leader, county, admin] = [
    await as('registrar'),
    await as('leader'),
    await as('county'),
    await as('countyAdmin'),
  ]
  // A roster with errors, then a good one, under names that say whose they are.
  const upload = async (content: Uint8Array) => {
    const { body } = await registrar.upload(`${ROOM}/imports?category=R11`, [
      { name: 'file', filename: `${child.name}${child.identityNumber}.xlsx`, content },
    ])
    await runImport(worker, findRoom, body.batch.id)
    return body.batch.id as string
  }
  const bad = await upload(await rosterFile(children, (cells) => cells.set('birthDate', '20260230')))
  await registrar.get(`${ROOM}/imports/${bad}/issues`)
  const ids = await itemsOf(test.platform, await upload(await rosterFile(children)))
  expect(ids).toHaveLength(6)
  await upload(await rosterFile(children))
  await passChecks(test.platform)
  const query = { studentName: child.name!, identityNumber: child.identityNumber! }
  for (const person of [registrar, leader, county]) {
    await person.post(`${ROOM}/items/search`, query)
    await person.get(`${ROOM}/items`, { query })
    await person.get(`${ROOM}/items/${ids[0]}`)
    await person.get('/api/home')
    await person.open('/api/live')
    await person.get('/api/organizations', { query: { search: child.name! } })
  }
  await admin.get('/api/online-users', { query: { search: 'registrar甲' } })
  await leader.post(`${ROOM}/items/${ids[0]}/commands`, { command: 'refuse', opinion: OPINION, version: 1 })
  await leader.post(`${ROOM}/items/${ids[0]}/commands`, { command: 'refuse', opinion: OPINION, version: 0 })
  await leader.post(`${ROOM}/review-batches`, { command: 'approve', opinion: '', filter: {} })
  await registrar.post(`${ROOM}/review-batches`, {
    command: 'escalate',
    opinion: '',
    filter: { studentName: child.name },
  })
  await registrar.post(`${ROOM}/review-batches`, { command: 'escalate', opinion: '', ids })
  await county.post(`${ROOM}/review-batches`, { command: 'approve', opinion: OPINION, ids })
  expect(await sql('select 1 from student')).toHaveLength(5)
  const [{ cells }] = await sql('select cells from import_row where id = $1', [ids[0]])
  await registrar.put(`${ROOM}/items/${ids[0]}`, { values: { ...cells, phone: 'x', name: '某小明' }, version: 1 })
  await registrar.put(`${ROOM}/items/${ids[0]}`, { values: cells, version: 1 })
  const conditions = { studentName: child.name, identityNumber: child.identityNumber }
  await registrar.post(`${ROOM}/exports/preview`, { list: 'items', conditions })
  const wish = { list: 'items', conditions, columns: ['name', 'phone', 'identityNumber'] }
  await registrar.post(`${ROOM}/exports`, { ...wish, authoriser: { username: 'leader', password: '某小明-Wrong' } })
  const exported = await registrar.post(`${ROOM}/exports`, {
    ...wish,
    authoriser: { username: 'leader', password: TEST_PASSWORD },
  })
  await runExport(worker, findRoom, exported.body.id)
  expect((await registrar.get(`${ROOM}/exports/${exported.body.id}/file`)).status).toBe(200)
  await endDuplicates(worker)
  await keepHouse(worker)
  await registrar.post('/api/auth/password', { oldPassword: TEST_PASSWORD, newPassword: '某小明-Brand-New' })
  await registrar.post('/api/auth/logout')
  checkLog('the flow')
  // All of it went well, so nothing complains.
  expect(lines.filter((line) => JSON.parse(line).level >= 40)).toEqual([])
})

it('nor do requests that go wrong', async () => {
  const [registrar, child] = [await as('registrarB'), children[0]!]
  const number = child.identityNumber!
  for (const url of [
    `/api/students/${number}`,
    `/${child.name}`,
    `${ROOM}/items/${number}`,
    `${ROOM}/items/%zz${number}`,
    `${ROOM}/imports/${number}${'x'.repeat(300)}`,
    `${ROOM}/items?identityNumber=${number}&limit=wrong`,
    `${ROOM}/items?after=${number}`,
  ])
    expect((await registrar.get(encodeURI(url))).status).toBeGreaterThanOrEqual(400)
  const json = { 'content-type': 'application/json' }
  for (const body of [
    `{"name":"${child.name}","n":${number}x`,
    `{"username":"${child.name}\\u0000","password":"${number}"}`,
  ])
    await test.anonymous.call('POST', '/api/auth/login', { body, headers: json })
  await registrar.post('/api/school/classes', { gradeId: number, name: child.name, classType: '10' })
  await registrar.post('/api/school/grades', { stage: 1, entryYear: 2001 }, { headers: { cookie: `xueji=${number}` } })
  checkLog('bad requests')
})

it('nor do faults of our own, whatever PostgreSQL says about the row', async () => {
  const leader = await as('leader')
  const [open] = await sql(`select id, version from review_item where status = 'open' or status = 'returned' limit 1`)
  await sql(
    `update review_item set status = 'open', waiting_path = org_path, waiting_act = 'review', step = 0 where id = $1`,
    [open.id],
  )
  // The failing row is in the detail of such an error: name, number and all.
  await sql(`alter table review_item add constraint never check (status <> 'returned') not valid`)
  const answer = await leader.post(`${ROOM}/items/${open.id}/commands`, {
    command: 'refuse',
    opinion: OPINION,
    version: open.version,
  })
  expect(answer.status).toBe(500)
  await sql('alter table review_item drop constraint never')
  // The trace of a denial, written when the answer is already out, fails as well.
  await sql(`alter table audit_event add constraint never check (action <> 'access.notFound') not valid`)
  const before = lines.length
  expect((await leader.get(`${ROOM}/items/${crypto.randomUUID()}`)).status).toBe(404)
  await expect
    .poll(() => lines.slice(before).filter((line) => JSON.parse(line).level >= 40), { timeout: 10_000 })
    .not.toEqual([])
  await sql('alter table audit_event drop constraint never')
  const faults = lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50)
  expect(faults.map(({ msg }) => msg)).toContain('request failed')
  checkLog('faults')
})

it('what is logged of a request is its method, its route and its result', () => {
  const requests = lines.map((line) => JSON.parse(line)).filter((line) => line.req)
  expect(requests.length).toBeGreaterThan(20)
  for (const { req } of requests) expect(Object.keys(req).sort()).toEqual(req.route ? ['method', 'route'] : ['method'])
  const routes = new Set(requests.map(({ req }) => req.route))
  expect(routes).toContain(`${ROOM}/items/:id`)
})

it('the audit and the queue hold ids, never numbers or names of children', async () => {
  const detail = JSON.stringify(await sql('select action, target, detail from audit_event'))
  expect(detail.length).toBeGreaterThan(1000)
  const jobs = JSON.stringify(test.platform.sentJobs)
  for (const child of children)
    for (const text of [child.identityNumber!, child.name!, child.phone!]) {
      expect(detail).not.toContain(text)
      expect(jobs).not.toContain(text)
    }
})
