import { randomUUID } from 'node:crypto'
import { buildChildren } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { command, importChildren, itemsOf, passChecks } from '../../testing/corridor.ts'
import { buildTestApp, type TestApp } from '../../testing/http.ts'
import { buildWorld, type World } from '../../testing/world.ts'
import { fillSheets } from './collection-store.ts'

const URL = '/api/rooms/registration/collection-sheets'
let world: World
let app: TestApp
let list: StudentValues[]
let ids: string[]
let classId: string

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  app = await buildTestApp(world)
  list = buildChildren(70, 21, {
    regionCode: '440203',
    regionName: '广东省韶关市武江区',
    schoolCode: world.org.school!.code,
    entryYear: world.entryYear,
    classNumber: world.classNumbers[0]!,
  })
  ids = await itemsOf(app.platform, await importChildren(app.platform, world.actor('registrar'), list))
  await passChecks(app.platform)
  for (const [who, what] of [
    ['leader', 'approve'],
    ['registrar', 'escalate'],
    ['county', 'approve'],
  ] as const)
    await command(app.platform, world.actor(who), what, ids.slice(0, 3))
  const { rows } = await world.database.client.query('select class_id from review_item where id = $1', [ids[0]])
  classId = rows[0].class_id
})
afterAll(async () => {
  await app.close()
  await world.database.drop()
})

const audits = async () =>
  (
    await world.database.client.query(
      `select actor_name, target, detail from audit_event where action = 'collection.print' order by at, seq`,
    )
  ).rows

describe('采集表(fields 1.11)', () => {
  it('prints those named, from the filing and from the record, in the order asked for, with a line in the audit (EXP-009)', async () => {
    const [registered, filed] = [ids[0]!, ids[10]!]
    // The record has gone its own way since.
    await world.database.client.query(`update student set current_address = '搬家后的地址' where item_id = $1`, [
      registered,
    ])
    const registrar = await app.as('registrar')
    const answer = await registrar.post(URL, { ids: [filed, registered] })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ schoolName: '武江第一小学', schoolCode: '2144000001', total: 2 })
    const [first, second] = answer.body.sheets
    expect([first.id, second.id]).toEqual([filed, registered])
    expect(first.texts).toHaveLength(37)
    expect([first.texts[0], first.texts[7], first.texts[9]]).toEqual([
      list[10]!.name,
      list[10]!.identityNumber,
      list[10]!.currentAddress,
    ])
    expect(first.texts[10]).toContain('武江区')
    expect(second.texts[0]).toBe(list[0]!.name)
    expect(second.texts[2]).toBe(list[0]!.gender === '1' ? '男' : '女')
    expect(second.texts[9]).toBe('搬家后的地址')
    expect(second.texts[17]).toBe(list[0]!.guardians![0]!.name)
    expect(second.texts[25]).toBe(list[0]!.guardians![0]!.phone)
    expect((await audits()).at(-1)).toEqual({
      actor_name: 'registrar甲',
      target: '',
      detail: { count: 2, ids: [filed, registered] },
    })
  })

  it('prints a class page by page, nobody twice and nobody left out', async () => {
    const registrar = await app.as('registrar')
    const first = (await registrar.post(URL, { classId })).body
    expect([first.sheets.length, first.total]).toEqual([60, 70])
    const second = (await registrar.post(URL, { classId, after: first.next })).body
    expect(second.sheets).toHaveLength(10)
    expect(second.next).toBeUndefined()
    const names = [...first.sheets, ...second.sheets].map((sheet: { texts: string[] }) => sheet.texts[7])
    expect(names.sort()).toEqual(list.map((child) => child.identityNumber).sort())
    expect((await audits()).slice(-2).map((line) => [line.target, line.detail.count])).toEqual([
      [classId, 60],
      [classId, 10],
    ])
  })

  it('asks the same number of statements for one and for sixty', async () => {
    const { db } = app.platform
    const counted = async (wanted: readonly string[]): Promise<number> => {
      let statements = 0
      await db.inScopeOf(world.actor('registrar'), (tx) => {
        const query: typeof tx.query = (...args) => {
          statements++
          return tx.query(...args)
        }
        return fillSheets({ ...tx, query }, 'registration', wanted)
      })
      return statements
    }
    expect([await counted(ids.slice(0, 1)), await counted(ids.slice(0, 60))]).toEqual([3, 3])
  })

  it('knows no child of another school, and takes one wish at a time, at most sixty', async () => {
    const other = await app.as('registrarB')
    expect((await other.post(URL, { ids: [ids[0]] })).status).toBe(404)
    expect((await other.post(URL, { classId })).body.sheets).toEqual([])
    const registrar = await app.as('registrar')
    for (const body of [
      {},
      { ids: [ids[0]], classId },
      { ids: [] },
      { ids: Array.from({ length: 61 }, () => randomUUID()) },
    ])
      expect((await registrar.post(URL, body)).status).toBe(400)
    for (const who of ['leader', 'clerk', 'county', 'province'])
      expect((await (await app.as(who)).post(URL, { ids: [ids[0]] })).status).toBe(403)
  })
})
