import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createChance } from '@xueji/db/seed/random'
import { buildChildren } from '@xueji/db/seed/roster'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { verifyAudit } from '../platform/audit.ts'
import { findRoom } from '../rooms/index.ts'
import { registrationRoom } from '../rooms/registration/registration.room.ts'
import { askExport, command, importChildren, itemsOf, passChecks, stageUpload } from '../testing/corridor.ts'
import { readExported } from '../testing/exported-file.ts'
import { rosterFile } from '../testing/roster-file.ts'
import { createTestPlatform, type TestPlatform } from '../testing/test-platform.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { enlistTargets } from './batch-targets.ts'
import { runImport } from './import-run.ts'
import { submitStaged } from './submit-command.ts'
import { beginUndo } from './undo-batch.ts'

/** Kills of each kind; a nightly run asks for many more (quality: Faults). */
const KILLS = Number(process.env.KILLS ?? 20)

let world: World
let platform: TestPlatform
let bundle: string

const API = fileURLToPath(new URL('../../', import.meta.url))

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  platform = createTestPlatform(world.database.url)
  const { rows } = await world.database.client.query(`select code from region where level = 'county' order by code`)
  counties = rows.map(({ code }) => code)
  // Bundled once, beside the app so that its packages are found: a process starts in a fraction of a second.
  bundle = join(API, 'dist', `kill-${process.pid}`)
  const { dependencies } = (await import(join(API, 'package.json'), { with: { type: 'json' } })).default as {
    dependencies: Record<string, string>
  }
  const external = Object.keys(dependencies)
    .filter((name) => !name.startsWith('@xueji/'))
    .flatMap((name) => [name, `${name}/*`])
  await build({
    entryPoints: [join(API, 'src/testing/kill-child.ts'), join(API, 'src/pipeline/roster-child.ts')],
    outdir: bundle,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'esm',
    external,
    logLevel: 'error',
  })
})
afterAll(async () => {
  rmSync(bundle, { recursive: true, force: true })
  await platform.close()
  await world.database.drop()
})

/** Works on a batch in a process of its own and kills it after a while; true when it was done before. */
function workAndKill(kind: 'import' | 'review' | 'export', batchId: string, afterMillis: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const folder = join(platform.files.pathOf('xx'), '..', '..')
    const child = spawn(process.execPath, [join(bundle, 'kill-child.js'), kind, batchId, world.database.url, folder], {
      cwd: API,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString()
      if (said === 'begun\n') setTimeout(() => child.kill('SIGKILL'), afterMillis)
    })
    child.on('exit', (code) =>
      code !== null && code !== 0 ? reject(new Error(`worker failed with ${code}`)) : resolve(said.endsWith('done\n')),
    )
  })
}

const one = async <Row>(sql: string, values: unknown[] = []): Promise<Row> =>
  (await world.database.client.query(sql, values)).rows[0] as Row
const wish = (regionCode: string) => ({
  regionCode,
  regionName: '武江区',
  schoolCode: world.org.school!.code,
  entryYear: world.entryYear,
})
// Every roster draws on a county of its own: how many it takes depends on how quick the machine is.
let counties: string[] = []
const county = (): string => counties.pop()!

