import { buildGrade } from '@xueji/db/seed/organizations'
import { buildChildren } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createClock } from '../../platform/clock.ts'
import { command, importChildren, itemsOf, passChecks } from '../../testing/corridor.ts'
import { buildTestApp, type TestApp } from '../../testing/http.ts'
import { addPhoto } from '../../testing/photos.ts'
import { buildWorld, type World } from '../../testing/world.ts'

const URL = '/api/rooms/registration/progress'
let world: World
let app: TestApp

const file = async (who: string, school: string, count: number, seed: number, regionCode: string): Promise<string[]> =>
  itemsOf(
    app.platform,
    await importChildren(
      app.platform,
      world.actor(who),
      buildChildren(count, seed, {
        regionCode,
        regionName: '某区',
        schoolCode: world.org[school]!.code,
        entryYear: world.entryYear,
      }),
    ),
  )

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  app = await buildTestApp(world)
  const { platform } = app
  const a = await file('registrar', 'school', 6, 31, '440203')
  await passChecks(platform)
  await command(platform, world.actor('leader'), 'approve', a.slice(0, 3))
  await command(platform, world.actor('registrar'), 'escalate', a.slice(0, 3))
  await command(platform, world.actor('county'), 'approve', a.slice(0, 3))
  await command(platform, world.actor('leader'), 'refuse', a.slice(5), '请核对')
  const direct = await file('registrarCity', 'cityDirect', 2, 32, '440205')
  await passChecks(platform, 3)
  await command(platform, world.actor('leaderCity'), 'approve', direct)
  await file('registrarFar', 'farSchool', 4, 33, '370102')
})
afterAll(async () => {
  await app.close()
  await world.database.drop()
})

type Row = Record<string, string | number>
const rowsOf = (rows: Row[]): Record<string, unknown> =>
  Object.fromEntries(
    rows
      .filter((row) => Number(row.registered) + Number(row.waiting) + Number(row.returned) > 0)
      .map((row) => [
        row.orgName,
        [row.schools, row.registered, row.waiting, row.returned, row.verified, row.unverified],
      ]),
  )

describe('注册进度 (menu §2.6, §6 ⑨)', () => {
  it('counts school by school for a county, with schools that have filed nothing', async () => {
    const { body } = await (await app.as('county')).get(URL)
    expect(rowsOf(body.rows)).toEqual({ 武江第一小学: [1, 3, 2, 1, 6, 0] })
    expect(body.rows.map((row: Row) => row.orgName)).toContain('武江第二小学')
    expect(body.entryYear).toBe(world.entryYear)
  })

  it('tells how many of the registered have their photograph (PHO-008)', async () => {
    const [child] = (
      await world.database.client.query<{ id: string }>(
        'select id from student where org_path = $1 and item_id is not null limit 1',
        [world.org.school!.path],
      )
    ).rows
    const told = async (who: string): Promise<Record<string, unknown>> =>
      Object.fromEntries(
        (await (await app.as(who)).get(URL)).body.rows
          .filter((row: Row) => row.photographed)
          .map((row: Row) => [row.orgName, row.photographed]),
      )
    await addPhoto(app.platform, world.actor('registrar'), child!.id)
    expect([await told('county'), await told('province')]).toEqual([{ 武江第一小学: 1 }, { 韶关市教育局: 1 }])
    // Another one in its place is no second one; summed up it says the same.
    await addPhoto(app.platform, world.actor('registrar'), child!.id)
    await app.platform.db.system.query('select sum_up_tally()')
    expect(await told('county')).toEqual({ 武江第一小学: 1 })
    // It goes where the child goes, and leaves this school year's newcomers with it.
    const move = (orgPath: string, grade: string) =>
      world.database.client.query('update student set org_path = $2, grade_id = $3 where id = $1', [
        child!.id,
        orgPath,
        grade,
      ])
    await buildGrade(world.database.client, world.org.schoolB!, 1, world.entryYear - 3, 1)
    const { rows } = await world.database.client.query<{ id: string; at: string; year: number }>(
      `select g.id, o.path as at, g.entry_year as year from grade g join organization o on o.id = g.school_id where o.path = any($1)`,
      [[world.org.school!.path, world.org.schoolB!.path]],
    )
    const gradeOf = (org: string, year: number): string =>
      rows.find((row) => row.at === world.org[org]!.path && row.year === year)!.id
    await move(world.org.schoolB!.path, gradeOf('schoolB', world.entryYear))
    expect(await told('county')).toEqual({ 武江第二小学: 1 })
    await move(world.org.schoolB!.path, gradeOf('schoolB', world.entryYear - 3))
    expect(await told('county')).toEqual({})
    await move(world.org.school!.path, gradeOf('school', world.entryYear))
    expect(await told('county')).toEqual({ 武江第一小学: 1 })
  })

  it('sums up for those above, schools of their own apart, and leads down level by level', async () => {
    const province = await (await app.as('province')).get(URL)
    expect(rowsOf(province.body.rows)).toEqual({ 韶关市教育局: [4, 3, 4, 1, 6, 2] })
    const city = world.org.city!.id
    const below = await (await app.as('province')).get(URL, { query: { orgId: city } })
    expect(rowsOf(below.body.rows)).toEqual({
      韶关市武江区教育局: [2, 3, 2, 1, 6, 0],
      韶关实验小学: [1, 0, 2, 0, 0, 2],
    })
    expect(below.body.trail.map((one: Row) => one.name)).toEqual(['广东省教育厅', '韶关市教育局'])
  })

  it('shows nobody what lies beyond the own range', async () => {
    expect((await (await app.as('county')).get(URL, { query: { orgId: world.org.city!.id } })).status).toBe(404)
    expect((await (await app.as('otherProvince')).get(URL, { query: { orgId: world.org.county!.id } })).status).toBe(
      404,
    )
    expect(rowsOf((await (await app.as('otherProvince')).get(URL)).body.rows)).toEqual({
      济南市教育局: [1, 0, 4, 0, 0, 0],
    })
  })
})

describe('TIME-001、PRE-018 期限提醒', () => {
  const at = (day: string): Promise<TestApp> => {
    const start = Date.now()
    return buildTestApp(world, { clock: createClock(() => Date.parse(`${day}T04:00:00Z`) + Date.now() - start) })
  }
  it.each([
    ['09-11', 20, false],
    ['10-02', -1, true],
  ])('on %s there are %i days left', async (day, daysLeft, overdue) => {
    const later = await at(`${world.entryYear}-${day}`)
    try {
      const school = (await (await later.signIn('leader')).get('/api/rooms/registration/reminder')).body
      expect(school).toEqual({
        entryYear: world.entryYear,
        deadline: { on: `${world.entryYear}-10-01`, daysLeft, overdue },
        unfinished: 3,
        schools: null,
      })
      const city = (await (await later.signIn('city')).get('/api/rooms/registration/reminder')).body
      expect([city.unfinished, city.schools]).toEqual([5, 2])
      const { body } = await (await later.signIn('city')).get(URL)
      const row = body.rows.find((one: Row) => one.orgName === '韶关市武江区教育局')
      expect([row.overdue, row.overdueSchools]).toEqual(overdue ? [3, 1] : [0, 0])
    } finally {
      await later.close()
    }
  })

  it('holds to what the province has set', async () => {
    await world.database.client.query(
      `insert into setting (key, org_path, value) values ('deadline.register', '44', '45')`,
    )
    const { body } = await (await app.as('county')).get('/api/rooms/registration/reminder')
    expect(body.deadline.on).toBe(`${world.entryYear}-10-16`)
  })
})
