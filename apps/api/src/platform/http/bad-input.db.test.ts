import { CLASSTYPE } from '@xueji/contracts/codes/school-codes'
import { ErrorBody } from '@xueji/contracts/common/wire'
import { REFUSALS, type RefusalId } from '@xueji/contracts/issues/refusals'
import { createChance } from '@xueji/db/seed/random'
import { buildChildren } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askExport, command, importChildren, itemsOf, passChecks } from '../../testing/corridor.ts'
import { type JsonSchema, makeWildRequest, type RouteSchema, type WildRequest } from '../../testing/fuzz.ts'
import { type Answer, buildTestApp, type Person, personOf, type TestApp } from '../../testing/http.ts'
import { findSample, routeName } from '../../testing/sample-requests.ts'
import { addService, serviceCaller } from '../../testing/service.ts'
import { buildWorld, WORLD_PEOPLE, type World } from '../../testing/world.ts'
import type { DeclaredRoute } from './policy.ts'
import { hashSecret, openSession } from './session.ts'

/** Requests a route; a nightly run asks for more, from another seed (quality: Faults). */
const REQUESTS = Number(process.env.FUZZ ?? 200)
const SEED = Number(process.env.FUZZ_SEED ?? 20261122)
const AT_ONCE = 8

let world: World
let test: TestApp

/** Real objects of the first school, by the part of the url before `:id`: wild requests are to get as far as the work itself. */
let targets: Record<string, { id: string; body?: Record<string, unknown> }>

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  const { regionCode, code } = world.org.school!
  const wish = { regionCode, regionName: '某县', schoolCode: code, entryYear: world.entryYear }
  const registrar = world.actor('registrar')
  const good = await importChildren(test.platform, registrar, buildChildren(2, 31, wish))
  const bad = await importChildren(test.platform, registrar, buildChildren(3, 32, wish), (cells) =>
    cells.set('birthDate', '2026-02-30').set('name', "'; drop table student; --"),
  )
  await passChecks(test.platform)
  const [open, returned] = await itemsOf(test.platform, good)
  await command(test.platform, world.actor('leader'), 'refuse', [returned!], '请核对')
  const { client } = world.database
  const { rows } = await client.query('select cells from import_row where id = $1', [returned])
  const place = await client.query('select id, grade_id from school_class where school_id = $1', [world.org.school!.id])
  targets = {
    'GET items': { id: open! },
    'POST items': { id: open!, body: { command: 'escalate', opinion: '意见', version: 0 } },
    'PUT items': { id: returned!, body: { values: { ...rows[0].cells, name: '' }, version: 1 } },
    'DELETE items': { id: open! },
    'GET imports': { id: bad },
    'POST imports': { id: bad },
    'DELETE imports': { id: good },
    'DELETE grades': { id: place.rows[0].grade_id },
    'GET exports': { id: await askExport(test.platform, registrar, world.actor('leader')) },
    'GET schools': { id: world.org.school!.id },
    'POST classes': { id: '', body: { gradeId: place.rows[0].grade_id, classType: '10', name: '1班', count: 1 } },
  }
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

// What only the inside of the system knows. Nothing of it belongs into an answer.
const LEAKS =
  /\bat [\w.<> ]*\(?(?:file:|\/|node:)|node_modules|\.ts:\d|\bselect\b.+\bfrom\b|insert into|syntax error|duplicate key|violates|relation "|column "|prisma|\bpg_|ECONN|SQLSTATE|stack/i

/** What is wrong with an answer; undefined when it is as it should be, whatever was asked. */
function faultOf(answer: Answer): string | undefined {
  if (answer.status >= 500) return `status ${answer.status}`
  if (answer.status < 400) return /\bat .+:\d+:\d+\)/.test(answer.text) ? 'stack' : undefined
  if (LEAKS.test(answer.text)) return 'leak'
  const parsed = ErrorBody.strict().safeParse(answer.body)
  if (!parsed.success) return 'no error body'
  const { id, message, requestId } = parsed.data.error
  const known = REFUSALS[id as RefusalId]
  if (!known || known[0] !== answer.status || known[1] !== message) return `unknown refusal ${id}`
  if (!/^[0-9a-f-]{36}$/.test(requestId)) return 'no request id'
  return answer.headers['cache-control'] === 'no-store' ? undefined : 'may be cached'
}

/** Somebody whom the policy lets in, so that the input is looked at and not the caller. */
async function callerOf({ policy }: DeclaredRoute): Promise<Person> {
  if (policy.kind === 'service') return serviceCaller(test.app, (await addService(world, 'province')).key)
  const wanted = policy.kind === 'roles' ? policy.roles : ['schoolRegistrar']
  const [username] = WORLD_PEOPLE.find(([, , roles]) => roles.some((role) => wanted.includes(role)))!
  return quickSession(username)
}

