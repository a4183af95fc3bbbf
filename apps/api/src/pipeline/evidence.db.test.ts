import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { buildChildren } from '@xueji/db/seed/roster'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sqlState } from '../platform/db.ts'
import { importChildren, itemsOf } from '../testing/corridor.ts'
import { drawnJpeg, drawnPng } from '../testing/drawn-images.ts'
import { addPicture, filePicture } from '../testing/evidence.ts'
import { type Answer, buildTestApp, type Person, type TestApp } from '../testing/http.ts'
import { createMovableClock } from '../testing/movable-clock.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { linkEvidence } from './evidence-store.ts'
import { keepHouse } from './housekeeping.ts'

let world: World
let test: TestApp
let items: string[]
const time = createMovableClock()
const DAY = 24 * 60

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world, { clock: time.clock })
  const { regionCode, code } = world.org.school!
  const wish = { regionCode, regionName: '某县', schoolCode: code, entryYear: world.entryYear }
  items = await itemsOf(
    test.platform,
    await importChildren(test.platform, world.actor('registrar'), buildChildren(4, 71, wish)),
  )
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const sql = async (statement: string, values: unknown[] = []) =>
  (await world.database.client.query(statement, values)).rows
const send = (person: Person, name: string, bytes: Uint8Array | string): Promise<Answer> =>
  person.upload('/api/evidence', [{ name: 'file', filename: name, content: bytes }])
const idOf = (answer: Answer): string => answer.body?.error?.id ?? String(answer.status)
const file = (who: string, ids: readonly string[], item: string) =>
  test.platform.db.inScopeOf(world.actor(who), (tx) => linkEvidence(tx, time.clock, world.actor(who), ids, item))
const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error) => error.id ?? sqlState(error),
  )

