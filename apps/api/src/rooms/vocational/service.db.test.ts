import { buildRecords } from '@xueji/db/seed/vocational'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { addService, serviceCaller } from '../../testing/service.ts'
import { buildSenior, sixFields, teenagers } from '../../testing/vocational.ts'
import { buildWorld, type World } from '../../testing/world.ts'

const BASE = '/api/service/vocational'
const SCHOOL = { schoolCode: '3644000001' }

let world: World
let test: TestApp
let service: Person

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  const admin = await test.as('provinceAdmin')
  const made = await admin.post('/api/service-accounts', { name: '中职学生系统', validDays: 30 })
  expect(made.body.account).toMatchObject({ name: '中职学生系统', orgName: '广东省教育厅', revokedAt: null })
  service = serviceCaller(test.app, made.body.key)
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const owner = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows

describe('service accounts', () => {
  it('a key opens the service routes of its range, and nothing else; a session opens none of them', async () => {
    const body = { ...SCHOOL, ids: ['00000000-0000-4000-8000-000000000000'] }
    expect((await service.post(`${BASE}/lines/search`, body)).body).toEqual({ rows: [] })
    expect((await service.post(`${BASE}/lines/search`, { ...body, schoolCode: '3637000001' })).status).toBe(404)
    // A school that is no vocational one.
    expect((await service.post(`${BASE}/lines/search`, { ...body, schoolCode: '2144000001' })).body.error.id).toBe(
      'vocational.notVocational',
    )
    expect((await service.post('/api/rooms/vocational/lines/search', {})).status).toBe(401)
    expect((await test.anonymous.post(`${BASE}/lines/search`, body)).status).toBe(401)
    expect((await (await test.as('registrarVocational')).post(`${BASE}/lines/search`, body)).status).toBe(403)
    const wrong = serviceCaller(test.app, 'x'.repeat(43))
    expect((await wrong.post(`${BASE}/lines/search`, body)).status).toBe(401)
  })

  it('ends when revoked, when it has run out, and is never kept but as a hash', async () => {
    const body = { ...SCHOOL, ids: ['00000000-0000-4000-8000-000000000000'] }
    const { id, key } = await addService(world, 'province')
    const one = serviceCaller(test.app, key)
    expect((await one.post(`${BASE}/lines/search`, body)).status).toBe(200)
    expect(
      (await (await test.as('provinceAdmin')).post(`/api/service-accounts/${id}/revocation`)).body.revokedAt,
    ).not.toBeNull()
    expect((await one.post(`${BASE}/lines/search`, body)).status).toBe(401)
    const other = await addService(world, 'province')
    await owner(
      `update service_account set created_at = now() - interval '2 days', expires_at = now() - interval '1 second' where id = $1`,
      [other.id],
    )
    expect((await serviceCaller(test.app, other.key).post(`${BASE}/lines/search`, body)).status).toBe(401)
    const rows = await owner('select * from service_account')
    expect(JSON.stringify(rows)).not.toContain(key)
    expect((await (await test.as('countyAdmin')).post('/api/service-accounts', { name: '某系统' })).body.error.id).toBe(
      'service.provinceOnly',
    )
  })
})

describe('中职接续 by service', () => {
  it('enters a set in three states, tells what stands, continues and stops; the service is the actor in the audit', async () => {
    const senior = await buildSenior(world)
    const children = teenagers(world, 5)
    const [graduate, admitted, staying, , faulty] = children
    const { client } = world.database
    const graduates = { school: senior, stage: 2, entryYear: world.entryYear - 2, studyStatus: 'BY' } as const
    const [graduateId] = await buildRecords(client, graduates, [graduate!])
    const [admittedId, stayingId] = await buildRecords(
      client,
      { school: senior, stage: 3, entryYear: world.entryYear },
      [admitted!, staying!],
    )
    const lines = [...children.slice(0, 4), { ...faulty!, gender: faulty!.gender === '1' ? '2' : '1' }, graduate!].map(
      sixFields,
    )
    const entered = await service.post(`${BASE}/lines`, { ...SCHOOL, lines })
    expect(
      entered.body.outcomes.map((one: { refusal: { id: string } | null }) => one.refusal?.id ?? 'entered'),
    ).toEqual(['entered', 'entered', 'entered', 'entered', 'vocational.lineInvalid', 'vocational.listed'])
    expect(entered.body.outcomes[4].issues[0].code).toBe('identity.genderMismatch')
    const ids = entered.body.outcomes.slice(0, 4).map((one: { id: string }) => one.id)
    // Given again, as after a lost answer: the same lines, none twice.
    const again = await service.post(`${BASE}/lines`, { ...SCHOOL, lines: lines.slice(0, 4) })
    expect(again.body.outcomes.map((one: { id: string }) => one.id)).toEqual(ids)
    const found = (await service.post(`${BASE}/lines/search`, { ...SCHOOL, ids })).body.rows
    const byName = new Map(found.map((row: { name: string }) => [row.name, row]))
    expect(children.slice(0, 4).map(({ name }) => byName.get(name))).toMatchObject([
      { match: '1', admission: null },
      { match: '1', admission: 'enrolled', admittedBy: '韶关完全中学' },
      { match: '1', admission: 'enrolled' },
      { match: '3' },
    ])
    const decide = async (some: string[], decision: string, despiteAdmission = false) =>
      (await service.post(`${BASE}/decisions`, { ...SCHOOL, ids: some, decision, despiteAdmission })).body.outcomes.map(
        (one: { state: string; refusal: { id: string } | null }) => [one.state, one.refusal?.id ?? null],
      )
    expect(await decide(ids, 'continue')).toEqual([
      ['continued', null],
      ['open', 'vocational.admitted'],
      ['open', 'vocational.admitted'],
      ['open', 'vocational.nothingFound'],
    ])
    expect(await decide([ids[1]], 'continue', true)).toEqual([['continued', null]])
    expect(await decide([ids[2]], 'stop')).toEqual([['stopped', null]])
    expect(await decide([ids[1]], 'continue', true)).toEqual([['continued', 'vocational.continued']])
    const students = await owner('select id, study_status from student where id = any($1::uuid[])', [
      [graduateId, admittedId, stayingId],
    ])
    expect(new Map(students.map((row) => [row.id, row.study_status]))).toEqual(
      new Map([
        [graduateId, 'QZZ'],
        [admittedId, 'QZZ'],
        [stayingId, 'ZX'],
      ]),
    )
    const audit = await owner(`select distinct actor_name, org_path from audit_event where action like 'vocational.%'`)
    expect(audit).toEqual([{ actor_name: '中职学生系统', org_path: world.org.vocational!.path }])
  })

  it('costs the same number of statements for many as for few', async () => {
    const measure = async (count: number): Promise<number> => {
      const before = test.platform.db.statementCount()
      const { status } = await service.post(`${BASE}/lines`, {
        ...SCHOOL,
        lines: teenagers(world, count).map(sixFields),
      })
      expect(status).toBe(200)
      return test.platform.db.statementCount() - before
    }
    expect(await measure(50)).toBe(await measure(1))
  })

  it('takes no more than a thousand at once', async () => {
    const [line] = teenagers(world, 1).map(sixFields)
    const { status } = await service.post(`${BASE}/lines`, { ...SCHOOL, lines: Array(1_001).fill(line) })
    expect(status).toBe(400)
  })
})
