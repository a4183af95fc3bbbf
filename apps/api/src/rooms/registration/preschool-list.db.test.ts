import { flatten } from '@xueji/contracts/template/row-schema'
import { asEntry } from '@xueji/db/seed/entries'
import { buildGrade } from '@xueji/db/seed/organizations'
import { buildRosterLines } from '@xueji/db/seed/preschool'
import { buildChildren } from '@xueji/db/seed/roster'
import { gradeName } from '@xueji/domain/organization/class-number'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runImport } from '../../pipeline/import-run.ts'
import { command, fileChild, importChildren, itemsOf, passChecks, stageUpload } from '../../testing/corridor.ts'
import { addPicture } from '../../testing/evidence.ts'
import { buildTestApp, type TestApp } from '../../testing/http.ts'
import { rosterFile } from '../../testing/roster-file.ts'
import { buildWorld, type World } from '../../testing/world.ts'
import { findRoom } from '../index.ts'

const IMPORTS = '/api/rooms/registration/imports'

let world: World
let test: TestApp

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  await world.database.client.query(`delete from setting where key = 'register.requirePreschoolList'`)
  test = await buildTestApp(world)
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

let seed = 700
const someChildren = (count: number) =>
  buildChildren(count, seed++, {
    regionCode: '440203',
    regionName: '广东省韶关市武江区',
    schoolCode: world.org.school!.code,
    entryYear: world.entryYear,
  })
const list = (children: readonly StudentValues[], school = 'school') =>
  buildRosterLines(world.database.client, world.org[school]!, world.actor('registrar').accountId, children)
const batchOf = async (id: string) =>
  (
    await world.database.client.query(
      'select status, valid_rows, invalid_rows, version from import_batch where id = $1',
      [id],
    )
  ).rows[0]
const issuesOf = async (id: string) =>
  (await (await test.as('registrar')).get(`${IMPORTS}/${id}/issues`)).body.rows.map(
    (row: { rowNumber: number; summary: string }) => [row.rowNumber, row.summary],
  )