/** A session without the cost of a password. */
async function quickSession(username: string): Promise<Person> {
  const { db, clock } = test.platform
  const secret = await openSession(db.system, clock, world.actor(username).accountId, '127.0.0.1', 'fuzz')
  const [row] = await db.system.query<{ csrf_token: string }>('select csrf_token from session where id_hash = $1', [
    hashSecret(secret),
  ])
  return personOf(test.app, username, `xueji=${secret}`, row!.csrf_token)
}

function schemaOf(route: DeclaredRoute): RouteSchema {
  type Parameter = { name: string; in: string; schema: JsonSchema }
  type Operation = {
    parameters?: Parameter[]
    requestBody?: { content?: Record<string, { schema: JsonSchema }> }
  }
  const paths = test.app.swagger().paths as unknown as Record<string, Record<string, Operation>>
  const operation = paths[route.url.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]
  const query = (operation?.parameters ?? []).filter((one) => one.in === 'query')
  return {
    query: Object.fromEntries(query.map((one) => [one.name, one.schema])),
    body: operation?.requestBody?.content?.['application/json']?.schema,
  }
}

const shown = ({ url, headers, payload, how }: WildRequest): string =>
  JSON.stringify({
    how,
    url: url.slice(0, 160),
    headers: JSON.stringify(headers).slice(0, 200),
    payload: payload?.toString().slice(0, 200),
  })

async function send(person: Person, route: DeclaredRoute, wild: WildRequest, isStream: boolean): Promise<Answer> {
  if (isStream) return person.open(wild.url, { headers: wild.headers })
  return person.call(route.method as 'GET', wild.url, { headers: wild.headers, body: wild.payload })
}

/** Sends wild requests and returns what is wrong with the answers. */
async function attack(route: DeclaredRoute): Promise<string[]> {
  const named =
    targets[
      `${route.method} ${route.url
        .replace(/\/:id.*/, '')
        .split('/')
        .at(-1)}`
    ]
  // A target with an id is for the routes that take one.
  const target = named && (named.id === '' || route.url.includes(':id')) ? named : undefined
  const plain = findSample(world, route)!
  const sample = target
    ? { ...plain, ...(plain.params ? { params: { id: target.id } } : {}), body: target.body ?? plain.body }
    : plain
  const schema = schemaOf(route)
  const chance = createChance(SEED + routeName(route).length * 7919 + routeName(route).charCodeAt(12))
  let person = await callerOf(route)
  const faults: string[] = []
  const once = async (): Promise<void> => {
    const wild = makeWildRequest(chance, route, sample, schema)
    const answer = await send(person, route, wild, sample.stream === true)
    const fault = faultOf(answer)
    if (fault) faults.push(`${fault}: ${shown(wild)} → ${answer.text.slice(0, 300)}`)
  }
  // The pages of the API's description take no input, a marked file takes a process each time; a few will do.
  const few = route.url.startsWith('/api/docs') || route.url.endsWith('/marked-file')
  const requests = few ? REQUESTS / 10 : REQUESTS
  for (let sent = 0; sent < requests; sent += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, once))
    if (sample.endsSession) person = await callerOf(route)
  }
  return faults
}

describe('wild requests', () => {
  it(
    `never give a 5xx, a stack, SQL, or an answer without the error’s shape (${REQUESTS} a route)`,
    async () => {
      const wrong: Record<string, string[]> = {}
      for (const route of test.app.declaredRoutes) {
        const faults = await attack(route)
        if (faults.length > 0) wrong[routeName(route)] = [`${faults.length} wrong`, ...faults.slice(0, 3)]
      }
      expect(wrong).toEqual({})
    },
    Math.max(120_000, REQUESTS * 2_000),
  )

  it('bring no code into a table that is in no code table', async () => {
    const { body } = targets['POST classes']!
    const person = await quickSession('registrar')
    for (const classType of ['99', 'xx', '学籍', '1 '])
      expect((await person.post('/api/school/classes', { ...body, classType })).body.error.id).toBe('request.invalid')
    const { rows } = await world.database.client.query('select distinct class_type from school_class')
    const known = CLASSTYPE.entries.map((entry) => entry.code)
    for (const { class_type } of rows) expect(known).toContain(class_type)
  })

  it('pollute no prototype', () => {
    expect(({} as Record<string, unknown>).admin).toBeUndefined()
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
})
