import { existsSync } from 'node:fs'
import { RegistrationCheckFacts, toRegistrationFacts } from '@xueji/contracts/rooms/registration/registration.api'
import { checkRegistration } from '@xueji/domain/rooms/registration/registration.rules'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { findRoom } from '../rooms/index.ts'
import { registrationRoom } from '../rooms/registration/registration.room.ts'
import { type ChangeSetDriver, createChangeSetDriver } from '../testing/change-set.ts'
import { type Answer, buildTestApp, type TestApp } from '../testing/http.ts'
import { rosterFile } from '../testing/roster-file.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { runImport } from './import-run.ts'
import type { Room } from './room.ts'
import { presentRows } from './staged-row-view.ts'
import { loadRows } from './staged-rows.ts'

let world: World
let test: TestApp
let driver: ChangeSetDriver

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  driver = await createChangeSetDriver(test, world, 'registrar')
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const IMPORTS = '/api/rooms/registration/imports'
const MANUAL = { query: { submit: 'manual' } }
const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const idOf = (answer: Answer): string => answer.body?.error?.id ?? String(answer.status)
const itemsOf = (id: string) =>
  sql('select row_number, applicant_id from review_item where import_batch_id = $1 order by id', [id])
const fileOf = async (id: string): Promise<string> =>
  test.platform.files.pathOf((await sql('select file_id from import_batch where id = $1', [id]))[0].file_id)
const upload = async (children: readonly StudentValues[], query: Record<string, string> = {}): Promise<string> =>
  (
    await (
      await test.as('registrar')
    ).upload(IMPORTS, await rosterFile(children), { query: { category: 'R11', ...query } })
  ).body.batch.id

