import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { buildChildren } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { importChildren, itemsOf, passChecks } from '../../testing/corridor.ts'
import { type Answer, buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { createMovableClock } from '../../testing/movable-clock.ts'
import { buildWorld, type World } from '../../testing/world.ts'

let world: World
let test: TestApp
let registrar: Person
let leader: Person
let failNextJob = false
const time = createMovableClock()

const UPLOAD = '/api/rooms/registration/imports?category=R11'
const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const count = async (table: string): Promise<number> => (await sql(`select count(*)::int as n from ${table}`))[0].n
const idOf = (answer: Answer): string => answer.body?.error?.id ?? String(answer.status)
const file = (text: string): Uint8Array => Buffer.from(text)

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world, {
    clock: time.clock,
    // A queue that may fail once, after the upload's transaction has committed.
    beforeJob: async () => {
      if (!failNextJob) return
      failNextJob = false
      throw new Error('queue away')
    },
  })
  registrar = await test.as('registrar')
  leader = await test.as('leader')
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})
beforeEach(() => {
  failNextJob = false
})

describe('one key, one effect', () => {
  it('replays the first answer, word for word', async () => {
    const [key, before] = [randomUUID(), await count('grade')]
    const body = { stage: 1, entryYear: 2001 }
    const [first, again] = [
      await registrar.post('/api/school/grades', body, { key }),
      await registrar.post('/api/school/grades', body, { key }),
    ]
    expect([first.status, again.status, again.text]).toEqual([200, 200, first.text])
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(first.headers['idempotency-replayed']).toBeUndefined()
    expect(await count('grade')).toBe(before + 1)
    // A key of one's own: the same key of somebody else is another request.
    const other = await (await test.as('registrarB')).post('/api/school/grades', body, { key })
    expect(other.headers['idempotency-replayed']).toBeUndefined()
    expect(await count('grade')).toBe(before + 2)
  })

  it('replays a refusal as well', async () => {
    const key = randomUUID()
    const body = { stage: 3, entryYear: 2001 }
    const [first, again] = [
      await registrar.post('/api/school/grades', body, { key }),
      await registrar.post('/api/school/grades', body, { key }),
    ]
    expect([first.status, again.text]).toEqual([422, first.text])
  })

  it('refuses the key with another body, another url or another method', async () => {
    const [key, before] = [randomUUID(), await count('grade')]
    expect((await registrar.post('/api/school/grades', { stage: 1, entryYear: 2002 }, { key })).status).toBe(200)
    expect(idOf(await registrar.post('/api/school/grades', { stage: 1, entryYear: 2003 }, { key }))).toBe(
      'request.keyReused',
    )
    expect(idOf(await registrar.delete(`/api/school/grades/${randomUUID()}`, { key }))).toBe('request.keyReused')
    expect(idOf(await registrar.upload(UPLOAD, file('x'), { key }))).toBe('request.keyReused')
    expect(await count('grade')).toBe(before + 1)
  })

  it.each([undefined, '', 'short', 'x'.repeat(81), 'with blank', '../../etc', "'; drop"])(
    'asks for a usable key: %j',
    async (key) => {
      const answer = await registrar.post(
        '/api/school/grades',
        { stage: 1, entryYear: 2004 },
        { headers: { 'idempotency-key': key } },
      )
      expect(idOf(answer)).toBe('request.keyMissing')
    },
  )

  it('a double click has one effect, however close together', async () => {
    const [key, before] = [randomUUID(), await count('grade')]
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => registrar.post('/api/school/grades', { stage: 1, entryYear: 2005 }, { key })),
    )
    const ids = answers.map(idOf)
    expect(ids).toContain('200')
    expect(ids.filter((id) => id !== '200' && id !== 'request.inProgress')).toEqual([])
    expect(await count('grade')).toBe(before + 1)
    expect(idOf(await registrar.post('/api/school/grades', { stage: 1, entryYear: 2005 }, { key }))).toBe('200')
    expect(await count('grade')).toBe(before + 1)
  })

  it('approving twice with two keys decides once (one decision per step)', async () => {
    const wish = {
      regionCode: '440203',
      regionName: '某县',
      schoolCode: world.org.school!.code,
      entryYear: world.entryYear,
    }
    const batch = await importChildren(test.platform, world.actor('registrar'), buildChildren(1, 5, wish))
    await passChecks(test.platform)
    const [id] = await itemsOf(test.platform, batch)
    const [{ version }] = await sql('select version from review_item where id = $1', [id])
    const approve = () =>
      leader.post(`/api/rooms/registration/items/${id}/commands`, { command: 'approve', opinion: '', version })
    const ids = (await Promise.all([approve(), approve(), approve()])).map(idOf)
    expect(ids.sort()).toEqual(['200', 'review.alreadyDecided', 'review.alreadyDecided'])
    expect(await sql(`select 1 from review_event where item_id = $1 and kind = 'approve'`, [id])).toHaveLength(1)
  })
})

