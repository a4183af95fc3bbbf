import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type ChangeSetDriver, createChangeSetDriver } from '../testing/change-set.ts'
import { buildTestApp, type Person, type TestApp } from '../testing/http.ts'
import { buildWorld, type World } from '../testing/world.ts'

let world: World
let test: TestApp
let driver: ChangeSetDriver
let registrar: Person

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  driver = await createChangeSetDriver(test, world, 'registrar')
  registrar = await test.as('registrar')
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const urlOf = (id: string) => `/api/rooms/registration/imports/${id}`

/** A staged batch, and a correction of it given with a key. */
async function corrected(key: string) {
  const children = await driver.children(3)
  const batch = await driver.upload(children, { query: { submit: 'manual' } })
  const cells = [{ rowNumber: 3, field: 'specialty', value: '书法' }]
  const give = () => registrar.post(`${urlOf(batch.id)}/corrections`, { version: batch.version, cells }, { key })
  return { id: batch.id, version: batch.version, children, give, first: await give() }
}

describe('a correction whose answer was lost', () => {
  it('is given again and answered as the first time, though none of its children lie in the books of requests', async () => {
    const key = randomUUID()
    const { id, children, first, give } = await corrected(key)
    expect(first.body.rows).toHaveLength(1)
    const again = await give()
    expect([again.status, again.text]).toEqual([200, first.text])
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect((await driver.batch(id)).version).toBe(first.body.batch.version)
    const [kept] = await sql('select status, body from idempotency_key where key = $1', [key])
    expect(JSON.parse(kept.body)).toEqual({ version: first.body.batch.version, rowNumbers: [3] })
    const all = await sql('select coalesce(body, $1) as body from idempotency_key', [''])
    const child = children[1]!
    expect(all.filter(({ body }) => body.includes(child.name!) || body.includes(child.identityNumber!))).toEqual([])
  })

  it('so is one taken back', async () => {
    const { id, first } = await corrected(randomUUID())
    const undo = { version: first.body.batch.version }
    const key = randomUUID()
    const back = await registrar.post(`${urlOf(id)}/corrections/undo`, undo, { key })
    const again = await registrar.post(`${urlOf(id)}/corrections/undo`, undo, { key })
    expect([back.status, again.text]).toEqual([200, back.text])
  })

  it('does not pass off what others have changed since as its own, nor bring back what is gone', async () => {
    const { id, give } = await corrected(randomUUID())
    await driver.correct(id, { drop: [2] })
    expect((await give()).body.error.id).toBe('import.changed')
    await registrar.delete(urlOf(id))
    expect((await give()).status).toBe(404)
  })

  it('is refused again where it was refused', async () => {
    const { id, version, give } = await corrected(randomUUID())
    await give()
    const key = randomUUID()
    const late = () => registrar.post(`${urlOf(id)}/corrections`, { version, drop: [2] }, { key })
    const [one, two] = [await late(), await late()]
    expect([one.body.error.id, two.text]).toEqual(['import.changed', one.text])
  })
})