describe('提交', () => {
  it('a clean batch submits itself, or waits for it, as its uploader wished (REG-007)', async () => {
    expect((await driver.upload(await driver.children(2))).status).toBe('succeeded')
    const { id, status, mayUndo } = await driver.upload(await driver.children(2), MANUAL)
    expect([status, mayUndo, await itemsOf(id)]).toEqual(['ready', false, []])
  })

  it('a roster that waits to be corrected or submitted is among what awaits its registrar', async () => {
    const waiting = async (username: string) => {
      const { queue } = (await (await test.as(username)).get('/api/home')).body
      return queue.find((line: { act: string }) => line.act === 'finish')?.count
    }
    const before = await waiting('registrar')
    const { id } = await driver.upload(await driver.children(2), MANUAL)
    await driver.upload(await driver.children(2), { spoil: (cells) => void cells.set('name', '') })
    expect([await waiting('registrar'), await waiting('registrarB')]).toEqual([before + 2, 0])
    await driver.give(id, 'submit')
    await driver.work(id)
    expect([await waiting('registrar'), await waiting('leader')]).toEqual([before + 1, undefined])
  })

  it('makes items of what was not left out, filed by who gave it', async () => {
    const { id } = await driver.upload(await driver.children(5), MANUAL)
    await driver.correct(id, { drop: [3] })
    const clerk = await test.as('clerk')
    const answer = await driver.give(id, 'submit', {}, clerk)
    expect(answer.body).toMatchObject({ status: 'running', phase: 'comparing' })
    expect(test.platform.sentJobs.at(-1)).toEqual({ queue: 'import-batch', data: { batchId: id } })
    await driver.work(id)
    expect(await driver.batch(id)).toMatchObject({ status: 'succeeded', validRows: 4, droppedRows: 1, mayUndo: true })
    const applicant_id = world.actor('clerk').accountId
    expect(await itemsOf(id)).toEqual([2, 4, 5, 6].map((row_number) => ({ row_number, applicant_id })))
    const claims = await sql(
      'select 1 from identity_claim c join import_row r on r.id = c.item_id where r.batch_id = $1 and c.released_at is null',
      [id],
    )
    expect(claims).toHaveLength(4)
  })

  it('is refused for a batch that is not clean, twice, at an old version, and in part where the room files whole batches', async () => {
    const failed = await driver.upload(await driver.children(3), {
      ...MANUAL,
      spoil: (cells, index) => index === 0 && void cells.set('name', ''),
    })
    expect(idOf(await driver.give(failed.id, 'submit'))).toBe('import.notReady')
    expect(idOf(await driver.give(failed.id, 'submit', { cleanRowsOnly: true }))).toBe('import.wholeOnly')
    const { id, version } = await driver.upload(await driver.children(3), MANUAL)
    expect(idOf(await driver.give(id, 'submit', { version: version - 1 }))).toBe('import.changed')
    expect(idOf(await driver.give(id, 'submit'))).toBe('200')
    expect(idOf(await driver.give(id, 'submit', { version }))).toBe('import.changed')
    expect(idOf(await driver.give(id, 'submit'))).toBe('import.notReady')
  })

  it('a number that somebody took meanwhile sends the batch back with the conflict named; given back, it goes through', async () => {
    const children = await driver.children(3)
    const { id } = await driver.upload(children, MANUAL)
    const registrarC = await test.as('registrarC')
    const other = await driver.upload([{ ...children[1]!, schoolCode: world.org.schoolC!.code }], { as: registrarC })
    expect(other.status).toBe('succeeded')
    await driver.give(id, 'submit')
    await driver.work(id)
    expect(await driver.batch(id)).toMatchObject({ status: 'failed', invalidRows: 1, validRows: 2 })
    const [row] = await driver.rows(id)
    expect(row).toMatchObject({ rowNumber: 3, kind: 'conflict' })
    expect(row!.issues[0]!.message).toContain('浈江小学')
    expect(await itemsOf(id)).toEqual([])
    // The other school takes its batch back: touched once more, the row is clean.
    expect((await driver.undo(other.id, registrarC)).status).toBe('ready')
    const touched = await driver.correct(id, { cells: [{ rowNumber: 3, field: 'specialty', value: '书法' }] })
    expect(touched.body).toMatchObject({ batch: { status: 'ready' }, rows: [{ kind: 'new' }] })
    await driver.give(id, 'submit')
    await driver.work(id)
    expect(await itemsOf(id)).toHaveLength(3)
  })

  it('a class closed meanwhile is noticed: facts are those of the submission', async () => {
    const [grade] = await sql('select id, school_id, org_path from grade where school_id = $1 and entry_year = $2', [
      world.org.school!.id,
      world.entryYear,
    ])
    const number = `${world.entryYear}198`
    await sql(
      `insert into school_class (id, grade_id, school_id, org_path, class_number, name, class_type) values (gen_random_uuid(), $1, $2, $3, $4, '98班', '10')`,
      [grade.id, grade.school_id, grade.org_path, number],
    )
    const { id } = await driver.upload(await driver.children(3), {
      ...MANUAL,
      spoil: (cells, index) => index === 1 && void cells.set('classNumber', number),
    })
    await sql('delete from school_class where class_number = $1', [number])
    await driver.give(id, 'submit')
    await driver.work(id)
    expect(await driver.batch(id)).toMatchObject({ status: 'failed', invalidRows: 1, validRows: 2 })
    expect((await driver.rows(id))[0]).toMatchObject({ rowNumber: 3, issues: [{ code: 'register.noSuchClass' }] })
  })
})