describe('PRE-017 未在学前调档名单中', () => {
  it('by default keeps out who is not on the school’s roster, by document and name', async () => {
    const [listed, strange, elsewhere, renamed] = someChildren(4)
    await list([listed!, { ...renamed!, name: '名单另名' }])
    await list([elsewhere!], 'schoolB')
    const id = await importChildren(test.platform, world.actor('registrar'), [listed!, strange!, elsewhere!, renamed!])
    expect(await batchOf(id)).toMatchObject({ status: 'failed', valid_rows: 1, invalid_rows: 3 })
    const said = '未在学前调档名单中，'
    expect(await issuesOf(id)).toEqual([
      [3, said],
      [4, said],
      [5, said],
    ])
  })

  it('lets a listed roster through, and asks again when it is submitted', async () => {
    const children = someChildren(3)
    await list(children)
    const registered = await importChildren(test.platform, world.actor('registrar'), children.slice(0, 1))
    expect(await batchOf(registered)).toMatchObject({ status: 'succeeded' })
    const id = await stageUpload(test.platform, world.actor('registrar'), await rosterFile(children.slice(1)))
    await world.database.client.query(`update import_batch set submit_mode = 'manual' where id = $1`, [id])
    await runImport(test.platform, findRoom, id)
    const { status, version } = await batchOf(id)
    expect(status).toBe('ready')
    await world.database.client.query('delete from preschool_roster where identity_number = $1', [
      children[2]!.identityNumber,
    ])
    const registrar = await test.as('registrar')
    expect((await registrar.post(`${IMPORTS}/${id}/submit`, { version })).status).toBe(200)
    await runImport(test.platform, findRoom, id)
    expect(await batchOf(id)).toMatchObject({ status: 'failed', invalid_rows: 1 })
    expect(await issuesOf(id)).toEqual([[3, '未在学前调档名单中，']])
  })

  it('asks again about a row that is corrected', async () => {
    const [child] = someChildren(1)
    await list([child!])
    const id = await importChildren(test.platform, world.actor('registrar'), [{ ...child!, name: '错写之名' }])
    const { status, version } = await batchOf(id)
    expect(status).toBe('failed')
    const registrar = await test.as('registrar')
    const answer = await registrar.post(`${IMPORTS}/${id}/corrections`, {
      version,
      cells: [{ rowNumber: 2, field: 'name', value: child!.name }],
    })
    expect([answer.status, answer.body.batch.status]).toEqual([200, 'ready'])
  })

  it('asks again when a returned child is filed again', async () => {
    const [child] = someChildren(1)
    await list([child!])
    const [id] = await itemsOf(test.platform, await importChildren(test.platform, world.actor('registrar'), [child!]))
    await passChecks(test.platform)
    await command(test.platform, world.actor('leader'), 'refuse', [id!], '姓名有误')
    const registrar = await test.as('registrar')
    const again = async (values: StudentValues) => {
      const { item } = (await registrar.get(`/api/rooms/registration/items/${id}`)).body
      return registrar.put(`/api/rooms/registration/items/${id}`, { values: flatten(values), version: item.version })
    }
    const renamed = await again({ ...child!, name: '名单无此名' })
    expect(renamed.body.error.details.map((issue: { code: string }) => issue.code)).toEqual([
      'register.notOnPreschoolList',
    ])
    expect((await again(child!)).status).toBe(200)
  })

  it('holds for foreign newcomers too', async () => {
    const [listed, strange] = someChildren(2).map((child) => asEntry('R12', child))
    await list([listed!])
    const id = await importChildren(test.platform, world.actor('registrar'), [listed!, strange!], undefined, 'R12')
    expect(await batchOf(id)).toMatchObject({ status: 'failed', valid_rows: 1, invalid_rows: 1 })
    expect(await issuesOf(id)).toEqual([[3, '未在学前调档名单中，']])
  })

  it('is no question for children of other grades, nor for newcomers without document', async () => {
    const entryYear = world.entryYear - 3
    const name = gradeName(1, entryYear)
    await buildGrade(world.database.client, world.org.school!, 1, entryYear, 1)
    const wish = {
      regionCode: '440203',
      regionName: '广东省韶关市武江区',
      schoolCode: world.org.school!.code,
      entryYear,
    }
    const [older] = buildChildren(1, seed++, wish)
    const grade = { name, stage: 1, entryYear } as const
    const actor = world.actor('registrar')
    for (const category of ['R21', 'R22'] as const) {
      const outcome = await fileChild(test.platform, actor, category, asEntry(category, older!, grade))
      expect(outcome).toMatchObject({ id: expect.any(String) })
    }
    const [young] = someChildren(1)
    const picture = await addPicture(test.platform, actor)
    const undocumented = await fileChild(test.platform, actor, 'R13', asEntry('R13', young!), [picture])
    expect(undocumented).toMatchObject({ id: expect.any(String) })
  })

  it('costs one statement, however many the rows', async () => {
    const count = async (rows: number): Promise<number> => {
      const children = someChildren(rows)
      await list(children)
      const id = await stageUpload(test.platform, world.actor('registrar'), await rosterFile(children))
      const before = test.platform.db.statementCount()
      await runImport(test.platform, findRoom, id)
      return test.platform.db.statementCount() - before
    }
    const [few, many] = [await count(2), await count(300)]
    expect(many - few).toBeLessThanOrEqual(6)
  })

  it('is a province’s to switch off', async () => {
    const { client } = world.database
    await client.query(
      `insert into setting (key, org_path, value) values ('register.requirePreschoolList', '44', 'false')`,
    )
    const id = await importChildren(test.platform, world.actor('registrar'), someChildren(1))
    expect(await batchOf(id)).toMatchObject({ status: 'succeeded' })
    await client.query(`delete from setting where key = 'register.requirePreschoolList'`)
  })
})
