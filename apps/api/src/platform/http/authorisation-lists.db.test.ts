import { buildChildren } from '@xueji/db/seed/roster'
import type { Actor, Role } from '@xueji/domain/access/roles'
import { hasRole } from '@xueji/domain/access/roles'
import { isWithin, rangeOf } from '@xueji/domain/organization/org-path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { command, importChildren, itemsOf, passChecks } from '../../testing/corridor.ts'
import { buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { buildWorld, WORLD_PEOPLE, type World } from '../../testing/world.ts'
import { publish } from '../live-events.ts'

let world: World
let test: TestApp

const ROOM = '/api/rooms/registration'
const SCHOOLS: readonly (readonly [string, string, string])[] = [
  ['school', 'registrar', 'leader'],
  ['schoolB', 'registrarB', 'leaderB'],
  ['schoolC', 'registrarC', 'leaderC'],
  ['cityDirect', 'registrarCity', 'leaderCity'],
  ['provinceDirect', 'registrarProvince', 'leaderProvince'],
  ['farSchool', 'registrarFar', 'leaderFar'],
]
const ALL = { query: { limit: '200', count: '1' } }

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  for (const [key, registrar, leader] of SCHOOLS) {
    const { regionCode, code } = world.org[key]!
    const wish = { regionCode, regionName: '某县', schoolCode: code, entryYear: world.entryYear }
    const children = buildChildren(5, SCHOOLS.findIndex(([name]) => name === key) + 1, wish)
    const ids = await itemsOf(test.platform, await importChildren(test.platform, world.actor(registrar), children))
    await passChecks(test.platform)
    // One of each kind: at the school, to be escalated, at the bureau, returned.
    await command(test.platform, world.actor(leader), 'refuse', ids.slice(4), '请核对')
    await command(test.platform, world.actor(leader), 'approve', ids.slice(1, 4))
    await command(test.platform, world.actor(registrar), 'escalate', ids.slice(2, 4))
  }
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const people = (...roles: Role[]): readonly string[] =>
  WORLD_PEOPLE.filter(([, , held]) => held.some((role) => roles.includes(role))).map(([username]) => username)
const EVERYBODY = WORLD_PEOPLE.map(([username]) => username)
/** Somebody of every organisation, and every administrator. */
const ONE_OF_EACH_PLACE = WORLD_PEOPLE.filter(
  ([username, place, [role]]) =>
    role === 'systemAdministrator' || WORLD_PEOPLE.find(([, other]) => other === place)![0] === username,
).map(([username]) => username)
const READERS = people(
  'schoolRegistrar',
  'schoolLeader',
  'newcomerClerk',
  'countyRegistrar',
  'cityRegistrar',
  'provinceRegistrar',
  'ministryRegistrar',
)
const REVIEWERS = people('schoolRegistrar', 'schoolLeader', 'countyRegistrar', 'cityRegistrar', 'provinceRegistrar')

type Item = { id: string; org_path: string; status: string; waiting_path: string | null; waiting_act: string | null }
const itemsIn = async (actor: Actor): Promise<Item[]> =>
  (await sql('select id, org_path, status, waiting_path, waiting_act from review_item')).filter((item) =>
    isWithin(rangeOf(actor.orgPath), item.org_path),
  )
const sorted = (ids: readonly string[]): string[] => [...ids].sort()
const idsOf = (rows: readonly { id: string }[]): string[] => sorted(rows.map((row) => row.id))

describe.each(READERS)('what %s sees of items', (username) => {
  let actor: Actor
  let person: Person
  let mine: Item[]
  beforeAll(async () => {
    actor = world.actor(username)
    person = await test.as(username)
    mine = await itemsIn(actor)
  })

  it('is exactly what lies in the range, in every view, with its total', async () => {
    const views: Record<string, (item: Item) => boolean> = {
      all: () => true,
      review: (item) => item.waiting_path === actor.orgPath && item.waiting_act === 'review',
      escalate: (item) => item.waiting_path === actor.orgPath && item.waiting_act === 'escalate',
      returned: (item) => item.status === 'returned' && item.org_path === actor.orgPath,
    }
    for (const [view, belongs] of Object.entries(views)) {
      const { body } = await person.get(`${ROOM}/items`, { query: { ...ALL.query, view } })
      expect(idsOf(body.rows), view).toEqual(idsOf(mine.filter(belongs)))
      expect(body.total, view).toBe(body.rows.length)
    }
  })

  it('stays so when a condition names a school, a number or a page beyond it', async () => {
    for (const [key] of SCHOOLS) {
      const { id, path, name } = world.org[key]!
      const there = idsOf(mine.filter((item) => item.org_path === path))
      const queries: Record<string, string>[] = [
        { schoolId: id },
        { schoolName: name },
        { schoolCode: path.split(':')[1]! },
      ]
      for (const query of queries) {
        const { body } = await person.get(`${ROOM}/items`, { query: { ...ALL.query, ...query } })
        expect(idsOf(body.rows)).toEqual(there)
      }
    }
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const { body } = await person.get(`${ROOM}/items`, { query: { limit: '2', ...(after ? { after } : {}) } })
      seen.push(...body.rows.map((row: { id: string }) => row.id))
      if (!body.next) break
      after = body.next
    }
    expect(sorted(seen)).toEqual(idsOf(mine))
    const forged = Buffer.from(JSON.stringify(['~', 'ffffffff-ffff-7fff-bfff-ffffffffffff'])).toString('base64url')
    const { body } = await person.get(`${ROOM}/items`, { query: { ...ALL.query, after: forged } })
    expect(idsOf(body.rows)).toEqual(idsOf(mine))
  })

  it('is counted nowhere else: home page', async () => {
    const { body } = await person.get('/api/home')
    const progress = body.progress.reduce((sum: number, one: { count: number }) => sum + one.count, 0)
    expect(progress).toBe(mine.length)
    const ofItems = new Map((await sql('select id, org_path from review_item')).map((row) => [row.id, row.org_path]))
    for (const { itemId } of body.results) expect(ofItems.get(itemId)).toBe(actor.orgPath)
    const ofBatches = new Map((await sql('select id, org_path from import_batch')).map((row) => [row.id, row.org_path]))
    for (const { id } of body.imports) expect(ofBatches.get(id)).toBe(actor.orgPath)
    // Nobody here has a problem record, and nobody is told of one.
    for (const { act, count, room } of body.queue) if (room === 'problem') expect(count, act).toBe(0)
    // A line each for 小学新生 and 非小学新生: together what waits.
    for (const act of ['review', 'escalate']) {
      const lines = body.queue.filter(
        (line: { act: string; room: string }) => line.act === act && line.room === 'registration',
      )
      const waiting = mine.filter((item) => item.waiting_path === actor.orgPath && item.waiting_act === act)
      const counted = lines.reduce((sum: number, line: { count: number }) => sum + line.count, 0)
      if (lines.length > 0) expect(counted, act).toBe(waiting.length)
    }
  })
})

