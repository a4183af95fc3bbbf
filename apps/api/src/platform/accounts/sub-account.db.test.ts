import { randomUUID } from 'node:crypto'
import { buildChildren } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runImport } from '../../pipeline/import-run.ts'
import { findRoom } from '../../rooms/index.ts'
import { itemsOf } from '../../testing/corridor.ts'
import { buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { rosterFile } from '../../testing/roster-file.ts'
import { buildWorld, type World } from '../../testing/world.ts'

const URL = '/api/school/sub-accounts'
const ROOM = '/api/rooms/registration'
const OWN = 'Own-Password-88'
let world: World
let app: TestApp
let registrar: Person

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  app = await buildTestApp(world)
  registrar = await app.as('registrar')
})
afterAll(async () => {
  await app.close()
  await world.database.drop()
})

const make = async (username: string, displayName: string) => {
  const { status, body } = await registrar.post(URL, { username, displayName })
  expect(status).toBe(200)
  return body as { account: { id: string; username: string }; password: string }
}
/** Signs in for the first time and takes a password of one's own. */
const begin = async (username: string, password: string): Promise<Person> => {
  const person = await app.signIn(username, password)
  expect((await person.post('/api/auth/password', { oldPassword: password, newPassword: OWN })).status).toBe(200)
  return person
}

