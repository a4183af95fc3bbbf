import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { QUEUES } from '@xueji/db/queues'
import { buildChildren } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { findRoom } from '../rooms/index.ts'
import { beforePage } from '../testing/before-page.ts'
import { askExport, importChildren, passChecks } from '../testing/corridor.ts'
import { readExported } from '../testing/exported-file.ts'
import { type Answer, buildTestApp, type Person, type TestApp } from '../testing/http.ts'
import { createMovableClock } from '../testing/movable-clock.ts'
import { buildWorld, TEST_PASSWORD, type World } from '../testing/world.ts'
import { runExport } from './export-run.ts'
import { keepHouse } from './housekeeping.ts'

let world: World
let test: TestApp
let registrar: Person
let children: StudentValues[]
const time = createMovableClock()

const BASE = '/api/rooms/registration/exports'
const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const idOf = (answer: Answer): string => answer.body?.error?.id ?? String(answer.status)

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world, { clock: time.clock })
  const wish = { regionCode: '440203', regionName: '某县', entryYear: world.entryYear }
  children = buildChildren(12, 80, { ...wish, schoolCode: world.org.school!.code })
  await importChildren(test.platform, world.actor('registrar'), children)
  const others = buildChildren(12, 81, { ...wish, regionCode: '440204', schoolCode: world.org.schoolB!.code })
  await importChildren(test.platform, world.actor('registrarB'), others)
  await passChecks(test.platform)
  registrar = await test.as('registrar')
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const ask = (person: Person, wish: { conditions?: object; columns?: string[] } = {}): Promise<Answer> =>
  person.post(BASE, {
    list: 'items',
    conditions: { view: 'all', ...wish.conditions },
    columns: wish.columns ?? ['name', 'identityNumber'],
    authoriser: { username: 'leader', password: TEST_PASSWORD },
  })
const run = (id: string, page?: number): Promise<void> =>
  runExport(test.platform, findRoom, id, page ? { page, lookMillis: 0 } : undefined)
const pathOf = async (id: string): Promise<string> =>
  test.platform.files.pathOf((await sql('select file_id from export_job where id = $1', [id]))[0].file_id)
const stateOf = async (id: string) =>
  (await sql('select status, done, total, failure from export_job where id = $1', [id]))[0]

describe('the trace (EXP-009, EXP-010)', () => {
  it('says who, when, conditions, fields, how many and who authorised; every download is in it', async () => {
    const child = children[3]!
    const { body } = await ask(registrar, {
      conditions: { studentName: child.name, identityNumber: child.identityNumber, status: 'schoolReview' },
      columns: ['name', 'phone'],
    })
    await run(body.id)
    for (let times = 0; times < 2; times++) expect((await registrar.get(`${BASE}/${body.id}/file`)).status).toBe(200)
    const lines = await sql('select * from audit_event where target = $1 order by at, seq', [body.id])
    expect(lines.map((line) => line.action)).toEqual([
      'export.request',
      'export.finish',
      'export.download',
      'export.download',
    ])
    const both = {
      fields: ['name', 'phone'],
      authoriserId: world.actor('leader').accountId,
      authoriserName: 'leader甲',
      conditions: { view: 'all', status: 'schoolReview', studentName: `${child.name![0]}*` },
    }
    expect(lines[0].detail).toMatchObject(both)
    expect(lines[1].detail).toMatchObject({ ...both, count: 1, personal: 1 })
    for (const line of lines) {
      expect(line).toMatchObject({ actor_name: 'registrar甲', org_path: world.org.school!.path })
      for (const text of [child.name!, child.identityNumber!]) expect(JSON.stringify(line.detail)).not.toContain(text)
    }
  })
})

describe('the file', () => {
  it('is for who asked; the organisation sees that it was made, others see nothing', async () => {
    const { body } = await ask(registrar)
    expect(idOf(await registrar.get(`${BASE}/${body.id}/file`))).toBe('export.notReady')
    await run(body.id)
    const file = await registrar.get(`${BASE}/${body.id}/file`)
    expect(file.headers['content-type']).toContain('spreadsheetml')
    expect(file.headers['cache-control']).toBe('no-store')
    expect(decodeURIComponent(String(file.headers['content-disposition']))).toMatch(
      /^attachment; filename\*=UTF-8''学籍注册查询-武江第一小学-\d{8}\.xlsx$/,
    )
    await sql(`insert into role_grant (account_id, role) values ($1, 'schoolRegistrar')`, [
      world.actor('clerk').accountId,
    ])
    const colleague = await test.signIn('clerk')
    const { body: seen } = await colleague.get(BASE)
    expect(seen.find((row: { id: string }) => row.id === body.id)).toMatchObject({ mine: false, status: 'ready' })
    for (const person of [colleague, await test.as('registrarB'), await test.as('county')]) {
      expect(idOf(await person.get(`${BASE}/${body.id}/file`)), person.username).toBe('notFound')
      expect(idOf(await person.post(`${BASE}/${body.id}/cancel`)), person.username).toBe('notFound')
    }
    expect((await (await test.as('registrarB')).get(BASE)).body).toEqual([])
    expect(idOf(await (await test.as('leader')).get(`${BASE}/${body.id}/file`))).toBe('forbidden')
  })

  it('goes when its time is over, record last (export.keepHours)', async () => {
    await sql(`insert into setting (key, org_path, value) values ('export.keepHours', '44', '2')`)
    const { body } = await ask(registrar)
    await run(body.id)
    const path = await pathOf(body.id)
    const [{ file_id: fileId }] = await sql('select file_id from export_job where id = $1', [body.id])
    time.forward(119)
    await keepHouse(test.platform)
    expect(existsSync(path)).toBe(true)
    time.forward(2)
    // Also before anybody has cleared it away. (Hours have passed: the session is a new one.)
    registrar = await test.signIn('registrar')
    expect(idOf(await registrar.get(`${BASE}/${body.id}/file`))).toBe('export.gone')
    await keepHouse(test.platform)
    expect(existsSync(path)).toBe(false)
    expect(await sql('select 1 from stored_file where id = $1', [fileId])).toEqual([])
    expect((await registrar.get(`${BASE}/${body.id}`)).body).toMatchObject({
      status: 'expired',
      statusName: '已过期删除',
    })
    expect(idOf(await registrar.get(`${BASE}/${body.id}/file`))).toBe('export.gone')
    await sql(`update export_job set created_at = created_at - interval '31 days' where id = $1`, [body.id])
    await keepHouse(test.platform)
    expect(await sql('select 1 from export_job where id = $1', [body.id])).toEqual([])
    expect(await sql(`select 1 from audit_event where target = $1`, [body.id])).toHaveLength(2)
  })
})

