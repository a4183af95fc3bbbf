import { buildChildren } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sqlState } from '../platform/db.ts'
import { command, importChildren, itemsOf, passChecks } from '../testing/corridor.ts'
import { buildTestApp, type TestApp } from '../testing/http.ts'
import { buildWorld, type World } from '../testing/world.ts'

let world: World
let test: TestApp
const ids: Record<string, string[]> = {}

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  for (const [index, [school, who]] of (
    [
      ['school', 'registrar'],
      ['schoolB', 'registrarB'],
    ] as const
  ).entries()) {
    const wish = { regionCode: ['440203', '440204'][index]!, regionName: '某区', entryYear: world.entryYear }
    const children = buildChildren(20, 400 + index, { ...wish, schoolCode: world.org[school]!.code })
    ids[school] = await itemsOf(test.platform, await importChildren(test.platform, world.actor(who), children))
  }
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

/** The items counted one by one, school by school and stage by stage; and what the tally adds up to. */
const plain = () =>
  sql(
    `select i.org_path as path, case when i.status in ('checking', 'duplicate') then '查重认证' when i.status = 'returned' then '退回修改'
         when i.status = 'effective' then '已注册' when i.waiting_act = 'escalate' then '待上报' when i.waiting_path = i.org_path then '待学校审核'
         else '待主管部门审核' end as label, count(*)::int as count
     from review_item i join grade g on g.id = i.grade_id
     where i.room = 'registration' and g.entry_year = $1 and i.status in ('checking', 'duplicate', 'open', 'returned', 'effective') group by 1, 2 order by 1, 2`,
    [world.entryYear],
  )
type Bar = { readonly label: string; readonly count: number }
const shown = async (username: string): Promise<Bar[]> =>
  (await (await test.as(username)).get('/api/home')).body.progress.filter((bar: Bar) => bar.count !== 0)
const sorted = (bars: readonly Bar[]) => [...bars].sort((a, b) => (a.label < b.label ? -1 : 1))

async function expectSame(): Promise<void> {
  const rows = await plain()
  const all = new Map<string, number>()
  for (const { label, count } of rows) all.set(label, (all.get(label) ?? 0) + count)
  expect(sorted(await shown('county'))).toEqual(sorted([...all].map(([label, count]) => ({ label, count }))))
  const own = rows.filter(({ path }) => path === world.org.school!.path)
  expect(sorted(await shown('registrar'))).toEqual(sorted(own.map(({ label, count }) => ({ label, count }))))
}

describe('the progress on the home page', () => {
  it('is the plain count, whatever is decided at the same time, and while it is summed up', async () => {
    await expectSame()
    await passChecks(test.platform)
    await expectSame()
    const { platform } = test
    const summing = Array.from({ length: 6 }, () => () => platform.db.system.query('select sum_up_tally()'))
    let seed = 7
    const chance = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor((seed / 2_147_483_648) * below)
    }
    const people = {
      school: { leader: 'leader', registrar: 'registrar' },
      schoolB: { leader: 'leaderB', registrar: 'registrarB' },
    } as const
    for (let round = 0; round < 6; round++) {
      // Sets that overlap, of both schools, given at once by everybody who may: most of them meet somebody else's decision.
      const wishes = Array.from({ length: 8 }, () => {
        const school = (['school', 'schoolB'] as const)[chance(2)]!
        const own = ids[school]!
        const set = own.slice(chance(10), 10 + chance(10))
        const [who, act] = (
          [
            [people[school].leader, 'approve'],
            [people[school].leader, 'refuse'],
            [people[school].registrar, 'escalate'],
            [people[school].registrar, 'remove'],
            ['county', 'approve'],
            ['county', 'refuse'],
          ] as const
        )[chance(6)]!
        return () => command(platform, world.actor(who), act, set, '请核对')
      })
      await Promise.all([...wishes, summing[round]!, summing[round]!].map((work) => work()))
      await expectSame()
    }
    expect(new Set((await plain()).map(({ label }) => label)).size).toBeGreaterThan(2)
    await platform.db.system.query('select sum_up_tally()')
    await expectSame()
    // Summed up it is as large as what it says.
    expect(
      await sql(
        'select 1 from item_tally group by room, entry_year, org_path, stage, verification having count(*) > 1',
      ),
    ).toEqual([])
  })

  it('takes nothing from any role', async () => {
    for (const text of [
      'delete from item_tally',
      'update item_tally set items = 0',
      'insert into item_tally select * from item_tally',
    ])
      expect(await test.platform.db.system.query(text).then(() => 'done', sqlState), text).toBe('42501')
  })
})
