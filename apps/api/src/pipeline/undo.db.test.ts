import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { verifyAudit } from '../platform/audit.ts'
import type { Platform } from '../platform/platform.ts'
import { findRoom } from '../rooms/index.ts'
import { type ChangeSetDriver, createChangeSetDriver } from '../testing/change-set.ts'
import { command, itemsOf, passChecks } from '../testing/corridor.ts'
import { type Answer, buildTestApp, type TestApp } from '../testing/http.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { keepHouse } from './housekeeping.ts'
import { runImport } from './import-run.ts'

let world: World
let test: TestApp
let driver: ChangeSetDriver

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  driver = await createChangeSetDriver(test, world, 'registrar')
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const idOf = (answer: Answer): string => answer.body?.error?.id ?? String(answer.status)
const submitted = async (count = 3) => (await driver.upload(await driver.children(count))).id
const statesOf = async (ids: readonly string[]): Promise<string[]> =>
  (await sql('select distinct status from review_item where id = any($1)', [ids])).map((row) => row.status)

describe('撤回', () => {
  it('takes every item back in one step: nothing is left of them but their history, and the numbers are free', async () => {
    const id = await submitted(4)
    const items = await itemsOf(test.platform, id)
    expect((await driver.batch(id)).mayUndo).toBe(true)
    const answer = await driver.give(id, 'undo')
    expect(answer.body).toMatchObject({ status: 'running', phaseName: '撤回注册申请', mayUndo: false })
    expect(await statesOf(items)).not.toContain('removed')
    await driver.work(id)
    const batch = await driver.batch(id)
    expect(batch).toMatchObject({ status: 'ready', validRows: 4, mayUndo: false, failure: null })
    expect(batch.expiresAt).not.toBeNull()
    expect(await statesOf(items)).toEqual(['removed'])
    expect(await itemsOf(test.platform, id)).toEqual([])
    expect(
      await sql('select kind, count(*)::int as n from review_event where item_id = any($1) group by 1 order by 1', [
        items,
      ]),
    ).toEqual([
      { kind: 'recall', n: 4 },
      { kind: 'submit', n: 4 },
    ])
    expect(await sql('select 1 from identity_claim where item_id = any($1) and released_at is null', [items])).toEqual(
      [],
    )
    const detail = await (await test.as('registrar')).get(`/api/rooms/registration/items/${items[0]}`)
    expect(detail.body.timeline.map((entry: { title: string }) => entry.title)).toEqual(['发起注册', '撤回'])
    expect(detail.body.item.commands).toEqual([])
  })

  it('the batch can be corrected and submitted again: new items in the order of the file', async () => {
    const id = await submitted(6)
    const before = await itemsOf(test.platform, id)
    await driver.undo(id)
    await driver.correct(id, { drop: [4], cells: [{ rowNumber: 2, field: 'specialty', value: '书法' }] })
    await driver.give(id, 'submit')
    await driver.work(id)
    const items = await sql('select id, row_number from review_item where import_batch_id = $1 order by id', [id])
    expect(items.map((item) => item.row_number)).toEqual([2, 3, 5, 6, 7])
    expect(items.filter((item) => before.includes(item.id))).toEqual([])
    expect(await driver.batch(id)).toMatchObject({ status: 'succeeded', mayUndo: true })
    expect((await driver.undo(id)).status).toBe('ready')
  })

  it('answers of the national check are no decision', async () => {
    const id = await submitted()
    await passChecks(test.platform)
    const [first] = await itemsOf(test.platform, id)
    await sql(
      `update review_item set status = 'duplicate', duplicate_status = 3, waiting_path = null, waiting_act = null where id = $1`,
      [first],
    )
    expect((await driver.batch(id)).mayUndo).toBe(true)
    expect((await driver.undo(id)).status).toBe('ready')
  })

  it.each(['approve', 'refuse'] as const)('once one item was decided it is too late: %s', async (what) => {
    const id = await submitted()
    await passChecks(test.platform)
    const items = await itemsOf(test.platform, id)
    await command(test.platform, world.actor('leader'), what, items.slice(1, 2), '意见')
    expect((await driver.batch(id)).mayUndo).toBe(false)
    expect(idOf(await driver.give(id, 'undo'))).toBe('import.undoTooLate')
    expect((await statesOf(items)).includes('removed')).toBe(false)
  })

  it('is for submitted batches, at the version seen, of one’s own school', async () => {
    const id = await submitted()
    const { version } = await driver.batch(id)
    expect(idOf(await driver.give(id, 'undo', { version: version + 1 }))).toBe('import.changed')
    const url = `/api/rooms/registration/imports/${id}/undo`
    expect(idOf(await (await test.as('registrarB')).post(url, { version }))).toBe('notFound')
    expect(idOf(await (await test.as('leader')).post(url, { version }))).toBe('forbidden')
    await driver.give(id, 'undo')
    expect(idOf(await driver.give(id, 'undo'))).toBe('import.notSubmitted')
    await driver.work(id)
    expect(idOf(await driver.give(id, 'undo'))).toBe('import.notSubmitted')
  })

  it('a reviewer quicker than the job keeps all of it, and the batch says so; later nothing is left of that', async () => {
    const id = await submitted()
    await passChecks(test.platform)
    const items = await itemsOf(test.platform, id)
    await driver.give(id, 'undo')
    await command(test.platform, world.actor('leader'), 'approve', items.slice(2))
    await driver.work(id)
    expect(await driver.batch(id)).toMatchObject({
      status: 'succeeded',
      mayUndo: false,
      failure: { title: '没有撤回' },
    })
    expect((await statesOf(items)).includes('removed')).toBe(false)
    expect(await sql(`select 1 from review_event where item_id = any($1) and kind = 'recall'`, [items])).toEqual([])
    const ended = await sql(`select detail from audit_event where action = 'import.undone' and target = $1`, [id])
    expect(ended.map((line) => line.detail)).toEqual([{ failure: 'undoTooLate' }])
  })

  it('called off before its job is through it leaves the batch submitted, and may be given again', async () => {
    const id = await submitted()
    const items = await itemsOf(test.platform, id)
    await driver.give(id, 'undo')
    expect((await driver.give(id, 'cancel')).body).toMatchObject({ status: 'succeeded', mayUndo: true })
    await driver.work(id)
    expect([(await driver.batch(id)).status, await itemsOf(test.platform, id)]).toEqual(['succeeded', items])
    expect((await driver.undo(id)).status).toBe('ready')
  })

  it('called off in the middle, everything is as it was', async () => {
    const id = await submitted()
    const items = await itemsOf(test.platform, id)
    await driver.give(id, 'undo')
    const { db } = test.platform
    let reports = 0
    const platform: Platform = {
      ...test.platform,
      db: {
        ...db,
        system: {
          query: async (text, values) => {
            // After the items, before the rows.
            if (text.includes('set progress') && ++reports === 2) await driver.give(id, 'cancel')
            return db.system.query(text, values)
          },
        },
      },
    }
    await runImport(platform, findRoom, id)
    expect(reports).toBe(2)
    expect([(await driver.batch(id)).status, await itemsOf(test.platform, id)]).toEqual(['succeeded', items])
    expect(await statesOf(items)).not.toContain('removed')
  })

  it('a job that ends its process again and again leaves the batch submitted', async () => {
    const id = await submitted()
    await driver.give(id, 'undo')
    await sql('update import_batch set attempts = 6 where id = $1', [id])
    await keepHouse(test.platform)
    expect(await driver.batch(id)).toMatchObject({ status: 'succeeded', mayUndo: true })
  })

  it('against an approval at the same moment: exactly one of them happens', { timeout: 120_000 }, async () => {
    const wins = { undo: 0, approve: 0 }
    for (let round = 0; round < 12; round++) {
      const id = await submitted(20)
      await passChecks(test.platform)
      const items = await itemsOf(test.platform, id)
      const { version } = await driver.batch(id)
      const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))
      const [given, approved] = await Promise.all([
        pause(round % 3 === 0 ? 0 : round * 2).then(async () => {
          const answer = await driver.give(id, 'undo', { version })
          if (answer.status === 200) await driver.work(id)
          return answer
        }),
        pause(round % 3 === 1 ? 0 : 10).then(() =>
          command(test.platform, world.actor('leader'), 'approve', round % 2 ? items : items.slice(-1)),
        ),
      ])
      const done = approved.filter((outcome) => !outcome.refusal).length
      const states = await statesOf(items)
      const batch = await driver.batch(id)
      if (batch.status === 'ready') {
        wins.undo++
        expect([done, states]).toEqual([0, ['removed']])
      } else {
        wins.approve++
        expect([batch.status, batch.mayUndo, done]).toEqual(['succeeded', false, approved.length])
        // Told at once, or by the batch when the reviewer was quicker than the job.
        expect(given.status === 200 ? batch.failure?.title : idOf(given)).toMatch(/^(没有撤回|import\.undoTooLate)$/)
        expect(states.includes('removed')).toBe(false)
      }
    }
    expect(wins.undo + wins.approve).toBe(12)
    expect((await verifyAudit(test.platform.db.system)).faults).toEqual([])
  })
})
