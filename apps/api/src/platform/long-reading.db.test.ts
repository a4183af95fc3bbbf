import { buildChildren } from '@xueji/db/seed/roster'
import { rangeOf } from '@xueji/domain/organization/org-path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { importChildren } from '../testing/corridor.ts'
import { createTestPlatform, type TestPlatform } from '../testing/test-platform.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { createDatabase, type Database, REQUEST_LIMITS, sqlState } from './db.ts'

let world: World
let platform: TestPlatform
/** With one connection: one that was used would be given again. */
let db: Database

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  platform = createTestPlatform(world.database.url)
  for (const [key, registrar] of [
    ['school', 'registrar'],
    ['farSchool', 'registrarFar'],
  ] as const) {
    const { regionCode, code } = world.org[key]!
    const wish = { regionCode, regionName: '某县', schoolCode: code, entryYear: world.entryYear }
    await importChildren(platform, world.actor(registrar), buildChildren(3, Number(regionCode), wish))
  }
  db = createDatabase(world.database.url, { ...REQUEST_LIMITS, connections: 1 })
})
afterAll(async () => {
  await db.close()
  await platform.close()
  await world.database.drop()
})

const TOUCHED = `select current_setting('app.touched', true) as touched`
/** Where nothing was filed. */
const elsewhere = () => ({ orgPath: world.org.sibling!.path })

describe('a long reading', () => {
  it.each(['school', 'county', 'farSchool', 'province', 'otherProvince', 'ministry'])(
    'of %s sees exactly the rows of its range',
    async (key) => {
      const { path } = world.org[key]!
      const { from, to } = rangeOf(path)
      const print = `select count(*)::int as n, md5(string_agg(t::text, '' order by t::text)) as print from review_item t`
      const { rows } = await world.database.client.query(`${print} where org_path >= $1 and org_path < $2`, [from, to])
      expect(await db.readInScopeOf({ orgPath: path }, (reading) => reading.query(print))).toEqual(rows)
    },
  )

  it('writes nothing', async () => {
    const written = db.readInScopeOf(world.actor('registrar'), (reading) =>
      reading.query('update review_item set org_path = org_path'),
    )
    expect(await written.then(() => 'ok', sqlState)).toBe('25006')
  })

  it('leaves its range and its being read only to nobody, whatever became of it', async () => {
    await db.inScopeOf(elsewhere(), (tx) => tx.query(`select set_config('app.touched', 'yes', false)`))
    for (const end of ['done', 'failed']) {
      const work = db.readInScopeOf(world.actor('registrar'), async (reading) => {
        await reading.query('select 1')
        if (end === 'failed') throw new Error('work failed')
      })
      await (end === 'failed' ? expect(work).rejects.toThrow('work failed') : work)
      const only = `select current_setting('transaction_read_only') as only, (select count(*)::int from review_item) as seen`
      expect(await db.inScopeOf(elsewhere(), (tx) => tx.query(only))).toEqual([{ only: 'off', seen: 0 }])
    }
    // The connection that was touched is not there any more.
    expect(await db.inScopeOf(elsewhere(), (tx) => tx.query(TOUCHED))).toEqual([{ touched: null }])
  })
})