describe('证明材料上传（fields 1.8，SEC-011）', () => {
  it('takes a picture, keeps it written anew under a random name, and shows it to its uploader alone', async () => {
    const registrar = await test.as('registrar')
    const answer = await send(registrar, '在校就读证明.jpg', await drawnJpeg(640, 900, true))
    expect(answer.body).toEqual({
      id: expect.any(String),
      name: '在校就读证明.jpg',
      size: expect.any(Number),
      width: 640,
      height: 900,
    })
    const shown = await registrar.get(`/api/evidence/${answer.body.id}`)
    expect(shown.status).toBe(200)
    expect(shown.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': 'inline',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; sandbox`,
    })
    const stored = await text((await test.platform.files.open(answer.body.id))!)
    expect(stored).not.toContain('SECRET')
    expect(existsSync(test.platform.files.pathOf('在校就读证明.jpg'))).toBe(false)
    for (const other of ['leader', 'clerk', 'county', 'registrarB', 'ministry'])
      expect(idOf(await (await test.as(other)).get(`/api/evidence/${answer.body.id}`)), other).toBe('notFound')
  })

  it.each<[string, string, () => Promise<Uint8Array> | Uint8Array | string, string]>([
    ['扩展名不对', '说明.pdf', () => '%PDF-1.7', 'evidence.wrongName'],
    ['没有扩展名', '说明', () => drawnJpeg(50, 50), 'evidence.wrongName'],
    ['改名的文本', '说明.jpg', () => '并不是图片', 'evidence.notImage'],
    [
      '改名的动图',
      '说明.jpg',
      async () =>
        sharp(await drawnPng(20, 20))
          .gif()
          .toBuffer(),
      'evidence.notImage',
    ],
    ['改名的 PNG', '说明.jpg', () => drawnPng(50, 50), 'evidence.wrongKind'],
    ['改名的 JPG', '说明.png', () => drawnJpeg(50, 50), 'evidence.wrongKind'],
    ['残缺', '说明.jpg', async () => (await drawnJpeg()).subarray(0, 9000), 'evidence.damaged'],
    ['夹带', '说明.jpg', async () => Buffer.concat([await drawnJpeg(), Buffer.from('<script>')]), 'evidence.trailing'],
    ['过大', '说明.jpg', () => new Uint8Array(2 * 1024 * 1024 + 1).fill(1), 'evidence.tooLarge'],
    ['空', '说明.jpg', () => '', 'evidence.notImage'],
  ])('refuses in words: %s', async (_title, name, make, id) => {
    const before = await sql('select count(*)::int as n from evidence')
    const answer = await send(await test.as('registrar'), name, await make())
    expect(idOf(answer)).toBe(id)
    expect(answer.body.error.message).toMatch(/\p{Script=Han}/u)
    expect(await sql('select count(*)::int as n from evidence')).toEqual(before)
  })

  it('two megabytes exactly still pass the gate; no form, no file', async () => {
    const registrar = await test.as('registrar')
    expect(idOf(await send(registrar, '说明.jpg', new Uint8Array(2 * 1024 * 1024)))).toBe('evidence.notImage')
    expect(idOf(await registrar.post('/api/evidence', {}))).toBe('evidence.noFile')
  })

  it('sent twice under one key it is one; another picture under the key is refused', async () => {
    const registrar = await test.as('registrar')
    const parts = async (side: number) => [{ name: 'file', filename: '一.jpg', content: await drawnJpeg(side, side) }]
    const first = await registrar.upload('/api/evidence', await parts(60), { key: 'evidence-key-1' })
    expect((await registrar.upload('/api/evidence', await parts(60), { key: 'evidence-key-1' })).body).toEqual(
      first.body,
    )
    expect(idOf(await registrar.upload('/api/evidence', await parts(70), { key: 'evidence-key-1' }))).toBe(
      'request.keyReused',
    )
  })

  it('no account fills the disk', async () => {
    await sql(
      `insert into evidence (id, org_path, account_id, uploader, name, kind, size, width, height, sha256, created_at)
       select gen_random_uuid(), $1, $2, 'x', 'x.jpg', 'jpeg', 1, 1, 1, repeat('0', 64), now() from generate_series(1, 200)`,
      [world.org.schoolB!.path, world.actor('registrarB').accountId],
    )
    expect(idOf(await send(await test.as('registrarB'), '一.jpg', await drawnJpeg(50, 50)))).toBe('evidence.pending')
    await sql('delete from evidence where org_path = $1', [world.org.schoolB!.path])
  })
})

