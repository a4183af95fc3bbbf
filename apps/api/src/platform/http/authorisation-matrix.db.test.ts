import { randomUUID } from 'node:crypto'
import { flatten } from '@xueji/contracts/template/row-schema'
import { buildArchives, buildRosterLines } from '@xueji/db/seed/preschool'
import { buildChildren } from '@xueji/db/seed/roster'
import { rosterTexts } from '@xueji/domain/continuation/five-fields'
import type { MatchPerson } from '@xueji/domain/continuation/match'
import { isWithin, rangeOf } from '@xueji/domain/organization/org-path'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runExport } from '../../pipeline/export-run.ts'
import { runImport } from '../../pipeline/import-run.ts'
import { findExportRoom, findFileRoom, findRoom } from '../../rooms/index.ts'
import { askExport, command, importChildren, itemsOf, passChecks, stageUpload } from '../../testing/corridor.ts'
import { addPicture, filePicture } from '../../testing/evidence.ts'
import { type Answer, buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { legacyFile } from '../../testing/legacy.ts'
import { openMatrixObjects } from '../../testing/matrix-objects.ts'
import { idOf, mayCall } from '../../testing/may-call.ts'
import { addPhoto, drawnPhoto } from '../../testing/photos.ts'
import { archiveFile, listFile } from '../../testing/preschool.ts'
import { rosterFile } from '../../testing/roster-file.ts'
import { routeName, type Sample, sendSample } from '../../testing/sample-requests.ts'
import { addService } from '../../testing/service.ts'
import { fingerprint } from '../../testing/snapshot.ts'
import { addStudents } from '../../testing/students.ts'
import { vocationalFile } from '../../testing/vocational.ts'
import { buildWorld, WORLD_PEOPLE, type World } from '../../testing/world.ts'
import type { DeclaredRoute } from './policy.ts'

const PROBLEM = '/api/rooms/problem'
/** Rooms whose rows become records: the kind of their files, and how one is made. */
const ENTERING: Readonly<Record<string, string>> = {
  preschool: 'P01',
  'preschool-archive': 'A01',
  vocational: 'Z01',
  legacy: 'L01',
}
const FILES: Readonly<Record<string, (children: StudentValues[]) => Promise<Uint8Array>>> = {
  P01: listFile,
  A01: archiveFile,
  L01: legacyFile,
  Z01: vocationalFile,
}
const KINDERGARTEN = { name: '某某幼儿园', region: '440203000000' }

let world: World
let test: TestApp
let objects: ReturnType<typeof openMatrixObjects>

/** Two schools whose objects everybody tries to reach: one under a county, one directly under a city. */
const OWNERS = ['school', 'cityDirect'] as const
/** What only vocational schools have stands with two of them in their place. */
const VOCATIONAL = { school: 'vocational', cityDirect: 'farVocational' } as const
type Owner = keyof typeof VOCATIONAL | (typeof VOCATIONAL)[keyof typeof VOCATIONAL]
const STAFF: Record<Owner, { registrar: string; leader: string; admin: string }> = {
  school: { registrar: 'registrar', leader: 'leader', admin: 'schoolAdmin' },
  cityDirect: { registrar: 'registrarCity', leader: 'leaderCity', admin: 'adminCity' },
  vocational: { registrar: 'registrarVocational', leader: '', admin: '' },
  farVocational: { registrar: 'registrarVocationalFar', leader: '', admin: '' },
}

/** A list of each room whose lists can be exported, and who of a school asks for it. */
const EXPORTED = {
  registration: { list: 'items', column: 'name', asker: 'registrar' },
  problem: { list: 'parties', column: 'studentName', asker: 'registrar' },
  preschool: { list: 'lines', column: 'name', asker: 'registrar' },
  school: { list: 'classes', column: 'name', asker: 'registrar' },
  system: { list: 'sessions', column: 'username', asker: 'admin' },
  vocational: { list: 'requests', column: 'studentName', asker: 'registrar' },
} as const
/** The room of a route below /api/rooms. */
const roomOf = ({ url }: DeclaredRoute) => url.split('/')[3] as keyof typeof EXPORTED

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  objects = openMatrixObjects(world, test)
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

describe('every by-id route × own, sibling, parent, other county, other province', () => {
  /** Makes an object of the owner that the request may be tried on; a new one where a request uses it up. */
  const makers: Record<string, (owner: Owner, route: DeclaredRoute) => Promise<Sample>> = {
    items: async (owner, { method, url }) => {
      if (url.startsWith(PROBLEM)) return objects.problemItem(owner, STAFF[owner].registrar)
      const id = pool[owner][method === 'PUT' || method === 'DELETE' ? 'returned' : 'open'].pop()!
      const [row] = (await world.database.client.query('select cells from import_row where id = $1', [id])).rows
      const [item] = (await world.database.client.query('select version from review_item where id = $1', [id])).rows
      const bodies: Record<string, Record<string, unknown>> = {
        POST: { command: 'approve', opinion: '', version: item.version },
        PUT: { values: row.cells, version: item.version },
      }
      return { params: { id }, ...(bodies[method] ? { body: bodies[method] } : {}) }
    },
    imports: async (owner, { method, url }) => {
      const room = url.split('/')[3]!
      const category = ENTERING[room]
      if (category) return { params: { id: await enteredWithIssues(owner, room, category) } }
      if (url.endsWith('/marked-file')) return { params: { id: await batchWithIssues(owner) } }
      const { registrar } = STAFF[owner]
      const command = method === 'POST' ? url.slice(url.indexOf('/:id/') + 5) : ''
      if (command === 'cancel')
        return { params: { id: await stageUpload(test.platform, world.actor(registrar), Buffer.from(randomUUID())) } }
      const id = await makeBatch(owner, command === 'undo' ? 'auto' : 'manual')
      const { client } = world.database
      if (command === 'corrections/undo')
        await client.query(
          `insert into import_correction (id, batch_id, org_path, step, row_number, act, account_id, account_name, at)
           select gen_random_uuid(), id, org_path, 1, 2, 'restore', uploaded_by, 'x', now() from import_batch where id = $1`,
          [id],
        )
      const drop = command === 'corrections' ? { drop: [2] } : {}
      return { params: { id }, ...(command ? { body: { version: 1, ...drop } } : {}) }
    },
    lines: async (owner, { method, url }) => {
      if (isVocational(url))
        return objects.vocationalLine(owner, STAFF[owner].registrar, nextChildren(owner, 1)[0]!, { method, url })
      const child = nextChildren(owner, 1)[0]!
      const { client } = world.database
      const archives = url.endsWith('/supplement') ? await buildArchives(client, [child], KINDERGARTEN) : []
      await buildRosterLines(
        client,
        world.org[owner]!,
        world.actor(STAFF[owner].registrar).accountId,
        [child],
        archives,
      )
      const unsure = url.endsWith('/candidates') || url.endsWith('/confirmation')
      const { rows } = await client.query(
        `update preschool_roster set match_status = case when $2 then '2' else match_status end where identity_number = $1 returning id`,
        [child.identityNumber, unsure],
      )
      const bodies: Record<string, Record<string, unknown>> = {
        PUT: { values: rosterTexts(child as MatchPerson), version: 0 },
        POST: unsure ? { archiveId: null, version: 0 } : { values: flatten(child), version: 0 },
      }
      return { params: { id: rows[0].id }, ...(bodies[method] ? { body: bodies[method] } : {}) }
    },
    schools: async (owner) => ({ params: { id: world.org[owner]!.id } }),
    'review-batches': async (owner, { url }) => {
      const leader = await test.as(STAFF[owner].leader)
      const { body } = await leader.post(url.slice(0, url.indexOf('/:id')), {
        command: 'approve',
        ids: [crypto.randomUUID()],
      })
      return { params: { id: body.id } }
    },
    exports: async (owner, route) => {
      const room = roomOf(route)
      const { list, column, asker } = EXPORTED[room]
      const wish = { room, list, columns: [column] }
      const [actor, leader] = [world.actor(STAFF[owner][asker]), world.actor(STAFF[owner].leader)]
      const id = await askExport(test.platform, actor, leader, wish)
      await runExport(test.platform, findExportRoom, id)
      return { params: { id } }
    },
    // Two children of one school who both attest: the school's own authority arbitrates.
    groups: async (owner, { method }) => {
      const { groupId, studentIds } = await objects.problemOf(owner, 2)
      if (method === 'GET') return { params: { id: groupId } }
      const { client } = world.database
      await client.query(`update problem_member set state = 'attested', is_locked = false where group_id = $1`, [
        groupId,
      ])
      await client.query(`update problem_group set status = 'arbitration', arbiter_path = $2 where id = $1`, [
        groupId,
        authorityOf(owner),
      ])
      const verdicts = studentIds.map((studentId, index) => ({ studentId, passes: index === 0 }))
      return { params: { id: groupId }, body: { version: 0, opinion: '以户口簿为准', verdicts } }
    },
    evidence: async (owner, { method }) => {
      const id = await addPicture(test.platform, world.actor(STAFF[owner].registrar))
      if (method === 'GET')
        await filePicture(test.platform, world.actor(STAFF[owner].registrar), id, pool[owner].open[0]!)
      return { params: { id } }
    },
    students: async (owner) => ({
      params: { id: (await addStudents(world, owner, [{ name: '甲某' }]))[0]! },
      bytes: await drawnPhoto(),
    }),
    photos: async (owner) => {
      const [student] = await addStudents(world, owner, [{ name: '甲某' }])
      return { params: { id: await addPhoto(test.platform, world.actor(STAFF[owner].registrar), student!) } }
    },
    'photo-packages': async (owner) => {
      const { rows } = await world.database.client.query(
        `insert into photo_package (id, org_id, org_path, actor, target, target_name, file_name, status, created_at, heartbeat_at)
         values (gen_random_uuid(), $1, $2, '{"displayName":"甲"}', 'school', '全校', 'x.zip', 'done', now(), now()) returning id`,
        [world.org[owner]!.id, world.org[owner]!.path],
      )
      return { params: { id: rows[0].id } }
    },
    'service-accounts': async (owner) => ({
      params: { id: (await addService(world, owner)).id },
    }),
    'sub-accounts': async (owner, { method }) => {
      const registrar = await test.as(STAFF[owner].registrar)
      const wish = { displayName: '某某', username: `a${randomUUID().slice(0, 8)}` }
      const { body } = await registrar.post('/api/school/sub-accounts', wish)
      return { params: { id: body.account.id }, ...(method === 'PUT' ? { body: { status: 'disabled' } } : {}) }
    },
    grades: async (owner) => {
      const { id, path } = world.org[owner]!
      const { rows } = await world.database.client.query(
        `insert into grade (id, school_id, org_path, stage, entry_year, name)
         select gen_random_uuid(), $1, $2, 1, coalesce(min(entry_year), 2020) - 1, 'empty' from grade where school_id = $1 returning id`,
        [id, path],
      )
      return { params: { id: rows[0].id } }
    },
    classes: async (owner) => {
      const { id, path } = world.org[owner]!
      const { rows } = await world.database.client.query(
        `insert into school_class (id, grade_id, school_id, org_path, class_number, name, class_type)
         select gen_random_uuid(), max(grade_id::text)::uuid, $1, $2, (max(class_number)::int + 1)::text, 'empty', '10' from school_class where school_id = $1 returning id`,
        [id, path],
      )
      return { params: { id: rows[0].id } }
    },
  }
  const authorityOf = (owner: Owner): string => world.org[owner]!.path.split(':')[0]!
  const batchWithIssues = (owner: Owner): Promise<string> => {
    const wish = {
      regionCode: '440204',
      regionName: '某县',
      schoolCode: world.org[owner]!.code,
      entryYear: world.entryYear,
    }
    const children = buildChildren(1, 13, wish)
    return importChildren(test.platform, world.actor(STAFF[owner].registrar), children, (cells) =>
      cells.set('gender', '?'),
    )
  }
  /** A file of a room whose rows become records of its own, with a row that may not. */
  const enteredWithIssues = async (owner: Owner, room: string, category: string): Promise<string> => {
    const child = { ...nextChildren(owner, 1)[0]!, birthDate: '1' }
    const bytes = await FILES[category]!([child])
    const id = await stageUpload(test.platform, world.actor(STAFF[owner].registrar), bytes, category, room)
    await runImport(test.platform, findFileRoom, id)
    return id
  }
  const isVocational = (url: string): boolean => /^\/api\/rooms\/vocational\/(lines|imports)\//.test(url)
  const placeOf = (owner: (typeof OWNERS)[number], { url }: DeclaredRoute): Owner =>
    isVocational(url) ? VOCATIONAL[owner] : owner
  const pool = {} as Record<Owner, { open: string[]; returned: string[] }>

  let counties: string[] = []
  /** Children whom no other request of this test has seen: each call draws on another county. */
  const nextChildren = (owner: Owner, count: number): StudentValues[] =>
    buildChildren(count, 1, {
      regionCode: counties.pop()!,
      regionName: '某县',
      schoolCode: world.org[owner]!.code,
      entryYear: world.entryYear,
    })
  /** A clean batch of two rows. */
  async function makeBatch(owner: Owner, mode: 'auto' | 'manual'): Promise<string> {
    const { client } = world.database
    const bytes = await rosterFile(nextChildren(owner, 2))
    const id = await stageUpload(test.platform, world.actor(STAFF[owner].registrar), bytes)
    await client.query('update import_batch set submit_mode = $2 where id = $1', [id, mode])
    await runImport(test.platform, findRoom, id)
    return id
  }

  /** That an export was made is told to all of its organisation who may make one; cancelling it and its file are for who asked. */
  const exportTo = (route: DeclaredRoute, owner: Owner, username: string): string => {
    const told = route.method === 'GET' && !route.url.endsWith('/file')
    const asker = STAFF[owner][EXPORTED[roomOf(route)].asker]
    return (told ? world.actor(username).orgPath === world.org[owner]!.path : username === asker) ? '200' : 'notFound'
  }
  /** What somebody whose role the policy lets through must get for an object of the owner. */
  const expectedOf = (route: DeclaredRoute, kind: string, owner: Owner, username: string): string => {
    const actor = world.actor(username)
    const path = world.org[owner]!.path
    // A batch command is its owner's alone.
    if (kind === 'review-batches') return username === STAFF[owner].leader ? '200' : 'notFound'
    if (kind === 'exports') return exportTo(route, owner, username)
    if (!isWithin(rangeOf(actor.orgPath), path)) return 'notFound'
    // Evidence is its uploader's alone until it is filed.
    if (kind === 'evidence' && route.method === 'DELETE')
      return username === STAFF[owner].registrar ? '200' : 'notFound'
    if (kind === 'groups' && route.method === 'POST')
      return actor.orgPath === authorityOf(owner) ? '200' : 'problem.notArbiter'
    if (kind === 'items' && route.method === 'POST' && username !== STAFF[owner].leader) return 'review.notYourStep'
    return '200'
  }

  beforeAll(async () => {
    const { rows } = await world.database.client.query(`select code from region where level = 'county' order by code`)
    counties = rows.map(({ code }) => code)
    for (const owner of OWNERS) {
      const { registrar, leader } = STAFF[owner]
      const wish = {
        regionCode: '440203',
        regionName: '广东省韶关市武江区',
        schoolCode: world.org[owner]!.code,
        entryYear: world.entryYear,
      }
      const children = buildChildren(24, owner === 'school' ? 11 : 12, wish)
      const batch = await importChildren(test.platform, world.actor(registrar), children)
      await passChecks(test.platform)
      const ids = await itemsOf(test.platform, batch)
      const [open, returned] = [ids.slice(0, 12), ids.slice(12)]
      await command(test.platform, world.actor(leader), 'refuse', returned, '请核对')
      pool[owner] = { open, returned }
    }
  })

  it('knows how to make an object for every by-id route', () => {
    const kinds = byId().map(kindOf)
    expect(kinds.filter((kind) => !makers[kind])).toEqual([])
    expect(new Set(kinds)).toEqual(new Set(Object.keys(makers)))
  })

  it.each(OWNERS)(
    'gives 404 out of scope, never writes when it refuses, and lets the right ones in: %s',
    async (owner) => {
      const wrong: string[] = []
      const allowed: string[] = []
      for (const route of byId()) {
        const kind = kindOf(route)
        const place = placeOf(owner, route)
        let sample = await makers[kind]!(place, route)
        let before = await fingerprint(world)
        for (const [username, , roles] of WORLD_PEOPLE.filter(([, , roles]) => mayCall(route, roles))) {
          const expected = expectedOf(route, kind, place, username)
          const answer = await sendSample(await test.as(username), route, sample)
          const cell = `${routeName(route)} as ${username} (${roles.join()})`
          if (idOf(answer) !== expected) wrong.push(`${cell}: ${answer.text} instead of ${expected}`)
          if (answer.status !== 200 || route.method === 'GET') expect(await fingerprint(world), cell).toEqual(before)
          else {
            sample = await makers[kind]!(place, route)
            before = await fingerprint(world)
          }
          if (expected === '200') allowed.push(cell)
        }
      }
      expect(wrong).toEqual([])
      // Not everybody is simply refused: each route had somebody it let in.
      for (const route of byId()) expect(allowed.join('\n')).toContain(`${routeName(route)} as`)
    },
    240_000,
  )

  it('says the same about an object out of scope and one that does not exist, and keeps a trace of both', async () => {
    const person: Person = await test.as('registrarFar')
    const id = pool.school.open.at(-1)!
    const unknown = crypto.randomUUID()
    const [foreign, missing] = [await item(person, id), await item(person, unknown)]
    expect({ ...foreign.body.error, requestId: '' }).toEqual({ ...missing.body.error, requestId: '' })
    // Written once the answer is out.
    const traces = async () =>
      world.database.client
        .query(
          `select detail->'params'->>'id' as id from audit_event where action = 'access.notFound' and actor_name = 'registrarFar甲' and detail->'params'->>'id' = any($1)`,
          [[id, unknown]],
        )
        .then(({ rows }) => rows.map((row) => row.id).sort())
    await expect.poll(traces, { timeout: 10_000 }).toEqual([id, unknown].sort())
  })

  it('carries out a batch command on the caller’s own share of foreign ids only', async () => {
    const before = await fingerprint(world)
    const ids = pool.school.open.slice(0, 2)
    const answer = await (await test.as('leaderFar')).post('/api/rooms/registration/review-batches', {
      command: 'approve',
      ids,
    })
    expect(answer.body).toMatchObject({ total: 2, done: 0, failed: 2, reasons: [{ reason: 'notFound', examples: [] }] })
    const after = await fingerprint(world)
    for (const table of ['review_item', 'review_event', 'student']) expect(after[table]).toBe(before[table])
  })

  const byId = (): DeclaredRoute[] => test.app.declaredRoutes.filter(({ url }) => url.includes('/:id'))
  const kindOf = ({ url }: DeclaredRoute): string => url.slice(0, url.indexOf('/:id')).split('/').at(-1)!
  const item = (person: Person, id: string): Promise<Answer> => person.get(`/api/rooms/registration/items/${id}`)
})
