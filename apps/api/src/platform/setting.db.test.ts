import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { buildTestApp, type TestApp } from '../testing/http.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { loadSettings } from './settings.ts'

const URL = '/api/settings'
let world: World
let app: TestApp

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  app = await buildTestApp(world)
})
afterAll(async () => {
  await app.close()
  await world.database.drop()
})

type Row = Record<string, unknown>
const rowOf = (rows: Row[], key: string): Row => rows.find((row) => row.key === key)!

describe('参数 (EXP-004, REG-018, REG-023, TIME-001)', () => {
  it('begins with the system’s own', async () => {
    const { body } = await (await app.as('province')).get(URL)
    expect(rowOf(body, 'deadline.register')).toEqual({
      key: 'deadline.register',
      value: 30,
      usual: 30,
      setAt: null,
      setBy: null,
      updatedAt: null,
    })
  })

  it('what a province sets holds for its counties and schools at once, and nowhere else; who set it is told', async () => {
    const province = await app.as('province')
    expect((await province.put(`${URL}/export.countyEnabled`, { value: true })).status).toBe(200)
    const county = rowOf((await (await app.as('county')).get(URL)).body, 'export.countyEnabled')
    expect(county).toMatchObject({
      value: true,
      usual: false,
      setAt: { orgName: '广东省教育厅', own: false },
      setBy: 'province甲',
    })
    const { system } = app.platform.db
    expect((await loadSettings(system, world.org.school!.path))['export.countyEnabled']).toBe(true)
    expect((await loadSettings(system, world.org.farSchool!.path))['export.countyEnabled']).toBe(false)
    // What a form has to know goes with the session.
    expect((await province.put(`${URL}/evidence.maxCount`, { value: 4 })).status).toBe(200)
    expect((await (await app.as('registrar')).get('/api/auth/session')).body.evidenceMost).toBe(4)
    expect((await (await app.as('registrarFar')).get('/api/auth/session')).body.evidenceMost).toBe(10)
  })

  it('taken away, the one above holds again; every change is in the audit with both values', async () => {
    const province = await app.as('provinceAdmin')
    await province.put(`${URL}/deadline.register`, { value: 45 })
    const { body } = await province.put(`${URL}/deadline.register`, { value: null })
    expect(rowOf(body, 'deadline.register')).toMatchObject({ value: 30, setAt: null })
    const { rows } = await world.database.client.query(
      `select actor_name, detail from audit_event where action = 'setting.put' and target = 'deadline.register' order by at, seq`,
    )
    expect(rows).toEqual([
      { actor_name: 'provinceAdmin甲', detail: { from: null, to: 45 } },
      { actor_name: 'provinceAdmin甲', detail: { from: 45, to: null } },
    ])
  })

  it('refuses values out of range, unknown names, and everybody below the province', async () => {
    const province = await app.as('province')
    for (const value of [0, 500, 30.5, true])
      expect((await province.put(`${URL}/deadline.register`, { value })).body.error.id).toBe('setting.value')
    expect((await province.put(`${URL}/export.countyEnabled`, { value: 1 })).body.error.id).toBe('setting.value')
    expect((await province.put(`${URL}/evidence.keepDays`, { value: 3 })).status).toBe(404)
    expect((await province.put(`${URL}/constructor`, { value: 1 })).status).toBe(404)
    const refused = await (await app.as('countyAdmin')).put(`${URL}/deadline.register`, { value: 60 })
    expect(refused.body.error.id).toBe('setting.provinceOnly')
    for (const who of ['county', 'city', 'registrar', 'leader'])
      expect([who, (await (await app.as(who)).put(`${URL}/deadline.register`, { value: 60 })).status]).toEqual([
        who,
        403,
      ])
  })
})