describe('取消', () => {
  it('a file that waits leaves nothing; its job finds nothing to do', async () => {
    const id = await upload(await driver.children(2))
    expect((await driver.give(id, 'cancel')).body).toMatchObject({ status: 'cancelled', statusName: '已取消' })
    await driver.work(id)
    expect([(await driver.batch(id)).status, await sql('select 1 from import_row where batch_id = $1', [id])]).toEqual([
      'cancelled',
      [],
    ])
    expect(idOf(await driver.give(id, 'cancel'))).toBe('import.notRunning')
  })

  /** A platform that is interrupted where a statement of the job's own books matches. */
  const interrupted = (
    matches: (text: string, values: readonly unknown[]) => boolean,
    act: () => Promise<void>,
  ): Platform => {
    let done = false
    const { db } = test.platform
    return {
      ...test.platform,
      db: {
        ...db,
        system: {
          query: async (text, values = []) => {
            if (!done && matches(text, values)) {
              done = true
              await act()
            }
            return db.system.query(text, values)
          },
        },
      },
    }
  }
  const reports = (phase: string) => (text: string, values: readonly unknown[]) =>
    text.startsWith('update import_batch set phase') && values[1] === phase

  it.each(['reading', 'comparing'])(
    'a running one stops at its next report, with nothing staged: %s',
    async (phase) => {
      const id = await upload(await driver.children(30))
      let answer: Answer | undefined
      const platform = interrupted(reports(phase), async () => {
        answer = await driver.give(id, 'cancel')
      })
      await runImport(platform, findRoom, id)
      expect(answer!.body.status).toBe('cancelled')
      expect(await driver.batch(id)).toMatchObject({ status: 'cancelled', totalRows: 0 })
      expect(await sql('select 1 from import_row where batch_id = $1', [id])).toEqual([])
      expect(await itemsOf(id)).toEqual([])
    },
  )

  it('one whose rows arrive while it is cancelled keeps none of them', async () => {
    const id = await upload(await driver.children(30))
    const { db } = test.platform
    const platform: Platform = {
      ...test.platform,
      db: {
        ...db,
        inScopeOf: (actor, work, attempts) =>
          db.inScopeOf(
            actor,
            (tx) =>
              work({
                ...tx,
                copyFrom: async (text, lines) => {
                  await tx.copyFrom(text, lines)
                  await driver.give(id, 'cancel')
                },
              } as Transaction),
            attempts,
          ),
      },
    }
    await runImport(platform, findRoom, id)
    expect([(await driver.batch(id)).status, await sql('select 1 from import_row where batch_id = $1', [id])]).toEqual([
      'cancelled',
      [],
    ])
  })

  it('while items are made it is too late, and they are made', async () => {
    const id = await upload(await driver.children(3))
    let answer: Answer | undefined
    const platform = interrupted(
      (text, values) => text.includes('pg_notify') && String(values[1]).includes('submitting'),
      async () => {
        answer = await driver.give(id, 'cancel')
      },
    )
    await runImport(platform, findRoom, id)
    expect(idOf(answer!)).toBe('import.submitting')
    expect((await driver.batch(id)).status).toBe('succeeded')
  })

  it('a submission is taken back, and the batch is as it was before 提交', async () => {
    const { id } = await driver.upload(await driver.children(3), MANUAL)
    await driver.correct(id, { drop: [2] })
    await driver.give(id, 'submit')
    expect((await driver.give(id, 'cancel')).body).toMatchObject({ status: 'ready', validRows: 2, droppedRows: 1 })
    await driver.work(id)
    expect([(await driver.batch(id)).status, await itemsOf(id)]).toEqual(['ready', []])
  })
})

describe('a file uploaded in place of an earlier batch', () => {
  it('recognises its rows; the earlier batch goes with rows, corrections and file once the new one is read', async () => {
    const children = await driver.children(6)
    const old = await driver.upload(children, { spoil: (cells, index) => index === 0 && void cells.set('name', '') })
    await driver.correct(old.id, { drop: [3] })
    const path = await fileOf(old.id)
    const id = await upload(children, { submit: 'manual', replaces: old.id })
    expect(existsSync(path)).toBe(true)
    await driver.work(id)
    expect(await driver.batch(id)).toMatchObject({ status: 'ready', totalRows: 6, recognisedRows: 5 })
    for (const table of ['import_row', 'import_correction'])
      expect(await sql(`select 1 from ${table} where batch_id = $1`, [old.id]), table).toEqual([])
    expect([await sql('select 1 from import_batch where id = $1', [old.id]), existsSync(path)]).toEqual([[], false])
    expect(
      await sql(`select 1 from audit_event where action = 'import.replaced' and target = $1`, [old.id]),
    ).toHaveLength(1)
  })

  it('that is refused as a whole replaces nothing', async () => {
    const old = await driver.upload(await driver.children(1), MANUAL)
    const registrar = await test.as('registrar')
    const query = { category: 'R11', replaces: old.id }
    const { body } = await registrar.upload(IMPORTS, Buffer.from('no workbook'), { query })
    await driver.work(body.batch.id)
    expect((await driver.batch(body.batch.id)).failure).not.toBeNull()
    expect((await driver.batch(old.id)).status).toBe('ready')
  })

  it('spares what was submitted meanwhile, and may name only what was never submitted, of one’s own school', async () => {
    const children = await driver.children(2)
    const old = await driver.upload(children, MANUAL)
    const id = await upload(await driver.children(2), { replaces: old.id })
    await driver.give(old.id, 'submit')
    await driver.work(old.id)
    await driver.work(id)
    expect([(await driver.batch(id)).status, (await driver.batch(old.id)).status]).toEqual(['succeeded', 'succeeded'])
    const bytes = await rosterFile(children)
    const put = async (username: string, replaces: string) =>
      idOf(await (await test.as(username)).upload(IMPORTS, bytes, { query: { category: 'R11', replaces } }))
    expect(await put('registrar', old.id)).toBe('import.notReplaceable')
    expect(await put('registrarB', old.id)).toBe('notFound')
    expect(await put('registrar', crypto.randomUUID())).toBe('notFound')
  })
})