it.each(REVIEWERS)(
  'the school-by-school summary of %s names schools of its range with their own numbers',
  async (username) => {
    const actor = world.actor(username)
    const mine = await itemsIn(actor)
    for (const view of ['review', 'escalate']) {
      const { body } = await (await test.as(username)).get(`${ROOM}/summary`, { query: { ...ALL.query, view } })
      const expected = new Map<string, number>()
      for (const item of mine)
        if (item.waiting_path === actor.orgPath && item.waiting_act === view)
          expected.set(item.org_path, (expected.get(item.org_path) ?? 0) + 1)
      const paths = new Map((await sql('select id, path from organization')).map((row) => [row.id, row.path]))
      const found = body.rows.map((row: { orgId: string; total: number }) => [paths.get(row.orgId), row.total])
      expect(new Map(found)).toEqual(expected)
    }
  },
)

it.each(ONE_OF_EACH_PLACE)(
  'organisations and online users shown to %s lie in the range, all of them',
  async (username) => {
    const actor = world.actor(username)
    const person = await test.as(username)
    const range = rangeOf(actor.orgPath)
    const all = await sql(
      `select o.id, o.path, o.name, p.path as parent from organization o left join organization p on p.id = o.parent_id`,
    )
    const queries = [
      {},
      ...['学', '44', '2137000001', '教育', 'wj', '厅'].map((search) => ({ search })),
      ...['ministry', 'province', 'county', 'otherProvince', 'farCounty'].map((key) => ({
        parentId: world.org[key]!.id,
      })),
      { search: '小学', level: 'school' },
    ]
    for (const query of queries) {
      const { status, body } = await person.get('/api/organizations', { query: query as Record<string, string> })
      expect(status).toBe(200)
      for (const node of body) expect(isWithin(range, node.path), `${JSON.stringify(query)} ${node.path}`).toBe(true)
      if ('parentId' in query) {
        const parent = all.find((one) => one.id === query.parentId)!.path
        const children = all.filter((one) => one.parent === parent && isWithin(range, one.path))
        expect(body).toHaveLength(Math.min(200, children.length))
      }
    }
    if (!hasRole(actor, ['systemAdministrator'])) return
    for (const other of EVERYBODY) await test.as(other)
    const { body } = await person.get('/api/online-users', ALL)
    const inRange = WORLD_PEOPLE.filter(([, place]) => isWithin(range, world.org[place]!.path)).map(([name]) => name)
    expect(sorted(body.rows.map((row: { username: string }) => row.username))).toEqual(sorted(inRange))
  },
)

