import { buildChildren } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sqlState } from '../platform/db.ts'
import { command, importChildren, itemsOf, passChecks } from '../testing/corridor.ts'
import { createTestPlatform, type TestPlatform } from '../testing/test-platform.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { endLease, leaseDue, secondsUntilDue } from './check-lease.ts'

let world: World
let platform: TestPlatform
let batch: string
let ids: string[]

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  platform = createTestPlatform(world.database.url)
  const { code } = world.org.school!
  const wish = { regionCode: '440203', regionName: '武江区', schoolCode: code, entryYear: world.entryYear }
  batch = await importChildren(platform, world.actor('registrar'), buildChildren(40, 3, wish))
  ids = await itemsOf(platform, batch)
})
afterAll(async () => {
  await platform.close()
  await world.database.drop()
})

/** Every item under way and its place in the queue must say the same; an item that has ended has none. */
const differences = () =>
  sql(
    `select i.id, i.status, q.status as queued from review_item i full join review_queue q on q.item_id = i.id
     where (i.status in ('checking', 'duplicate', 'open', 'returned')) is distinct from (q.item_id is not null)
       or (q.item_id is not null and (i.room, i.org_path, i.status, i.waiting_path, i.waiting_act, i.waiting_since, i.next_check_at, i.student_id)
         is distinct from (q.room, q.org_path, q.status, q.waiting_path, q.waiting_act, q.waiting_since, q.next_check_at, q.student_id))`,
  )

describe('a lease of the identity check', () => {
  const take = (id: string, most: number, now: Date) => platform.db.inSystem((tx) => leaseDue(tx, { id, most, now }))

  it('is given to one asker only, until it is ended or has run out', async () => {
    const [first, second, third] = [platform.clock.newId(), platform.clock.newId(), platform.clock.newId()]
    const now = platform.clock.now()
    const taken = await Promise.all([take(first, 25, now), take(second, 25, now)])
    expect(taken.flat()).toHaveLength(40)
    expect(new Set(taken.flat())).toEqual(new Set(ids))
    expect(await take(third, 25, now)).toEqual([])
    // Nothing is due before a lease runs out.
    expect(await secondsUntilDue(platform.db.system, now)).toBeGreaterThan(100)
    await platform.db.inSystem((tx) => endLease(tx, first))
    expect(await secondsUntilDue(platform.db.system, now)).toBe(1)
    expect(await take(third, 40, now)).toHaveLength(taken[0]!.length)
    // The others' asker was killed, it seems.
    const later = new Date(now.getTime() + 200_000)
    expect(await take(platform.clock.newId(), 100, later)).toHaveLength(40)
    await sql('delete from check_lease')
  })

  it('reads what it gives and no more, whatever waits and whatever the planner thinks of it', async () => {
    const fetched = await platform.db.inSystem(async (tx) => {
      const soFar = async (): Promise<number> => {
        const [row] = await tx.query<{ n: number }>(
          `select idx_tup_fetch::int as n from pg_stat_xact_user_tables where relname = 'review_queue'`,
        )
        return row!.n
      }
      await tx.query(`select set_config('enable_indexscan', 'off', true)`)
      const before = await soFar()
      expect(await leaseDue(tx, { id: platform.clock.newId(), most: 5, now: platform.clock.now() })).toHaveLength(5)
      return (await soFar()) - before
    })
    expect(fetched).toBe(5)
    await sql('delete from check_lease')
  })
})

describe('the queue says what the items say', () => {
  it('while they are checked, decided, returned, ended and registered; and every version stays on its page', async () => {
    expect(await differences()).toEqual([])
    await passChecks(platform)
    expect(await differences()).toEqual([])
    await command(platform, world.actor('leader'), 'refuse', ids.slice(0, 3), '照片不清')
    await command(platform, world.actor('leader'), 'approve', ids.slice(3))
    expect(await differences()).toEqual([])
    await command(platform, world.actor('registrar'), 'remove', ids.slice(0, 1))
    await command(platform, world.actor('registrar'), 'escalate', ids.slice(3))
    await command(platform, world.actor('county'), 'approve', ids.slice(3, 20))
    expect(await differences()).toEqual([])
    expect(await sql('select status, count(*)::int as n from review_queue group by 1 order by 1')).toEqual([
      { status: 'open', n: 20 },
      { status: 'returned', n: 2 },
    ])
  })

  it('no index of the items reads what a step moves', async () => {
    const moving = [
      'status',
      'step',
      'round',
      'version',
      'waiting_path',
      'waiting_act',
      'waiting_since',
      'next_check_at',
    ]
    const rows = await sql(`select indexdef as text from pg_indexes where tablename = 'review_item'`)
    for (const { text } of rows)
      for (const column of [...moving, 'student_id', 'student_number', 'check_attempts', 'verification_status'])
        expect(text).not.toMatch(new RegExp(`[ (]${column}\\b`))
  })

  it('tells that a batch was decided about, once and for all', async () => {
    expect(await sql('select batch_id from import_decided')).toEqual([{ batch_id: batch }])
  })

  it.each([
    `insert into review_queue select id, room, org_path, 'open', '', 'review', waiting_since from review_item where status = 'effective'`,
    'update review_queue set waiting_path = org_path',
    'delete from review_queue',
    'insert into import_decided select gen_random_uuid()',
    'delete from import_decided',
  ])('takes nothing from any role: %s', async (text) => {
    expect(await sql(text).then(() => 'done', sqlState)).toBe('42501')
  })

  it('an item that has ended does not come back', async () => {
    const back = `update review_item set status = 'returned', waiting_path = null, waiting_act = null where id = $1`
    expect(await sql(back, [ids[0]]).then(() => 'done', sqlState)).toBe('23001')
    expect(await differences()).toEqual([])
  })
})