describe('what goes wrong on the way', () => {
  it('a failure of ours frees the key: the retry does the work', async () => {
    const [key, before] = [randomUUID(), await count('grade')]
    const create = () => registrar.post('/api/school/grades', { stage: 1, entryYear: 2006 }, { key })
    await sql('alter table grade rename to grade_away')
    expect(idOf(await create())).toBe('internal')
    await sql('alter table grade_away rename to grade')
    expect(await sql('select 1 from idempotency_key where key = $1', [key])).toEqual([])
    expect(idOf(await create())).toBe('200')
    expect(await count('grade')).toBe(before + 1)
  })

  it('a request that died unanswered frees its key after a minute; a sealed answer stands', async () => {
    const [key, before] = [randomUUID(), await count('school_class')]
    const [grade] = await sql('select id from grade where school_id = $1 and entry_year = $2', [
      world.org.school!.id,
      world.entryYear,
    ])
    const create = () =>
      registrar.post('/api/school/classes', { gradeId: grade.id, classType: '10', count: 2 }, { key })
    expect(idOf(await create())).toBe('200')
    // As a process leaves it that dies before its transaction: taken, no answer, no effect.
    await sql('update idempotency_key set status = null, body = null where key = $1', [key])
    await sql(
      'delete from school_class where id in (select id from school_class where grade_id = $1 order by class_number desc limit 2)',
      [grade.id],
    )
    expect(idOf(await create())).toBe('request.inProgress')
    time.forward(2)
    expect(idOf(await create())).toBe('200')
    expect(await count('school_class')).toBe(before + 2)
    time.forward(2)
    expect((await create()).headers['idempotency-replayed']).toBe('true')
    expect(await count('school_class')).toBe(before + 2)
  })
})

describe('uploads', () => {
  const stored = (): number => {
    const root = dirname(dirname(test.platform.files.pathOf(randomUUID())))
    return readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length
  }

  it('with one key make one batch, one file and one job', async () => {
    const [key, before, files] = [randomUUID(), await count('import_batch'), stored()]
    const jobs = test.platform.sentJobs.length
    const [first, again] = [
      await registrar.upload(UPLOAD, file('roster'), { key }),
      await registrar.upload(UPLOAD, file('roster'), { key }),
    ]
    expect([first.status, again.text]).toEqual([200, first.text])
    expect([await count('import_batch'), stored(), test.platform.sentJobs.length]).toEqual([
      before + 1,
      files + 1,
      jobs + 1,
    ])
  })

  it('with one key but another file are an error, not a success that kept the first file', async () => {
    const [key, before] = [randomUUID(), await count('import_batch')]
    expect((await registrar.upload(UPLOAD, file('roster one'), { key })).status).toBe(200)
    expect(idOf(await registrar.upload(UPLOAD, file('roster two'), { key }))).toBe('request.keyReused')
    // A large one as well: it is read to its end only to be compared.
    expect(idOf(await registrar.upload(UPLOAD, Buffer.alloc(5 << 20, 1), { key }))).toBe('request.keyReused')
    expect(await count('import_batch')).toBe(before + 1)
  })

  it('sent twice at once make one batch', async () => {
    const [key, before] = [randomUUID(), await count('import_batch')]
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => registrar.upload(UPLOAD, file('double click'), { key })),
    )
    expect(answers.map(idOf).filter((id) => id !== '200' && id !== 'request.inProgress')).toEqual([])
    expect(await count('import_batch')).toBe(before + 1)
  })

  it('whose answer was lost after they were kept are answered, not kept again', async () => {
    const [key, before] = [randomUUID(), await count('import_batch')]
    failNextJob = true
    const first = await registrar.upload(UPLOAD, file('queue away'), { key })
    expect(idOf(first)).toBe('internal')
    const again = await registrar.upload(UPLOAD, file('queue away'), { key })
    expect(again.status).toBe(200)
    const [batch] = await sql('select id from import_batch order by id desc limit 1')
    expect(again.body.batch.id).toBe(batch.id)
    expect(await count('import_batch')).toBe(before + 1)
  })

  it('with a new key are a new batch that names the earlier one', async () => {
    const before = await count('import_batch')
    const [first, second] = [
      await registrar.upload(UPLOAD, file('on purpose')),
      await registrar.upload(UPLOAD, file('on purpose')),
    ]
    expect(first.body.earlier).toBeNull()
    expect(second.body.earlier).toMatchObject({ id: first.body.batch.id, uploaderName: 'registrar甲' })
    expect(await count('import_batch')).toBe(before + 2)
  })
})