it('a search takes what is typed as it stands: no wildcards', async () => {
  const person = await test.as('ministry')
  for (const url of ['/api/organizations', '/api/regions'])
    for (const search of ['%', '_', '\\', '%小%', '武_'])
      expect((await person.get(url, { query: { search } })).body).toEqual([])
  expect((await person.get('/api/regions', { query: { search: '武江' } })).body).toHaveLength(1)
})

it('imports and structure are the own school’s, whoever of it asks', async () => {
  for (const username of people('schoolRegistrar', 'schoolLeader', 'newcomerClerk')) {
    const { orgPath, orgId, orgName } = world.actor(username)
    const person = await test.as(username)
    const imports = await person.get(`${ROOM}/imports`, ALL)
    expect(idsOf(imports.body.rows)).toEqual(
      idsOf((await sql('select id from import_batch where org_path = $1', [orgPath])) as { id: string }[]),
    )
    const { body } = await person.get('/api/school/structure')
    expect(body.schoolName).toBe(orgName)
    const grades = await sql('select id from grade where school_id = $1', [orgId])
    expect(idsOf(body.grades)).toEqual(idsOf(grades as { id: string }[]))
  }
})

it('the workflow rules of another province are not shown', async () => {
  await sql(
    `insert into workflow_rule (id, business, school_kind, stage, scope_path, scope_name, steps)
     select gen_random_uuid(), 1, 'ordinary', 1, path, name, '{school,authority}' from (values ('44', '广东'), ('4402', '韶关'), ('37', '山东'), ('3701', '济南')) as v (path, name)`,
  )
  const scopes = async (username: string) => {
    const { body } = await (await test.as(username)).get('/api/workflow-rules', {
      query: { business: '1', stage: '1' },
    })
    return sorted([...new Set<string>(body.map((row: { scopeName: string }) => row.scopeName))])
  }
  const [own, other] = [await scopes('province'), await scopes('otherProvince')]
  expect(own).toEqual(expect.arrayContaining(['广东', '韶关']))
  expect(other).toEqual(expect.arrayContaining(['山东', '济南']))
  expect([own, other].map((names) => names.length)).toEqual([3, 3])
})

it('live news reaches the organisation it belongs to and no other', async () => {
  await test.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = test.app.server.address() as { port: number }
  const stop = new AbortController()
  const listen = async (username: string): Promise<() => Promise<string>> => {
    const { cookie } = await test.as(username)
    const response = await fetch(`http://127.0.0.1:${port}/api/live`, { headers: { cookie }, signal: stop.signal })
    const reader = response.body!.getReader()
    let heard = ''
    return async () => {
      while (!heard.includes('"fence"')) heard += Buffer.from((await reader.read()).value!).toString()
      return heard
    }
  }
  const heard = await Promise.all(['leader', 'registrarB', 'county'].map(listen))
  const tell = (orgPath: string, id: string) => publish(test.platform.db.system, { topic: 'queue', id, orgPath })
  await tell(world.org.school!.path, 'news-of-school')
  await tell(world.org.school!.path, 'fence')
  await tell(world.org.schoolB!.path, 'fence')
  await tell(world.org.county!.path, 'fence')
  const [school, sibling, county] = await Promise.all(heard.map((read) => read()))
  stop.abort()
  expect(school).toContain('news-of-school')
  expect(sibling).not.toContain('news-of-school')
  expect(county).not.toContain('news-of-school')
})
