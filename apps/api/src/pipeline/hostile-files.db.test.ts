import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { FILE_REFUSALS } from '@xueji/contracts/issues/refusals'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { findRoom } from '../rooms/index.ts'
import { HOSTILE_FILES } from '../testing/hostile-files.ts'
import { buildTestApp, type Person, type TestApp } from '../testing/http.ts'
import { multipartBody } from '../testing/multipart.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { runImport } from './import-run.ts'

let world: World
let test: TestApp
let registrar: Person

const IMPORTS = '/api/rooms/registration/imports'
// Two reading processes at a time: the machine has other things to do as well.
const AT_ONCE = 2

const made = new Map<string, Uint8Array>()

beforeAll(async () => {
  // Packing them keeps this process busy, and the app would take that for pressure.
  for (const file of HOSTILE_FILES) made.set(file.what, await file.make())
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  registrar = await test.as('registrar')
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

it('every hostile file is received, refused in words, and leaves nothing but its batch', async () => {
  const found: Record<string, string> = {}
  const wrong: string[] = []
  const waiting = [...HOSTILE_FILES]
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const { what, code } = file
      const upload = await registrar.upload(`${IMPORTS}?category=R11`, made.get(what)!)
      expect(upload.status, `${what}: ${upload.text}`).toBe(200)
      const { id } = upload.body.batch
      await runImport(test.platform, findRoom, id)
      const { body } = await registrar.get(`${IMPORTS}/${id}`)
      const stored = await world.database.client.query('select failure from import_batch where id = $1', [id])
      found[what] = stored.rows[0].failure?.code
      const { status, failure, totalRows, validRows } = body.batch
      if (status !== 'failed' || totalRows !== 0 || validRows !== 0) wrong.push(`${what}: ${status}`)
      // Known to the catalogue, and nothing of the inside of the file or the machine in it.
      if (failure?.title !== FILE_REFUSALS[code]?.[0]) wrong.push(`${what}: ${JSON.stringify(failure)}`)
      if (/xl\/|\.xml|\/tmp|Error|at /.test(JSON.stringify(failure)))
        wrong.push(`${what} leaks: ${JSON.stringify(failure)}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  expect(found).toEqual(Object.fromEntries(HOSTILE_FILES.map(({ what, code }) => [what, code])))
  expect(wrong).toEqual([])
  const rows = await world.database.client.query(
    'select (select count(*) from review_item)::int as items, (select count(*) from identity_claim)::int as claims, (select count(*) from import_row)::int as rows',
  )
  expect(rows.rows[0]).toEqual({ items: 0, claims: 0, rows: 0 })
  expect((await registrar.get(IMPORTS)).status).toBe(200)
})

it('a file beyond 32 MB is refused while it is received, and nothing of it is kept', async () => {
  const folder = dirname(dirname(test.platform.files.pathOf(crypto.randomUUID())))
  const onDisk = (): number =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length
  const files = onDisk()
  const before = await world.database.client.query('select count(*)::int as n from stored_file')
  const answer = await registrar.upload(`${IMPORTS}?category=R11`, Buffer.alloc(33 << 20, 1))
  expect([answer.status, answer.body.error.id]).toEqual([413, 'import.tooLarge'])
  expect((await world.database.client.query('select count(*)::int as n from stored_file')).rows).toEqual(before.rows)
  // Nor of one that breaks off half-way.
  const { payload, contentType } = multipartBody([
    { name: 'file', filename: '名单.xlsx', content: Buffer.alloc(1 << 20, 1) },
  ])
  const half = await registrar.post(`${IMPORTS}?category=R11`, payload.subarray(0, 500_000), {
    headers: { 'content-type': contentType },
  })
  expect([half.status, half.body.error.id]).toEqual([400, 'request.invalid'])
  expect(onDisk()).toBe(files)
})