describe('linkEvidence', () => {
  it('files one’s own pictures in one statement, with the round and step of the item; whoever sees the item sees them', async () => {
    const ids = [
      await addPicture(test.platform, world.actor('registrar')),
      await addPicture(test.platform, world.actor('registrar')),
    ]
    await sql('update review_item set round = 2, step = 1 where id = $1', [items[0]])
    const before = test.platform.db.statementCount()
    const filed = await file('registrar', ids, items[0]!)
    expect(test.platform.db.statementCount() - before).toBe(1)
    expect(filed.map(({ id }) => id).sort()).toEqual([...ids].sort())
    for (const viewer of ['leader', 'clerk', 'county', 'city', 'province', 'ministry']) {
      const person = await test.as(viewer)
      const list = await person.get(`/api/items/${items[0]}/evidence`)
      expect(list.body, viewer).toHaveLength(2)
      expect(list.body[0]).toMatchObject({ name: '证明.jpg', uploader: 'registrar甲', round: 2, step: 1 })
      expect((await person.get(`/api/evidence/${ids[0]}`)).status, viewer).toBe(200)
    }
    for (const stranger of ['registrarB', 'sibling', 'otherProvince', 'registrarFar']) {
      const person = await test.as(stranger)
      expect(idOf(await person.get(`/api/evidence/${ids[0]}`)), stranger).toBe('notFound')
      expect(idOf(await person.get(`/api/items/${items[0]}/evidence`)), stranger).toBe('notFound')
    }
    const looks = await sql(
      `select distinct actor_name from audit_event where action = 'evidence.view' and target = $1`,
      [items[0]],
    )
    expect(looks).toHaveLength(6)
  })

  it('a bureau’s own picture, filed with a school’s item, is seen by the school', async () => {
    const id = await addPicture(test.platform, world.actor('county'))
    await filePicture(test.platform, world.actor('county'), id, items[1]!)
    expect((await (await test.as('registrar')).get(`/api/evidence/${id}`)).status).toBe(200)
  })

  it('refuses what is another’s, filed already, taken back, unknown, out of range, or too much', async () => {
    const own = await addPicture(test.platform, world.actor('registrar'))
    const others = await addPicture(test.platform, world.actor('clerk'))
    const filed = await addPicture(test.platform, world.actor('registrar'))
    await file('registrar', [filed], items[2]!)
    const gone = await addPicture(test.platform, world.actor('registrar'))
    expect((await (await test.as('registrar')).delete(`/api/evidence/${gone}`)).status).toBe(200)
    for (const bad of [others, filed, gone, crypto.randomUUID()])
      expect(await outcome(file('registrar', [own, bad], items[2]!))).toBe('evidence.notYours')
    // Nothing of a refused filing stays.
    expect(await sql('select item_id from evidence where id = $1', [own])).toEqual([{ item_id: null }])
    const foreign = await addPicture(test.platform, world.actor('registrarB'))
    expect(await outcome(file('registrarB', [foreign], items[2]!))).toBe('evidence.notYours')
    const many = await Promise.all(
      Array.from({ length: 11 }, () => addPicture(test.platform, world.actor('registrar'))),
    )
    expect(await outcome(file('registrar', many, items[2]!))).toBe('evidence.tooMany')
    expect(await outcome(file('registrar', many.slice(1), items[2]!))).toBe('ok')
    await sql(`insert into setting (key, org_path, value) values ('evidence.maxCount', '4402', '1')`)
    expect(await outcome(file('registrar', [own, many[0]!], items[3]!))).toBe('evidence.tooMany')
    await sql(`delete from setting where key = 'evidence.maxCount'`)
    expect(await file('registrar', [], items[3]!)).toEqual([])
    expect(await outcome(file('registrar', [own, own], items[3]!))).toBe('ok')
  })

  it('what is filed stays as it is, for the uploader, the application and the owner of the table', async () => {
    const [{ id }] = await sql('select id from evidence where item_id is not null limit 1')
    expect(idOf(await (await test.as('registrar')).delete(`/api/evidence/${id}`))).toMatch(/evidence\.filed|notFound/)
    for (const change of [
      `update evidence set item_id = null, round = null, step = null, filed_at = null where id = '${id}'`,
      `delete from evidence where id = '${id}'`,
    ])
      expect(await outcome(sql(change)), change).toBe('23001')
    const asApp = test.platform.db.inSystem((tx) => tx.query(`update evidence set name = 'x' where id = '${id}'`))
    expect(await outcome(asApp)).toBe('42501')
  })
})

it('what is never filed goes with its file; what is taken back goes at once; what is filed stays', async () => {
  const actor = world.actor('registrar')
  const [kept, filed, dropped] = [
    await addPicture(test.platform, actor),
    await addPicture(test.platform, actor),
    await addPicture(test.platform, actor),
  ]
  await file('registrar', [filed!], items[3]!)
  await (await test.as('registrar')).delete(`/api/evidence/${dropped}`)
  const there = async (): Promise<boolean[]> => {
    await keepHouse(test.platform)
    const rows = await sql('select id from evidence')
    const ids = [kept!, filed!, dropped!]
    expect(ids.map((id) => existsSync(test.platform.files.pathOf(id)))).toEqual(
      ids.map((id) => rows.some((row) => row.id === id)),
    )
    return ids.map((id) => rows.some((row) => row.id === id))
  }
  expect(await there()).toEqual([true, true, false])
  time.forward(6 * DAY)
  expect(await there()).toEqual([true, true, false])
  time.forward(2 * DAY)
  expect(await there()).toEqual([false, true, false])
})
