import { buildChildren } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { importChildren, itemsOf, passChecks } from '../../testing/corridor.ts'
import { buildTestApp, type TestApp } from '../../testing/http.ts'
import { buildWorld, type World } from '../../testing/world.ts'

const ROOM = '/api/rooms/registration'
let world: World
let app: TestApp
let first: string[]
let second: string[]

const file = async (who: string, school: string, seed: number): Promise<string[]> =>
  itemsOf(
    app.platform,
    await importChildren(
      app.platform,
      world.actor(who),
      buildChildren(5, seed, {
        regionCode: '440203',
        regionName: '某区',
        schoolCode: world.org[school]!.code,
        entryYear: world.entryYear,
      }),
    ),
  )

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  app = await buildTestApp(world)
  first = await file('registrar', 'school', 41)
  second = await file('registrarB', 'schoolB', 42)
  await passChecks(app.platform)
  // One has not been asked about yet, one is a duplicate.
  await world.database.client.query(
    `update review_item set status = 'checking', waiting_path = null, waiting_act = null, duplicate_status = 0, verification_status = 0 where id = $1`,
    [first[3]],
  )
  await world.database.client.query(
    `update review_item set status = 'duplicate', waiting_path = null, waiting_act = null, duplicate_status = 3, verification_status = 0 where id = $1`,
    [first[4]],
  )
})
afterAll(async () => {
  await app.close()
  await world.database.drop()
})

const one = async (who: string, id: string, command: string, opinion = '') => {
  const person = await app.as(who)
  const { rows } = await world.database.client.query('select version from review_item where id = $1', [id])
  return person.post(`${ROOM}/items/${id}/commands`, { command, opinion, version: rows[0].version })
}
const all = async (who: string, command: string, filter: object) =>
  (await (await app.as(who)).post(`${ROOM}/review-batches`, { command, filter })).body
const statusOf = async (ids: readonly string[]): Promise<string[]> =>
  (
    await world.database.client.query(
      `select case when status = 'open' then waiting_act || ' ' || waiting_path else status end as text from review_item
       where id = any($1::uuid[]) order by array_position($1::uuid[], id)`,
      [ids],
    )
  ).rows.map((row) => row.text)

describe('审核与上报, through the front door', () => {
  it('REG-021, REG-022 未完成查重认证的、查重不通过的不能审核', async () => {
    const pending = await one('leader', first[3]!, 'approve')
    expect([pending.status, pending.body.error.id]).toEqual([409, 'review.checkPending'])
    const duplicate = await one('leader', first[4]!, 'approve')
    expect([duplicate.status, duplicate.body.error.id]).toEqual([409, 'review.duplicate'])
  })

  it('REG-024 学校审核由主管领导做,不通过须填意见', async () => {
    expect((await one('registrar', first[0]!, 'approve')).status).toBe(403)
    expect((await one('leader', first[0]!, 'refuse')).body.error.id).toBe('review.opinionRequired')
    expect((await one('leader', first[0]!, 'refuse', '请核对住址')).status).toBe(200)
    expect(await statusOf([first[0]!])).toEqual(['returned'])
  })

  it('REG-026 明细页【全部审核】=本校该类别全部待审,跳过未完成查重认证与查重不通过的', async () => {
    const done = await all('leader', 'approve', { category: 'R11' })
    expect([done.total, done.done, done.skipped]).toEqual([2, 2, 0])
    const { path } = world.org.school!
    expect(await statusOf(first)).toEqual(['returned', `escalate ${path}`, `escalate ${path}`, 'checking', 'duplicate'])
    // Another school's stay where they are.
    expect(new Set(await statusOf(second))).toEqual(new Set([`review ${world.org.schoolB!.path}`]))
  })

  it('REG-027 上报由学籍管理员做,只有学校审核通过的可上报;新生注册账号不能', async () => {
    expect((await one('clerk', first[1]!, 'escalate')).status).toBe(403)
    expect((await one('registrarB', second[0]!, 'escalate')).status).toBe(403)
    const done = await all('registrar', 'escalate', {})
    expect([done.total, done.done]).toEqual([2, 2])
    expect(await statusOf(first.slice(1, 3))).toEqual([
      `review ${world.org.county!.path}`,
      `review ${world.org.county!.path}`,
    ])
  })

  it('REG-030 教育部门按学校汇总,每个数字都是它进入的明细的人数', async () => {
    await all('leaderB', 'approve', {})
    await all('registrarB', 'escalate', {})
    const county = await app.as('county')
    const { rows } = (await county.get(`${ROOM}/summary`, { query: { view: 'review' } })).body
    expect(
      rows.map((row: Record<string, unknown>) => [
        row.orgName,
        row.total,
        row.resident,
        row.overseas,
        row.undocumented,
      ]),
    ).toEqual([
      ['武江第一小学', 2, 2, 0, 0],
      ['武江第二小学', 5, 5, 0, 0],
    ])
    for (const row of rows) {
      const list = await county.post(`${ROOM}/items/search`, {
        view: 'review',
        schoolId: row.orgId,
        category: 'R11',
        count: '1',
      })
      expect(list.body.total).toBe(row.resident)
    }
  })

  it('REG-026 列表页选中学校=该校全部待审', async () => {
    const done = await all('county', 'approve', { schoolIds: [world.org.schoolB!.id] })
    expect([done.total, done.done]).toEqual([5, 5])
    expect(new Set(await statusOf(second))).toEqual(new Set(['effective']))
    expect(await statusOf(first.slice(1, 3))).toEqual([
      `review ${world.org.county!.path}`,
      `review ${world.org.county!.path}`,
    ])
  })

  it('REG-028, REG-029 主管教育部门审核不通过即退回学校', async () => {
    expect((await one('county', first[1]!, 'refuse', '请核对姓名')).status).toBe(200)
    expect(await statusOf([first[1]!])).toEqual(['returned'])
  })
})