describe('kill -9 (security: a job’s rows and its cursor commit together)', () => {
  it(`the process is killed ${KILLS} times while importing: nothing lost, doubled or half done`, {
    timeout: 240_000,
  }, async () => {
    const chance = createChance(4711)
    let kills = 0
    for (let round = 0; kills < KILLS; round++) {
      const bytes = await rosterFile(buildChildren(300, round, wish(county())))
      const batch = await stageUpload(platform, world.actor('registrar'), bytes)
      for (let tries = 0; ; tries++) {
        // Later and later, so that each phase is hit and the batch ends.
        const done = await workAndKill('import', batch, chance.between(20, 500 + tries * 150))
        if (done) break
        kills++
        const seen = await one<{ status: string; items: number; claims: number; events: number }>(
          `select b.status, (select count(*)::int from review_item where import_batch_id = b.id) as items,
             (select count(*)::int from identity_claim c join import_row r on r.id = c.item_id where r.batch_id = b.id) as claims,
             (select count(*)::int from review_event e join review_item i on i.id = e.item_id where i.import_batch_id = b.id) as events
           from import_batch b where b.id = $1`,
          [batch],
        )
        // Whole or absent at every moment (REG-007).
        expect(seen.status === 'succeeded' ? [300, 300, 300] : [0, 0, 0]).toEqual([
          seen.items,
          seen.claims,
          seen.events,
        ])
      }
      expect(await one('select status, total_rows, valid_rows from import_batch where id = $1', [batch])).toEqual({
        status: 'succeeded',
        total_rows: 300,
        valid_rows: 300,
      })
      expect(
        await one(
          'select count(*)::int as items, count(distinct identity_number)::int as children from review_item where import_batch_id = $1',
          [batch],
        ),
      ).toEqual({ items: 300, children: 300 })
    }
    expect(kills).toBeGreaterThanOrEqual(KILLS)
    expect((await verifyAudit(platform.db.system)).faults).toEqual([])
  })

  it(`the process is killed ${Math.ceil(KILLS / 4)} times while submitting what was staged, and while taking it back: whole or absent, and it goes on`, {
    timeout: 240_000,
  }, async () => {
    const chance = createChance(2026)
    const bytes = await rosterFile(buildChildren(1_500, 3, wish(county())))
    const batch = await stageUpload(platform, world.actor('registrar'), bytes)
    await platform.db.system.query(`update import_batch set submit_mode = 'manual' where id = $1`, [batch])
    await runImport(platform, findRoom, batch)
    const actor = world.actor('registrar')
    let kills = 0
    const ids = async () =>
      (await one<{ ids: string[] }>('select array_agg(id) as ids from review_item where import_batch_id = $1', [batch]))
        .ids
    let undone = 0
    for (let version = 1; kills < Math.ceil(KILLS / 4); version += 4) {
      await platform.db.inScopeOf(actor, (tx) =>
        submitStaged(
          tx,
          platform,
          registrationRoom,
          { actor, requestId: 'test' },
          { id: batch, version, cleanRowsOnly: false },
        ),
      )
      for (let tries = 0; !(await workAndKill('import', batch, chance.between(20, 500 + tries * 150))); tries++) {
        kills++
        const seen = await one<{ status: string; items: number; claims: number }>(
          `select b.status, (select count(*)::int from review_item where import_batch_id = b.id) as items,
             (select count(*)::int from identity_claim c join import_row r on r.id = c.item_id where r.batch_id = b.id and c.released_at is null) as claims
           from import_batch b where b.id = $1`,
          [batch],
        )
        expect(seen.status === 'succeeded' ? [1_500, 1_500] : [0, 0]).toEqual([seen.items, seen.claims])
      }
      expect(await one('select status, valid_rows from import_batch where id = $1', [batch])).toEqual({
        status: 'succeeded',
        valid_rows: 1_500,
      })
      // Taken back, and killed at that too; to be submitted and killed again.
      const items = await ids()
      await platform.db.inScopeOf(actor, (tx) =>
        beginUndo(tx, platform, registrationRoom, { actor, requestId: 'test' }, { id: batch, version: version + 2 }),
      )
      for (let tries = 0; !(await workAndKill('import', batch, chance.between(20, 400 + tries * 150))); tries++) {
        undone++
        const seen = await one<{ status: string; items: number; removed: number; claims: number }>(
          `select b.status, (select count(*)::int from review_item where import_batch_id = b.id and status <> 'removed') as items,
             (select count(*)::int from review_item where id = any($2) and status = 'removed') as removed,
             (select count(*)::int from identity_claim where item_id = any($2) and released_at is null) as claims
           from import_batch b where b.id = $1`,
          [batch, items],
        )
        expect(seen.status === 'ready' ? [0, 1_500, 0] : [1_500, 0, 1_500]).toEqual([
          seen.items,
          seen.removed,
          seen.claims,
        ])
      }
      expect(await one('select status, task from import_batch where id = $1', [batch])).toEqual({
        status: 'ready',
        task: 'check',
      })
      expect(
        await one(`select count(*)::int as n from review_event where item_id = any($1) and kind = 'recall'`, [items]),
      ).toEqual({ n: 1_500 })
    }
    expect(undone).toBeGreaterThan(0)
    expect((await verifyAudit(platform.db.system)).faults).toEqual([])
  })

  it(`the process is killed ${KILLS} times while approving a batch: every child has one decision, one record, one number`, {
    timeout: 240_000,
  }, async () => {
    const chance = createChance(815)
    const SIZE = 3_000
    let kills = 0
    for (let round = 0; kills < KILLS; round++) {
      const batch = await importChildren(
        platform,
        world.actor('registrarB'),
        buildChildren(SIZE, 900 + round, {
          ...wish(county()),
          schoolCode: world.org.schoolB!.code,
        }),
      )
      await passChecks(platform)
      await platform.db.system.query(
        `update review_item set verification_status = 3, verification_fault = 'notFound' where import_batch_id = $1 and row_number % 7 = 0`,
        [batch],
      )
      const ids = await itemsOf(platform, batch)
      expect(ids).toHaveLength(SIZE)
      await command(platform, world.actor('leaderB'), 'approve', ids)
      await command(platform, world.actor('registrarB'), 'escalate', ids)
      const review = await makeBatch(ids)
      // On a machine so busy that no chunk is done in time it is given longer and longer, or it would be killed for ever.
      while (!(await workAndKill('review', review, chance.between(10, 350 + 25 * kills)))) kills++
      expect(
        await one('select status, done, skipped, failed, total from review_batch where id = $1', [review]),
      ).toEqual({ status: 'finished', done: SIZE, skipped: 0, failed: 0, total: SIZE })
      const facts = await one(
        `select (select count(*)::int from review_item where id = any($1) and status = 'effective') as effective,
           (select count(*)::int from review_event where item_id = any($1) and kind = 'approve' and step = 2) as decisions,
           (select count(*)::int from student where item_id = any($1)) as students, (select count(distinct student_number)::int from student where item_id = any($1)) as numbers,
           (select count(*)::int from student_change where item_id = any($1)) as history, (select count(*)::int from audit_event where action = 'review.approve' and detail->>'to' = 'effective' and target = any($1::text[])) as audit,
           (select count(*)::int from guardian g join student s on s.id = g.student_id where s.item_id = any($1)) as guardians,
           (select count(*)::int from identity_claim c join student s on s.id = c.student_id and s.item_id = c.item_id where s.item_id = any($1) and c.released_at is null) as claims,
           (select count(*)::int from problem_member m join student s on s.id = m.student_id where s.item_id = any($1)) as problems,
           (select count(*)::int from student where item_id = any($1) and left(student_number, 1) = 'L') as temporary`,
        [ids],
      )
      const problems = await one<{ n: number }>(
        'select count(*)::int as n from review_item where id = any($1) and row_number % 7 = 0',
        [ids],
      )
      expect(facts).toEqual({
        effective: SIZE,
        decisions: SIZE,
        students: SIZE,
        numbers: SIZE,
        history: SIZE,
        audit: SIZE,
        guardians: SIZE * 2,
        claims: SIZE,
        problems: problems.n,
        temporary: problems.n,
      })
    }
    expect((await verifyAudit(platform.db.system)).faults).toEqual([])
  })
})

