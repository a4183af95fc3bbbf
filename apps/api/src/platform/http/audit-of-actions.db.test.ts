import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { APP_ROLE } from '@xueji/db/app-role'
import { buildChildren } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { endDuplicates } from '../../pipeline/end-duplicates.ts'
import { runExport } from '../../pipeline/export-run.ts'
import { runImport } from '../../pipeline/import-run.ts'
import { findRoom } from '../../rooms/index.ts'
import { askExport, command, importChildren, itemsOf, passChecks, stageUpload } from '../../testing/corridor.ts'
import { type Answer, buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { rosterFile } from '../../testing/roster-file.ts'
import { fingerprint } from '../../testing/snapshot.ts'
import { buildWorld, TEST_PASSWORD, type World } from '../../testing/world.ts'
import { verifyAudit } from '../audit.ts'
import { hashSecret } from './session.ts'

let world: World
let test: TestApp
let items: string[]
let registrar: Person
let leader: Person
let county: Person
let admin: Person

const ROOM = '/api/rooms/registration'
const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const wish = () => ({
  regionCode: '440203',
  regionName: '某县',
  schoolCode: world.org.school!.code,
  entryYear: world.entryYear,
})

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  const batch = await importChildren(test.platform, world.actor('registrar'), buildChildren(8, 21, wish()))
  items = await itemsOf(test.platform, batch)
  await passChecks(test.platform)
  await command(test.platform, world.actor('leader'), 'refuse', items.slice(0, 2), '请核对')
  await command(test.platform, world.actor('leader'), 'approve', items.slice(4, 7))
  await command(test.platform, world.actor('registrar'), 'escalate', items.slice(5, 7))
  registrar = await test.as('registrar')
  leader = await test.as('leader')
  county = await test.as('county')
  admin = await test.as('countyAdmin')
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

/** As if the table of the audit were full or broken: no line can be written. */
async function withoutAudit<T>(work: () => Promise<T>): Promise<T> {
  await sql(`revoke insert on audit_event from ${APP_ROLE}`)
  try {
    return await work()
  } finally {
    await sql(`grant insert on audit_event to ${APP_ROLE}`)
  }
}

const versionOf = async (id: string): Promise<number> =>
  (await sql('select version from review_item where id = $1', [id]))[0].version
const give = async (person: Person, id: string, name: string): Promise<Answer> =>
  person.post(`${ROOM}/items/${id}/commands`, { command: name, opinion: '意见', version: await versionOf(id) })
const newGrade = async (): Promise<string> =>
  (
    await sql(
      `insert into grade (id, school_id, org_path, stage, entry_year, name) values (gen_random_uuid(), $1, $2, 1, 1999, 'g')
       on conflict (school_id, stage, entry_year) do update set name = 'g' returning id`,
      [world.org.school!.id, world.org.school!.path],
    )
  )[0].id
const failedBatch = async (): Promise<string> => {
  const id = await stageUpload(test.platform, world.actor('registrar'), Buffer.from('x'))
  await sql(`update import_batch set status = 'failed' where id = $1`, [id])
  return id
}

/** A batch of three rows, so many of them wrong, as its job leaves it. */
const stagedBatch = async (wrong: number, mode = 'manual'): Promise<string> => {
  const { code } = (
    await sql(`select code from region where level = 'county' order by code desc offset $1 limit 1`, [made++])
  )[0]
  const children = buildChildren(3, 1, { ...wish(), regionCode: code })
  const bytes = await rosterFile(children, (cells, index) => index < wrong && void cells.set('name', ''))
  const id = await stageUpload(test.platform, world.actor('registrar'), bytes)
  await sql('update import_batch set submit_mode = $2 where id = $1', [id, mode])
  await runImport(test.platform, findRoom, id)
  return id
}
let made = 0

/** Everything a person can do that leaves a line, by the line's action: prepares what is needed, then gives the act itself. */
const ACTS: Record<string, () => Promise<() => Promise<Answer>>> = {
  'session.open': async () => () =>
    test.anonymous.post('/api/auth/login', { username: 'teacher', password: TEST_PASSWORD }),
  'session.close': async () => {
    const person = await test.signIn('teacher')
    return () => person.post('/api/auth/logout')
  },
  'account.password': async () => {
    const person = await test.signIn('sibling')
    return () => person.post('/api/auth/password', { oldPassword: TEST_PASSWORD, newPassword: 'Brand-New-2345' })
  },
  'session.forceOut': async () => {
    const victim = await test.signIn('teacher')
    const sessionKeys = [hashSecret(victim.cookie.replace('xueji=', ''))]
    return () => admin.post('/api/online-users/force-out', { sessionKeys })
  },
  'grade.create': async () => () => registrar.post('/api/school/grades', { stage: 1, entryYear: 2001 }),
  'class.create': async () => {
    const gradeId = await newGrade()
    return () => registrar.post('/api/school/classes', { gradeId, classType: '10', count: 1 })
  },
  'class.remove': async () => {
    const [{ id }] = await sql(
      `insert into school_class (id, grade_id, school_id, org_path, class_number, name, class_type)
       values (gen_random_uuid(), $1, $2, $3, '1999150', 'c', '10') on conflict (school_id, class_number) do update set name = 'c' returning id`,
      [await newGrade(), world.org.school!.id, world.org.school!.path],
    )
    return () => registrar.delete(`/api/school/classes/${id}`)
  },
  'grade.remove': async () => {
    const id = await newGrade()
    await sql('delete from school_class where grade_id = $1', [id])
    return () => registrar.delete(`/api/school/grades/${id}`)
  },
  'import.upload': async () => () => registrar.upload(`${ROOM}/imports?category=R11`, Buffer.from(randomUUID())),
  'import.remove': async () => {
    const id = await failedBatch()
    return () => registrar.delete(`${ROOM}/imports/${id}`)
  },
  'import.correct': async () => {
    const id = await stagedBatch(1)
    return () => registrar.post(`${ROOM}/imports/${id}/corrections`, { version: 1, drop: [2] })
  },
  'import.correctionUndo': async () => {
    const id = await stagedBatch(1)
    await registrar.post(`${ROOM}/imports/${id}/corrections`, { version: 1, drop: [2] })
    return () => registrar.post(`${ROOM}/imports/${id}/corrections/undo`, { version: 2 })
  },
  'import.submit': async () => {
    const id = await stagedBatch(0)
    return () => registrar.post(`${ROOM}/imports/${id}/submit`, { version: 1 })
  },
  'import.cancel': async () => {
    const id = await stageUpload(test.platform, world.actor('registrar'), Buffer.from(randomUUID()))
    return () => registrar.post(`${ROOM}/imports/${id}/cancel`)
  },
  'import.undo': async () => {
    const id = await stagedBatch(0, 'auto')
    return () => registrar.post(`${ROOM}/imports/${id}/undo`, { version: 1 })
  },
  'item.view': async () => () => county.get(`${ROOM}/items/${items[3]}`),
  'review.resubmit': async () => {
    const [{ cells }] = await sql('select cells from import_row where id = $1', [items[0]])
    const version = await versionOf(items[0]!)
    return () => registrar.put(`${ROOM}/items/${items[0]}`, { values: cells, version })
  },
  'review.remove': async () => () => registrar.delete(`${ROOM}/items/${items[1]}`),
  'review.refuse': async () => () => give(leader, items[2]!, 'refuse'),
  'review.approve': async () => () => give(leader, items[3]!, 'approve'),
  'review.escalate': async () => () => give(registrar, items[4]!, 'escalate'),
  'review.approve, the last one: a student is made': async () => () => give(county, items[5]!, 'approve'),
  'collection.print': async () => () => registrar.post(`${ROOM}/collection-sheets`, { ids: [items[3]] }),
  'account.create': async () => () =>
    registrar.post('/api/school/sub-accounts', { displayName: '某某', username: `a${randomUUID().slice(0, 8)}` }),
  'account.resetPassword': async () => {
    const id = await newSubAccount()
    return () => registrar.post(`/api/school/sub-accounts/${id}/password`)
  },
  'account.status': async () => {
    const id = await newSubAccount()
    return () => registrar.put(`/api/school/sub-accounts/${id}`, { status: 'disabled' })
  },
  'setting.put': async () => {
    const province = await test.as('province')
    return () => province.put('/api/settings/deadline.register', { value: 45 })
  },
  'export.request': async () => () =>
    registrar.post(`${ROOM}/exports`, {
      list: 'items',
      conditions: { view: 'all', studentName: '某' },
      columns: ['name'],
      authoriser: { username: 'leader', password: TEST_PASSWORD },
    }),
  'export.cancel': async () => {
    const id = await askExport(test.platform, world.actor('registrar'), world.actor('leader'))
    return () => registrar.post(`${ROOM}/exports/${id}/cancel`)
  },
  'export.download': async () => {
    const id = await askExport(test.platform, world.actor('registrar'), world.actor('leader'))
    await runExport(test.platform, findRoom, id)
    return () => registrar.get(`${ROOM}/exports/${id}/file`)
  },
  'review.approve, as a batch': async () => () =>
    county.post(`${ROOM}/review-batches`, { command: 'approve', ids: [items[6]] }),
}

const newSubAccount = async (): Promise<string> => {
  const wish = { displayName: '某某', username: `a${randomUUID().slice(0, 8)}` }
  return (await registrar.post('/api/school/sub-accounts', wish)).body.account.id
}

// What a failed action may leave: the task itself, which goes on when the audit is back.
const LEFT_OPEN: Readonly<Record<string, readonly string[]>> = {
  'review.approve, as a batch': ['review_batch', 'review_batch_part'],
}

describe.each(Object.keys(ACTS))('%s', (name) => {
  const sessions = () => sql('select id_hash from session order by 1')

  it('does not happen when its line cannot be written', async () => {
    const act = await ACTS[name]!()
    const before = [await fingerprint(world), await sessions()] as const
    const answer = await withoutAudit(act)
    expect([answer.status, answer.body.error.id]).toEqual([500, 'internal'])
    expect(answer.cookies).toEqual([])
    const after = [await fingerprint(world), await sessions()] as const
    for (const table of LEFT_OPEN[name] ?? []) after[0][table] = before[0][table]!
    expect(after).toEqual(before)
  })

  it('leaves exactly one line when it does, with who, where and by which request', async () => {
    const act = await ACTS[name]!()
    const earlier = new Set((await lines()).map(placeOf))
    const answer = await act()
    expect(answer.status, answer.text).toBe(200)
    const own = (await lines()).filter((line) => !earlier.has(placeOf(line)))
    expect(own.map((line) => line.action)).toEqual([name.split(',')[0]])
    expect(own[0]).toMatchObject({ actor_name: expect.stringMatching(/甲$/), org_path: expect.stringMatching(/^44/) })
    expect(own[0]!.request_id).toMatch(/^[0-9a-f-]{36}$/)
    expect((await verifyAudit(test.platform.db.system)).faults).toEqual([])
  })

  type Line = { chain: number; seq: string; action: string; request_id: string }
  const lines = async (): Promise<Line[]> => (await sql('select * from audit_event')) as Line[]
  const placeOf = ({ chain, seq }: Line): string => `${chain}/${seq}`
})

describe('jobs', () => {
  it('an import whose line cannot be written submits nothing, and is done when the audit is back', async () => {
    const id = await stageUpload(
      test.platform,
      world.actor('registrar'),
      await rosterFile(buildChildren(3, 77, wish())),
    )
    const states = async () => (await sql('select status from import_batch where id = $1', [id]))[0].status
    await expect(withoutAudit(() => runImport(test.platform, findRoom, id))).rejects.toThrow(/audit_event/)
    expect([await states(), await itemsOf(test.platform, id)]).toEqual(['running', []])
    await runImport(test.platform, findRoom, id)
    expect([await states(), (await itemsOf(test.platform, id)).length]).toEqual(['succeeded', 3])
  })

  it('an export whose line cannot be written is not ready, and is done when the audit is back', async () => {
    const id = await askExport(test.platform, world.actor('registrar'), world.actor('leader'))
    const states = async () => (await sql('select status from export_job where id = $1', [id]))[0].status
    await expect(withoutAudit(() => runExport(test.platform, findRoom, id))).rejects.toThrow(/audit_event/)
    expect(await states()).toBe('running')
    await runExport(test.platform, findRoom, id)
    expect(await states()).toBe('ready')
  })

  it('items are not ended without a line', async () => {
    await sql(
      `update review_item set status = 'duplicate', duplicate_status = 3, waiting_path = null, waiting_act = null where id = $1`,
      [items[7]],
    )
    await expect(withoutAudit(() => endDuplicates(test.platform))).rejects.toThrow(/audit_event/)
    const status = async () => (await sql('select status from review_item where id = $1', [items[7]]))[0].status
    expect(await status()).toBe('duplicate')
    await endDuplicates(test.platform)
    expect(await status()).toBe('ended')
  })
})

it('a removed upload is gone from the disk and from every table but the audit', async () => {
  const { body } = await registrar.upload(`${ROOM}/imports?category=R11`, Buffer.from('名单'))
  const [{ file_id }] = await sql('select file_id from import_batch where id = $1', [body.batch.id])
  await runImport(test.platform, findRoom, body.batch.id)
  expect(existsSync(test.platform.files.pathOf(file_id))).toBe(true)
  expect((await registrar.delete(`${ROOM}/imports/${body.batch.id}`)).status).toBe(200)
  expect(existsSync(test.platform.files.pathOf(file_id))).toBe(false)
  for (const [table, column, id] of [
    ['stored_file', 'id', file_id],
    ['import_batch', 'id', body.batch.id],
    ['import_row', 'batch_id', body.batch.id],
  ])
    expect(await sql(`select 1 from ${table} where ${column} = $1`, [id]), table).toEqual([])
  expect(
    await sql(`select 1 from audit_event where action = 'import.remove' and target = $1`, [body.batch.id]),
  ).toHaveLength(1)
})
