import { buildChildren } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { verifyAudit } from '../platform/audit.ts'
import { findRoom } from '../rooms/index.ts'
import { command, importChildren, itemsOf, passChecks, stageUpload } from '../testing/corridor.ts'
import { rosterFile } from '../testing/roster-file.ts'
import { createTestPlatform, type TestPlatform } from '../testing/test-platform.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { enlistTargets } from './batch-targets.ts'
import { runImport } from './import-run.ts'
import { runReviewBatch } from './review-batch.ts'

let world: World
let platforms: TestPlatform[]

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  // Eight processes would each have a pool of their own; so do these.
  platforms = Array.from({ length: 8 }, () =>
    createTestPlatform(world.database.url, {}, undefined, {
      statementTimeout: 60_000,
      lockTimeout: 30_000,
      connections: 4,
    }),
  )
})
afterAll(async () => {
  for (const platform of platforms) await platform.close()
  await world.database.drop()
})

// A county of its own for each set of children: invented numbers of one county and year may meet.
const wish = (school: string, regionCode = '440203') => ({
  regionCode,
  regionName: '武江区',
  schoolCode: world.org[school]!.code,
  entryYear: world.entryYear,
})
const one = async <Row>(sql: string, values: unknown[] = []): Promise<Row> =>
  (await world.database.client.query(sql, values)).rows[0] as Row

/** A batch of items that wait at the county. */
async function atCounty(school: string, suffix: string, count: number, regionCode: string): Promise<string[]> {
  const platform = platforms[0]!
  const batch = await importChildren(
    platform,
    world.actor(`registrar${suffix}`),
    buildChildren(count, 30, wish(school, regionCode)),
  )
  await passChecks(platform)
  const ids = await itemsOf(platform, batch)
  await command(platform, world.actor(`leader${suffix}`), 'approve', ids)
  await command(platform, world.actor(`registrar${suffix}`), 'escalate', ids)
  return ids
}