describe('kill -9 while exporting', () => {
  it('the process is killed: no half file under its name, and the next run writes it whole', {
    timeout: 240_000,
  }, async () => {
    const chance = createChance(99)
    const SIZE = 2_000
    const school = { ...wish(county()), schoolCode: world.org.schoolC!.code }
    await importChildren(platform, world.actor('registrarC'), buildChildren(SIZE, 1700, school))
    let kills = 0
    while (kills < KILLS) {
      const id = await askExport(platform, world.actor('registrarC'), world.actor('leaderC'))
      const { file_id: fileId } = await one<{ file_id: string }>('select file_id from export_job where id = $1', [id])
      // Later and later, so that every moment is hit and the export ends.
      for (let tries = 0; ; tries++) {
        if (await workAndKill('export', id, chance.between(5, 150 + tries * 60))) break
        kills++
        const { status } = await one<{ status: string }>('select status from export_job where id = $1', [id])
        if (status !== 'ready' && existsSync(platform.files.pathOf(fileId)))
          expect(await openedRows(fileId), 'a file under its name is whole').toBe(SIZE)
      }
      expect(await one('select status, done, total from export_job where id = $1', [id])).toEqual({
        status: 'ready',
        done: SIZE,
        total: SIZE,
      })
      expect(await openedRows(fileId)).toBe(SIZE)
      expect(
        await one(
          `select (select count(*)::int from stored_file where id = $1) as files,
             (select count(*)::int from audit_event where action = 'export.finish' and target = $2) as lines`,
          [fileId, id],
        ),
      ).toEqual({ files: 1, lines: 1 })
    }
    expect((await verifyAudit(platform.db.system)).faults).toEqual([])
  })

  const openedRows = async (fileId: string): Promise<number> =>
    (await readExported(platform.files.pathOf(fileId))).length
})

async function makeBatch(ids: readonly string[]): Promise<string> {
  const actor = world.actor('county')
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
