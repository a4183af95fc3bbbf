import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { registrationRoom } from '../rooms/registration/registration.room.ts'
import { type ChangeSetDriver, createChangeSetDriver } from '../testing/change-set.ts'
import { buildTestApp, type TestApp } from '../testing/http.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { changeSetRoutes } from './change-set-routes.ts'
import { importRoutes } from './import-routes.ts'
import type { Room } from './room.ts'

/** A room that lets the clean rows of a batch go alone; the first that does so in earnest joins by the same word. */
const lenientRoom: Room = { ...registrationRoom, name: 'lenient', mayFileCleanRows: true }

let world: World
let test: TestApp
let driver: ChangeSetDriver

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world, {
    extend: (app, platform) => {
      app.register(importRoutes(platform, lenientRoom))
      app.register(changeSetRoutes(platform, lenientRoom))
    },
  })
  driver = await createChangeSetDriver(test, world, 'registrar', lenientRoom)
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const detailOf = async (room: Room, id: string) =>
  (await (await test.as('registrar')).get(`/api/rooms/${room.name}/imports/${id}`)).body

describe('提交通过的', () => {
  it('is offered where the room allows it, and nowhere else (REG-007)', async () => {
    const strict = await createChangeSetDriver(test, world, 'registrar')
    const { id } = await driver.upload(await driver.children(2))
    expect((await detailOf(lenientRoom, id)).mayFileCleanRows).toBe(true)
    const other = await strict.upload((await driver.children(2)).slice(1))
    expect((await detailOf(registrationRoom, other.id)).mayFileCleanRows).toBe(false)
  })

  it('the clean rows go alone; the others stay out as a step that can be taken back', async () => {
    const { id } = await driver.upload(await driver.children(5), {
      spoil: (cells, index) => index < 2 && void cells.set('name', ''),
    })
    const answer = await driver.give(id, 'submit', { cleanRowsOnly: true })
    expect(answer.body).toMatchObject({ status: 'running', validRows: 3, invalidRows: 2 })
    await driver.work(id)
    expect(await driver.batch(id)).toMatchObject({ status: 'succeeded', validRows: 3, invalidRows: 0, droppedRows: 2 })
    const items = await sql('select row_number from review_item where import_batch_id = $1 order by id', [id])
    expect(items.map((item) => item.row_number)).toEqual([4, 5, 6])
    expect((await driver.undo(id)).status).toBe('ready')
    const back = await driver.give(id, 'corrections/undo')
    expect(back.body.batch).toMatchObject({ status: 'failed', validRows: 3, invalidRows: 2, droppedRows: 0 })
  })

  it('a batch without a clean row has nothing to submit', async () => {
    const { id } = await driver.upload(await driver.children(2), { spoil: (cells) => void cells.set('name', '') })
    expect((await driver.give(id, 'submit', { cleanRowsOnly: true })).body.error.id).toBe('import.notReady')
  })
})