describe('what nobody submits', () => {
  it.each(['failed', 'ready', 'cancelled'])('can be deleted: %s', async (status) => {
    const batch =
      status === 'cancelled'
        ? await upload(await driver.children(1)).then(async (id) => (await driver.give(id, 'cancel')).body)
        : await driver.upload(await driver.children(1), {
            ...MANUAL,
            spoil: (cells) => status === 'failed' && void cells.set('name', ''),
          })
    expect(batch.status).toBe(status)
    const path = await fileOf(batch.id)
    expect((await (await test.as('registrar')).delete(`${IMPORTS}/${batch.id}`)).status).toBe(200)
    expect(existsSync(path)).toBe(false)
  })

  it('a submitted or waiting one cannot', async () => {
    const registrar = await test.as('registrar')
    const done = await driver.upload(await driver.children(1))
    const waiting = await upload(await driver.children(1))
    for (const id of [done.id, waiting])
      expect(idOf(await registrar.delete(`${IMPORTS}/${id}`))).toBe('import.notFinished')
  })
})

describe('facts for the page', () => {
  const R11 = { query: { category: 'R11' } }

  it('serve the same rules before the upload, and are the filers’ alone', async () => {
    const { body } = await (await test.as('registrar')).get('/api/rooms/registration/check-facts', R11)
    const facts = toRegistrationFacts(RegistrationCheckFacts.parse(body))
    expect(facts.schoolCode).toBe(world.org.school!.code)
    expect(facts.grades.map((grade) => grade.name)).toEqual([`小学${world.entryYear}级`])
    expect([...facts.grades[0]!.classNumbers].sort()).toEqual([...world.classNumbers].sort())
    const [child] = await driver.children(1)
    expect(checkRegistration(child!, facts)).toEqual([])
    expect((await (await test.as('leader')).get('/api/rooms/registration/check-facts', R11)).status).toBe(403)
  })
})

describe('a room whose rows change records that exist', () => {
  it('shows new, changed field by field, and unchanged', async () => {
    const children = await driver.children(3)
    const { id } = await driver.upload(children, MANUAL)
    let asked = 0
    const room: Room = {
      ...registrationRoom,
      findExisting: async (db, { batchId, rowNumbers }) => {
        asked++
        const rows = await db.query<{ row_number: number; values: StudentValues }>(
          'select row_number, values from import_row where batch_id = $1 and row_number = any($2::int[])',
          [batchId, rowNumbers],
        )
        const records = new Map(rows.map((row) => [row.row_number, row.values]))
        records.delete(2)
        records.set(3, { ...records.get(3)!, ethnicity: '08', isOnlyChild: '0', phone: '13800000000' })
        return records
      },
    }
    const shown = await test.platform.db.inScopeOf(world.actor('registrar'), async (tx) =>
      presentRows(tx, room, room.entries[0]!.template!, id, await loadRows(tx, id, [2, 3, 4])),
    )
    expect(shown.map((row) => row.kind)).toEqual(['new', 'changed', 'unchanged'])
    expect(asked).toBe(1)
    expect(shown[1]!.changes).toContainEqual({
      field: 'phone',
      label: '联系电话',
      before: '13800000000',
      after: children[1]!.phone,
    })
    expect(shown[1]!.changes.find((change) => change.field === 'ethnicity')).toMatchObject({ before: '壮族' })
  })
})
