import { Readable } from 'node:stream'
import { REGISTRATION_TEMPLATES } from '@xueji/contracts/rooms/registration/registration.template'
import { flatten } from '@xueji/contracts/template/row-schema'
import { asEntry } from '@xueji/db/seed/entries'
import { buildArchives } from '@xueji/db/seed/preschool'
import { buildChildren } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readExported } from '../../testing/exported-file.ts'
import { buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { addLine, fiveFields, KINDERGARTEN } from '../../testing/preschool.ts'
import { buildWorld, type World } from '../../testing/world.ts'

const LINES = '/api/rooms/preschool/lines'

let world: World
let test: TestApp
let registrar: Person

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  // With PRE-017 as it is by default: who is filled in is on the list.
  await world.database.client.query(`delete from setting where key = 'register.requirePreschoolList'`)
  test = await buildTestApp(world)
  registrar = await test.as('registrar')
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

let seed = 900
const someChildren = (count: number) =>
  buildChildren(count, seed++, {
    regionCode: '440203',
    regionName: '广东省韶关市武江区',
    schoolCode: world.org.school!.code,
    entryYear: world.entryYear,
  }).map((child) => asEntry('R12', child))

describe('children with a foreign document (R12)', () => {
  it('补录 fills the form of their own entry, keeps the five fields, and files the child there (PRE-013, PRE-015, PRE-016)', async () => {
    const [child] = someChildren(1)
    await buildArchives(world.database.client, [child!], KINDERGARTEN)
    const { line } = await addLine(registrar, child!)
    expect(line).toMatchObject({ match: '1' })
    const form = (await registrar.get(`${LINES}/${line.id}/supplement`)).body
    expect(form).toMatchObject({
      category: 'R12',
      values: { ...fiveFields(child!), nationality: 'USA', hadPreschool: '1', enrolledMonth: `${world.entryYear}09` },
    })
    const post = (values: Record<string, string>) =>
      registrar.post(`${LINES}/${line.id}/supplement`, { values, version: line.version })
    // 英文姓名 is nobody's to fix, the name is the line's.
    const filed = await post({ ...flatten(child!), name: 'Somebody Else', identityNumber: 'E00000001' })
    expect(filed.status).toBe(200)
    const [item] = (
      await world.database.client.query(
        'select category, business, student_name, identity_type, identity_number, status, grade_name from review_item where id = $1',
        [filed.body.itemId],
      )
    ).rows
    expect(item).toEqual({
      category: 'R12',
      business: 3,
      student_name: child!.name,
      identity_type: 'A',
      identity_number: child!.identityNumber,
      status: 'checking',
      grade_name: expect.any(String),
    })
    const [stored] = (
      await world.database.client.query(
        'select supplement_item_id as item, version from preschool_roster where id = $1',
        [line.id],
      )
    ).rows
    expect(stored).toEqual({ item: filed.body.itemId, version: line.version + 1 })
    expect((await post(form.values)).body.error.id).toBe('preschool.registeredDone')
  })

  it('one refused leaves neither item nor claim, and the line as it was', async () => {
    const [child] = someChildren(1)
    await buildArchives(world.database.client, [child!], KINDERGARTEN)
    const { line } = await addLine(registrar, child!)
    const { postcode: _, ...lacking } = flatten(child!)
    const answer = await registrar.post(`${LINES}/${line.id}/supplement`, { values: lacking, version: line.version })
    expect([answer.status, answer.body.error.details.map((issue: { field: string }) => issue.field)]).toEqual([
      422,
      ['postcode'],
    ])
    const { rows } = await world.database.client.query(
      `select (select count(*)::int from review_item where identity_number = $1) as items,
         (select count(*)::int from identity_claim where identity_number = $1) as claims, supplement_item_id as item from preschool_roster where id = $2`,
      [child!.identityNumber, line.id],
    )
    expect(rows).toEqual([{ items: 0, claims: 0, item: null }])
  })

  it('调档学生导出 is their own template (PRE-012)', async () => {
    const [matched, unmatched] = someChildren(2)
    await buildArchives(world.database.client, [matched!], KINDERGARTEN)
    const ids = [(await addLine(registrar, matched!)).line.id, (await addLine(registrar, unmatched!)).line.id]
    const response = await test.app.inject({
      method: 'POST',
      url: `${LINES}/export`,
      headers: { cookie: registrar.cookie, 'x-csrf-token': registrar.csrf },
      payload: { ids },
    })
    const { clock, files } = test.platform
    const id = clock.newId()
    await files.receive(id, Readable.from([response.rawPayload]), 1 << 24)
    expect(decodeURIComponent(String(response.headers['content-disposition']))).toContain(
      '港澳台和外籍调档学生导出.xlsx',
    )
    const rows = await readExported(files.pathOf(id))
    expect(rows).toMatchObject([
      { 姓名: matched!.name, 身份证件类型: '护照', 身份证件号: matched!.identityNumber, 是否受过学前教育: '是' },
      { 姓名: unmatched!.name, 学校标识码: world.org.school!.code },
    ])
    const headers = new Set(REGISTRATION_TEMPLATES.R12.columns.map((column) => column.header))
    expect(Object.keys(rows[0]!).filter((header) => !headers.has(header))).toEqual([])
  })
})
