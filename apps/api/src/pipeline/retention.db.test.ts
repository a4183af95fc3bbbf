import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { verifyAudit } from '../platform/audit.ts'
import { type ChangeSetDriver, createChangeSetDriver } from '../testing/change-set.ts'
import { buildTestApp, type TestApp } from '../testing/http.ts'
import { createMovableClock } from '../testing/movable-clock.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { keepHouse } from './housekeeping.ts'

let world: World
let test: TestApp
const time = createMovableClock()
const DAY = 24 * 60

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world, { clock: time.clock })
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
/** Sessions end long before batches do. */
const signedIn = (): Promise<ChangeSetDriver> =>
  createChangeSetDriver({ ...test, as: (username) => test.signIn(username) }, world, 'registrar')

it('what nobody submits expires with rows, corrections and file; touched, it lives on; submitted, for ever', async () => {
  const driver = await signedIn()
  const spoil = { spoil: (cells: Map<string, string>) => void cells.set('name', '') }
  const batches = [
    await driver.upload(await driver.children(1), spoil),
    await driver.upload(await driver.children(1), spoil),
    await driver.upload(await driver.children(1), { query: { submit: 'manual' } }),
    await driver.upload(await driver.children(1)),
  ]
  const [failed, touched] = [batches[0]!, batches[1]!]
  expect(batches[3]!.expiresAt).toBeNull()
  await driver.correct(failed.id, { cells: [{ rowNumber: 2, field: 'phone', value: '1' }] })
  const stored = await sql('select id, file_id from import_batch')
  const pathOf = (id: string): string => test.platform.files.pathOf(stored.find((row) => row.id === id).file_id)
  const left = async (): Promise<boolean[]> => {
    await keepHouse(test.platform)
    const rows = await sql('select id from import_batch')
    const there = batches.map(({ id }) => rows.some((row) => row.id === id))
    // With the batch its file, and only then.
    expect(batches.map(({ id }) => existsSync(pathOf(id)))).toEqual(there)
    return there
  }
  time.forward(20 * DAY)
  expect(await left()).toEqual([true, true, true, true])
  const again = await signedIn()
  await again.correct(touched.id, { cells: [{ rowNumber: 2, field: 'phone', value: '2' }] })
  const expiresAt = Date.parse((await again.batch(touched.id)).expiresAt!)
  expect(Math.round((expiresAt - time.clock.now().getTime()) / 86_400_000)).toBe(30)
  time.forward(11 * DAY)
  expect(await left()).toEqual([false, true, false, true])
  for (const table of ['import_row', 'import_correction'])
    expect(await sql(`select 1 from ${table} where batch_id = $1`, [failed.id]), table).toEqual([])
  expect(await sql('select 1 from stored_file')).toHaveLength(2)
  const lines = `select actor_name, detail from audit_event where action = 'import.expire' and target = $1`
  expect(await sql(lines, [failed.id])).toEqual([{ actor_name: '系统', detail: { was: 'failed' } }])
  // A province that keeps them shorter than the nation.
  await sql(
    `insert into setting (key, org_path, value) values ('import.keepDays', '44', '15'), ('import.keepDays', '37', '1')`,
  )
  expect(await left()).toEqual([false, true, false, true])
  time.forward(5 * DAY)
  expect(await left()).toEqual([false, false, false, true])
  expect((await verifyAudit(test.platform.db.system)).faults).toEqual([])
})