describe('the job', () => {
  it('can be cancelled: while it waits, and between two pages', async () => {
    const waiting = (await ask(registrar)).body.id
    expect((await registrar.post(`${BASE}/${waiting}/cancel`)).body.status).toBe('cancelled')
    await run(waiting)
    expect(await stateOf(waiting)).toMatchObject({ status: 'cancelled', done: 0 })

    const running = (await ask(registrar)).body.id
    // By the front door, when the first page is written and the second is about to be read.
    const cancelled = beforePage(test.platform, 2, () => registrar.post(`${BASE}/${running}/cancel`))
    await runExport(cancelled, findRoom, running, { page: 5, lookMillis: 0 })
    expect(await stateOf(running)).toMatchObject({ status: 'cancelled', done: 5, total: 12 })
    const path = await pathOf(running)
    expect([existsSync(path), existsSync(`${path}.partial`)]).toEqual([false, false])
    // Again: nothing more to cancel, and nothing more in the trace.
    expect((await registrar.post(`${BASE}/${running}/cancel`)).body.status).toBe('cancelled')
    expect(await sql(`select 1 from audit_event where action = 'export.cancel'`)).toHaveLength(2)
    time.forward(1)
    await keepHouse(test.platform)
    expect(await sql('select file_id from export_job where id = any($1)', [[waiting, running]])).toEqual([
      { file_id: null },
      { file_id: null },
    ])
  })

  it('left by a killed process it is taken up again from its beginning, what was left is written over', async () => {
    const { id } = (await ask(registrar)).body
    // As a killed process leaves it: running, some way on, with half a file under a name that is not the file's.
    const path = await pathOf(id)
    await sql(`update export_job set status = 'running', done = 7, total = 12, attempts = 1 where id = $1`, [id])
    await mkdir(dirname(path), { recursive: true })
    await writeFile(`${path}.partial`, 'half')
    test.platform.sentJobs.length = 0
    await keepHouse(test.platform)
    expect(jobsOf(id)).toEqual([])
    time.forward(1)
    await keepHouse(test.platform)
    expect(jobsOf(id)).toHaveLength(1)
    await run(id)
    expect(await stateOf(id)).toMatchObject({ status: 'ready', done: 12, total: 12 })
    expect(await readExported(path)).toHaveLength(12)
    expect(existsSync(`${path}.partial`)).toBe(false)
    // Once more: a finished export is left alone.
    await run(id)
    expect(await sql(`select 1 from audit_event where action = 'export.finish' and target = $1`, [id])).toHaveLength(1)
  })

  it('that ends its process again and again is given up', async () => {
    const { id } = (await ask(registrar)).body
    await sql('update export_job set attempts = 6 where id = $1', [id])
    time.forward(1)
    await keepHouse(test.platform)
    expect(await stateOf(id)).toMatchObject({ status: 'failed', failure: 'export.stopped' })
    // In the trace like every end, once.
    await keepHouse(test.platform)
    const lines = await sql(
      `select actor_name, detail from audit_event where action = 'export.finish' and target = $1`,
      [id],
    )
    expect(lines).toMatchObject([{ detail: { failure: 'export.stopped', authoriserName: expect.any(String) } }])
    expect(lines[0].detail).not.toHaveProperty('count')
  })

  it('takes the same number of statements a page, whatever the page holds', async () => {
    const county = world.actor('county')
    await sql(`insert into setting (key, org_path, value) values ('export.countyEnabled', '44', 'true')`)
    const counted = async (chunk: number): Promise<number> => {
      const id = await askExport(test.platform, county, world.actor('county2'), { columns: ['name', 'phone'] })
      const before = test.platform.db.statementCount()
      await run(id, chunk)
      return test.platform.db.statementCount() - before
    }
    // 24 children: 1, 3 and 6 full pages, and the empty one behind them.
    const [one, three, six] = [await counted(24), await counted(8), await counted(4)]
    expect(six - three).toBe(((three - one) / 2) * 3)
    expect((three - one) / 2).toBeLessThan(7)
    expect(one).toBeLessThan(30)
  })

  const jobsOf = (id: string) =>
    test.platform.sentJobs.filter(({ queue, data }) => queue === QUEUES.exportList && data.exportId === id)
})