describe('新生注册专用账号 (SEC-001 XN, REG-035)', () => {
  it('is made for a person of the school; the password is told once and has to be changed before anything else', async () => {
    const { account, password } = await make('zhang', '张助理')
    expect(account).toMatchObject({
      username: '2144000001.zhang',
      displayName: '张助理',
      status: 'active',
      mustChange: true,
    })
    const person = await app.signIn(account.username, password)
    const early = await person.get(`${ROOM}/items`)
    expect([early.status, early.body.error.id]).toEqual([403, 'auth.mustChangePassword'])
    await person.post('/api/auth/password', { oldPassword: password, newPassword: OWN })
    expect((await person.get(`${ROOM}/items`)).status).toBe(200)
    const listed = (await registrar.get(URL)).body
    expect(listed.find((one: { id: string }) => one.id === account.id)).toMatchObject({ mustChange: false, online: 1 })
    const kept = await world.database.client.query(
      'select count(*)::int as n from idempotency_key where body like $1',
      [`%${password}%`],
    )
    expect(kept.rows[0].n).toBe(0)
  })

  it('lets several work at once, each act signed with the person’s own name', async () => {
    const people = await Promise.all([make('li', '李助理'), make('wang', '王助理')])
    const [li, wang] = await Promise.all(people.map(({ account, password }) => begin(account.username, password)))
    const upload = async (person: Person, seed: number): Promise<string> => {
      const children = buildChildren(2, seed, {
        regionCode: '440203',
        regionName: '某区',
        schoolCode: world.org.school!.code,
        entryYear: world.entryYear,
      })
      const answer = await person.upload(`${ROOM}/imports?category=R11`, await rosterFile(children))
      expect(answer.status).toBe(200)
      await runImport(app.platform, findRoom, answer.body.batch.id)
      return answer.body.batch.id
    }
    const batches = [await upload(li!, 51), await upload(wang!, 52)]
    for (const [at, name] of ['李助理', '王助理'].entries()) {
      const ids = await itemsOf(app.platform, batches[at]!)
      const { rows } = await world.database.client.query(
        `select distinct actor_name from review_event where item_id = any($1::uuid[]) and kind = 'submit'`,
        [ids],
      )
      expect(rows).toEqual([{ actor_name: name }])
    }
  })

  it('may file, not review, not 上报, not export, print, set up classes or make accounts', async () => {
    const { account, password } = await make('chen', '陈助理')
    const clerk = await begin(account.username, password)
    const id = randomUUID()
    for (const [method, url, body] of [
      ['POST', `${ROOM}/items/${id}/commands`, { command: 'approve', version: 0 }],
      ['POST', `${ROOM}/items/${id}/commands`, { command: 'escalate', version: 0 }],
      ['POST', `${ROOM}/review-batches`, { command: 'escalate', filter: {} }],
      ['POST', `${ROOM}/collection-sheets`, { ids: [id] }],
      [
        'POST',
        `${ROOM}/exports`,
        { list: 'items', conditions: {}, columns: ['name'], authoriser: { username: 'a', password: 'b' } },
      ],
      ['POST', '/api/school/grades', { stage: 1, entryYear: world.entryYear }],
      ['GET', '/api/online-users', undefined],
      ['GET', URL, undefined],
      ['POST', URL, { displayName: '某某', username: 'other' }],
    ] as const) {
      const answer = await clerk.call(method, url, { body })
      expect([method, url, answer.status]).toEqual([method, url, 403])
    }
    for (const url of [`${ROOM}/entries`, `${ROOM}/template/R11`, `${ROOM}/imports`, `${ROOM}/items`])
      expect([url, (await clerk.get(url)).status]).toEqual([url, 200])
  })

  it('is stopped and let in again; a new password ends every session', async () => {
    const { account, password } = await make('zhao', '赵助理')
    const person = await begin(account.username, password)
    expect((await registrar.put(`${URL}/${account.id}`, { status: 'disabled' })).body.status).toBe('disabled')
    expect((await person.get(`${ROOM}/items`)).status).toBe(401)
    await expect(app.signIn(account.username, OWN)).rejects.toThrow('cannot sign in')
    await registrar.put(`${URL}/${account.id}`, { status: 'active' })
    const again = await app.signIn(account.username, OWN)
    const reset = (await registrar.post(`${URL}/${account.id}/password`)).body
    expect(reset.account.mustChange).toBe(true)
    expect((await again.get(`${ROOM}/items`)).status).toBe(401)
    await expect(app.signIn(account.username, OWN)).rejects.toThrow('cannot sign in')
    await app.signIn(account.username, reset.password)
    const { rows } = await world.database.client.query(
      'select actor_name, action, detail from audit_event where target = $1 and actor_id = $2 order by at, seq',
      [account.id, world.actor('registrar').accountId],
    )
    expect(rows.map((row) => [row.actor_name, row.action, row.detail.status])).toEqual([
      ['registrar甲', 'account.create', 'active'],
      ['registrar甲', 'account.status', 'disabled'],
      ['registrar甲', 'account.status', 'active'],
      ['registrar甲', 'account.resetPassword', 'active'],
    ])
    expect(JSON.stringify(rows)).not.toContain(reset.password)
  })

  it('a name is taken once; other schools and other accounts are out of reach', async () => {
    const { account } = await make('qian', '钱助理')
    const twice = await registrar.post(URL, { username: 'qian', displayName: '钱助理' })
    expect([twice.status, twice.body.error.id]).toEqual([409, 'account.exists'])
    const other = await app.as('registrarB')
    expect((await other.get(URL)).body).toEqual([])
    const leaderId = world.actor('leader').accountId
    for (const [person, id] of [
      [other, account.id],
      [registrar, leaderId],
      [registrar, world.actor('registrar').accountId],
      [registrar, world.actor('registrarB').accountId],
    ] as const) {
      expect((await person.put(`${URL}/${id}`, { status: 'disabled' })).status).toBe(404)
      expect((await person.post(`${URL}/${id}/password`)).status).toBe(404)
    }
    for (const body of [
      { username: 'Qian', displayName: '钱助理' },
      { username: '1a', displayName: '钱助理' },
      { username: 'ok', displayName: '1号' },
      { username: 'ok', displayName: '钱助理', roles: ['systemAdministrator'], orgId: randomUUID() },
    ]) {
      const answer = await registrar.post(URL, body)
      if (answer.status === 200)
        expect(
          (
            await world.database.client.query('select array_agg(role) as roles from role_grant where account_id = $1', [
              answer.body.account.id,
            ])
          ).rows,
        ).toEqual([{ roles: ['newcomerClerk'] }])
      else expect(answer.status).toBe(400)
    }
  })
})