describe('races: exactly one effect each', () => {
  it('8 reviewers decide 200 items at once, each over all of them (F-008)', async () => {
    const ids = await atCounty('school', '', 200, '440222')
    const reviewers = [world.actor('county'), world.actor('county2')]
    const outcomes = await Promise.all(
      platforms.map(async (platform, index) => {
        let done = 0
        // Each in chunks of its own order, as eight people would.
        for (let at = 0; at < ids.length; at += 25) {
          const chunk = [...ids.slice(at, at + 25)].sort(() => (index % 2 ? 1 : -1))
          done += (await command(platform, reviewers[index % 2]!, 'approve', chunk)).filter(
            (outcome) => !outcome.refusal,
          ).length
        }
        return done
      }),
    )
    expect(outcomes.reduce((sum, done) => sum + done, 0)).toBe(200)
    expect(
      await one(
        `select count(*)::int as students, count(distinct item_id)::int as items from student where item_id = any($1)`,
        [ids],
      ),
    ).toEqual({ students: 200, items: 200 })
    expect(
      await one(
        `select count(*)::int as decisions from review_event where item_id = any($1) and kind = 'approve' and step = 2`,
        [ids],
      ),
    ).toEqual({ decisions: 200 })
    expect(await one(`select count(*)::int as lines from student_change where item_id = any($1)`, [ids])).toEqual({
      lines: 200,
    })
  })

  it('two schools file the same children at the same moment: one wins, the other is told who (DUP-008, DUP-007)', async () => {
    const children = buildChildren(60, 32, wish('schoolB'))
    const others = children.map((child) => ({ ...child, schoolCode: world.org.schoolC!.code }))
    const [first, second] = await Promise.all([
      importChildren(platforms[1]!, world.actor('registrarB'), children),
      importChildren(platforms[2]!, world.actor('registrarC'), others),
    ])
    const { rows } = await world.database.client.query('select id, status from import_batch where id = any($1)', [
      [first, second],
    ])
    expect(rows.map((row) => row.status).sort()).toEqual(['failed', 'succeeded'])
    expect(
      await one(`select count(*)::int as items from review_item where import_batch_id = any($1)`, [[first, second]]),
    ).toEqual({ items: 60 })
    const loser = rows.find((row) => row.status === 'failed')!.id
    const winner = loser === first ? '浈江小学' : '武江第二小学'
    const { issues } = await one<{ issues: { code: string; params: { where: string } }[] }>(
      'select issues from import_row where batch_id = $1 limit 1',
      [loser],
    )
    expect(issues).toContainEqual(expect.objectContaining({ code: 'duplicate.elsewhere', params: { where: winner } }))
  })

  it('a school of another province learns the province only (DUP-007)', async () => {
    const batch = await importChildren(
      platforms[0]!,
      world.actor('registrarFar'),
      buildChildren(60, 32, wish('farSchool')),
    )
    const { issues } = await one<{ issues: { code: string; params: { where: string } }[] }>(
      'select issues from import_row where batch_id = $1 limit 1',
      [batch],
    )
    expect(issues).toContainEqual(
      expect.objectContaining({ code: 'duplicate.elsewhere', params: { where: '广东省教育厅' } }),
    )
  })

  it('two workers run one import at once: it enters once (REG-007)', async () => {
    const batch = await stageUpload(
      platforms[0]!,
      world.actor('registrar'),
      await rosterFile(buildChildren(80, 33, wish('school', '440229'))),
    )
    const { files } = platforms[0]!
    await Promise.all([3, 4].map((index) => runImport({ ...platforms[index]!, files }, findRoom, batch)))
    expect(await one('select status, total_rows as total from import_batch where id = $1', [batch])).toEqual({
      status: 'succeeded',
      total: 80,
    })
    expect(await one('select count(*)::int as items from review_item where import_batch_id = $1', [batch])).toEqual({
      items: 80,
    })
    expect(
      await one(
        'select count(*)::int as rows from import_row r join review_item i on i.id = r.id where r.batch_id = $1',
        [batch],
      ),
    ).toEqual({ rows: 80 })
    expect(
      await one(
        `select count(*)::int as events from review_event e join review_item i on i.id = e.item_id where i.import_batch_id = $1 and e.kind = 'submit'`,
        [batch],
      ),
    ).toEqual({ events: 80 })
  })

  it('two browsers press 全部审核 on the same items: one batch does each, the other skips it (F-010)', async () => {
    const ids = await atCounty('schoolB', 'B', 120, '440224')
    const batches = await Promise.all([makeBatch('county', ids), makeBatch('county2', ids)])
    await Promise.all(
      [...batches, ...batches].map((batch, index) => runReviewBatch(platforms[index]!, findRoom, batch)),
    )
    const totals = await one<{ done: number; skipped: number; failed: number; open: number }>(
      `select sum(done)::int as done, sum(skipped)::int as skipped, sum(failed)::int as failed, (count(*) filter (where status <> 'finished'))::int as open from review_batch where id = any($1)`,
      [batches],
    )
    expect(totals).toEqual({ done: 120, skipped: 120, failed: 0, open: 0 })
    expect(await one('select count(*)::int as students from student where item_id = any($1)', [ids])).toEqual({
      students: 120,
    })
  })

  it('a batch goes on with the rights of now: what was revoked meanwhile is not decided any more (SEC-008)', async () => {
    const ids = await atCounty('schoolB', 'B', 20, '440281')
    const batch = await makeBatch('county2', ids)
    const grant = `role_grant g using account a where a.id = g.account_id and a.username = 'county2'`
    const [held] = (await world.database.client.query(`delete from ${grant} returning g.*`)).rows
    await runReviewBatch(platforms[0]!, findRoom, batch)
    const outcome = await one('select status, done, skipped, failed from review_batch where id = $1', [batch])
    await world.database.client.query(
      'insert into role_grant select * from jsonb_populate_record(null::role_grant, $1)',
      [held],
    )
    expect(outcome).toEqual({ status: 'finished', done: 0, skipped: 20, failed: 0 })
    expect(await one('select count(*)::int as students from student where item_id = any($1)', [ids])).toEqual({
      students: 0,
    })
  })

  it('two bureaus give temporary numbers for one county and birthday: never the same (NUM-005)', async () => {
    const children = buildChildren(40, 35, wish('school', '440232'))
    const platform = platforms[0]!
    const batch = await importChildren(platform, world.actor('registrar'), children)
    await passChecks(platform, 3)
    const ids = await itemsOf(platform, batch)
    await world.database.client.query(
      `update review_item set birth_date = '2020-03-15', gender = '1' where id = any($1)`,
      [ids],
    )
    await command(platform, world.actor('leader'), 'approve', ids)
    await command(platform, world.actor('registrar'), 'escalate', ids)
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        command(platforms[index]!, world.actor('county'), 'approve', ids.slice(index * 5, index * 5 + 5)),
      ),
    )
    const { rows } = await world.database.client.query(
      `select student_number from student where item_id = any($1) order by 1`,
      [ids],
    )
    expect(new Set(rows.map((row) => row.student_number)).size).toBe(40)
    expect(rows.every((row) => /^L44020320200315/.test(row.student_number))).toBe(true)
  })

  it('leaves every audit chain whole', async () => {
    const { lines, faults } = await verifyAudit(platforms[0]!.db.system)
    expect(faults).toEqual([])
    expect(lines).toBeGreaterThan(700)
  })
})

async function makeBatch(username: string, ids: readonly string[]): Promise<string> {
  const platform = platforms[0]!
  const actor = world.actor(username)
  const id = platform.clock.newId()
  await platform.db.inScopeOf(actor, async (tx) => {
    await tx.query(
      `insert into review_batch (id, room, command, account_id, org_path, actor, request_id, total, created_at, heartbeat_at) values ($1, 'registration', 'approve', $2, $3, $4, 'test', $5, now(), now())`,
      [id, actor.accountId, actor.orgPath, JSON.stringify(actor), ids.length],
    )
    await enlistTargets(tx, id, 'select unnest($1::uuid[]) as id', [ids])
  })
  return id
}
