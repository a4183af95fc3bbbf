import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { createChance } from '@xueji/db/seed/random'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { loadSettings } from '../platform/settings.ts'
import { registrationRoom } from '../rooms/registration/registration.room.ts'
import { type ChangeSetDriver, createChangeSetDriver } from '../testing/change-set.ts'
import { type Answer, buildTestApp, type TestApp } from '../testing/http.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { findEntry, schoolOf } from './room.ts'
import { createFileComparison, makeRowCheck, type StagedIssue } from './row-stage.ts'

const R11 = findEntry(registrationRoom, 'R11')!

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

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const idOf = (answer: Answer): string => answer.body?.error?.id ?? String(answer.status)
const codesOf = (row: { issues: readonly { code: string }[] }): string[] => row.issues.map((issue) => issue.code)

describe('a batch with issues is shown as what it would do', () => {
  let id: string
  beforeAll(async () => {
    const batch = await driver.upload(await driver.children(40), {
      spoil: (cells, index) => {
        if (index % 4 === 0) cells.set('ethnicity', '火星族')
        if (index % 10 === 0) cells.set('phone', '12')
        if (index === 7) cells.set('politicalStatus', '共青团员')
      },
    })
    id = batch.id
    expect(batch).toMatchObject({
      status: 'failed',
      statusName: '处理失败',
      totalRows: 40,
      invalidRows: 12,
      validRows: 28,
      droppedRows: 0,
      mayUndo: false,
    })
  })

  it.each([
    ['failing', {}, [0, 4, 8, 10, 12, 16, 20, 24, 28, 30, 32, 36]],
    ['failing', { code: 'shape.phone' }, [0, 10, 20, 30]],
    ['failing', { field: 'ethnicity' }, [0, 4, 8, 12, 16, 20, 24, 28, 32, 36]],
    ['failing', { code: 'shape.code', field: 'phone' }, []],
    ['failing', { from: '26' }, [24, 28, 30, 32, 36]],
    ['warning', {}, [7]],
    ['corrected', {}, []],
    ['dropped', {}, []],
  ])('%s %j', async (view, query, indexes) => {
    const rows = await driver.rows(id, { view, ...query })
    expect(rows.map((row) => row.rowNumber)).toEqual(indexes.map((index) => index + 2))
  })

  it('clean rows and all rows, page by page, with a total where it is asked for', async () => {
    expect(await driver.rows(id, { view: 'clean' })).toHaveLength(28)
    const registrar = await test.as('registrar')
    const seen: number[] = []
    for (let after: string | undefined; ; ) {
      const { body } = await registrar.get(`/api/rooms/registration/imports/${id}/rows`, {
        query: { view: 'all', limit: '7', count: '1', ...(after ? { after } : {}) },
      })
      expect(body.total).toBe(40)
      seen.push(...body.rows.map((row: { rowNumber: number }) => row.rowNumber))
      after = body.next
      if (!after) break
    }
    expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => index + 2))
  })

  it('a row says what it would do, what its cells hold and what is wrong', async () => {
    const [row] = await driver.rows(id)
    expect(row).toMatchObject({ rowNumber: 2, kind: 'new', valid: false, dropped: false, corrected: [], changes: [] })
    expect(row!.cells).toMatchObject({ ethnicity: '火星族', phone: '12', name: row!.name })
    expect(codesOf(row!)).toEqual(['shape.code', 'shape.phone'])
    expect(row!.issues[0]).toMatchObject({ label: '民族', value: '火星族', message: '民族填写不正确' })
  })

  it('is nobody’s but the filers’ of the school', async () => {
    for (const [username, status] of [
      ['clerk', 200],
      ['registrarB', 404],
      ['leader', 403],
      ['county', 403],
    ] as const)
      expect((await (await test.as(username)).get(`/api/rooms/registration/imports/${id}/rows`)).status).toBe(status)
  })
})

describe('correcting in place', () => {
  const spoiled = async (count = 4) =>
    driver.upload(await driver.children(count), {
      spoil: (cells, index) => {
        if (index < 2) cells.set('ethnicity', '火星族')
      },
    })

  it('a cell set right makes its row clean, all set right the batch ready; every step is recorded', async () => {
    const { id, version } = await spoiled()
    const cell = (rowNumber: number) => ({ rowNumber, field: 'ethnicity', value: '汉族' })
    const first = await driver.correct(id, { cells: [cell(2)] })
    expect(first.body.batch).toMatchObject({ status: 'failed', invalidRows: 1, validRows: 3, version: version + 1 })
    expect(first.body.rows).toHaveLength(1)
    expect(first.body.rows[0]).toMatchObject({ rowNumber: 2, valid: true, corrected: ['ethnicity'], issues: [] })
    const second = await driver.correct(id, { cells: [cell(3)] })
    expect(second.body.batch).toMatchObject({ status: 'ready', statusName: '待提交', invalidRows: 0, validRows: 4 })
    expect(Date.parse(second.body.batch.expiresAt)).toBeGreaterThan(Date.now() + 29 * 86_400_000)
    const wrong = await driver.correct(id, { cells: [{ ...cell(3), value: '' }] })
    expect(wrong.body.batch).toMatchObject({ status: 'failed', invalidRows: 1 })
    expect(wrong.body.rows[0].cells).not.toHaveProperty('ethnicity')
    const registrar = await test.as('registrar')
    const lines = (await registrar.get(`/api/rooms/registration/imports/${id}/corrections`)).body.rows
    expect(lines.map((line: Record<string, unknown>) => [line.rowNumber, line.label, line.before, line.after])).toEqual(
      [
        [3, '民族', '汉族', ''],
        [3, '民族', '火星族', '汉族'],
        [2, '民族', '火星族', '汉族'],
      ],
    )
    expect(lines[0]).toMatchObject({ accountName: 'registrar甲', act: 'edit', undone: false })
    expect(await driver.rows(id, { view: 'corrected' })).toHaveLength(2)
  })

  it('whoever saw an older version is told, and changes nothing', async () => {
    const { id, version } = await spoiled()
    const clerk = await test.as('clerk')
    const ask = (value: string) => ({ version, cells: [{ rowNumber: 2, field: 'ethnicity', value }] })
    const url = `/api/rooms/registration/imports/${id}/corrections`
    const answers = await Promise.all([
      (await test.as('registrar')).post(url, ask('汉族')),
      clerk.post(url, ask('壮族')),
      clerk.post(url, ask('满族')),
    ])
    expect(answers.map(idOf).sort()).toEqual(['200', 'import.changed', 'import.changed'])
    expect(await sql('select step from import_correction where batch_id = $1', [id])).toEqual([{ step: 1 }])
  })

  it.each([
    ['a field that is none', { cells: [{ rowNumber: 2, field: 'constructor', value: 'x' }] }, 'constructor'],
    ['a row that is none', { cells: [{ rowNumber: 99, field: 'name', value: 'x' }], drop: [2] }, 'rowNumber'],
    ['a row that is none, dropped', { drop: [98] }, 'rowNumber'],
  ])('%s is named, and nothing is changed', async (_what, asked, field) => {
    const { id, version } = await spoiled()
    const answer = await driver.correct(id, asked)
    expect([answer.status, idOf(answer), answer.body.error.details[0].field]).toEqual([
      422,
      'import.cellUnknown',
      field,
    ])
    expect((await driver.batch(id)).version).toBe(version)
  })

  it('what is so already is no step', async () => {
    const { id, version } = await spoiled()
    const answer = await driver.correct(id, {
      cells: [{ rowNumber: 2, field: 'ethnicity', value: '火星族' }],
      restore: [3],
    })
    expect(answer.body.batch.version).toBe(version)
    expect(await sql('select 1 from import_correction where batch_id = $1', [id])).toEqual([])
  })

  it('a block of many rows is one step and taken back as one', async () => {
    const { id } = await driver.upload(await driver.children(60), {
      spoil: (cells, index) => {
        cells.set('ethnicity', `族${index}`).set('healthStatus', '')
      },
    })
    const cells = Array.from({ length: 60 }, (_, index) => [
      { rowNumber: index + 2, field: 'ethnicity', value: '汉族' },
      { rowNumber: index + 2, field: 'healthStatus', value: '健康或良好' },
    ]).flat()
    const pasted = await driver.correct(id, { cells, drop: [5] })
    expect(pasted.body.batch).toMatchObject({ status: 'ready', validRows: 59, invalidRows: 0, droppedRows: 1 })
    expect(pasted.body.rows).toHaveLength(60)
    const undone = await driver.give(id, 'corrections/undo')
    expect(undone.body.batch).toMatchObject({ status: 'failed', validRows: 0, invalidRows: 60, droppedRows: 0 })
    expect(undone.body.rows[3]).toMatchObject({ dropped: false, corrected: [], cells: { ethnicity: '族3' } })
    expect(idOf(await driver.give(id, 'corrections/undo'))).toBe('import.nothingToUndo')
    expect(await sql('select distinct undone from import_correction where batch_id = $1', [id])).toEqual([
      { undone: true },
    ])
  })

  it('steps are taken back in order; a cell stays corrected as long as one of its corrections holds', async () => {
    const { id } = await spoiled()
    const set = (value: string) => driver.correct(id, { cells: [{ rowNumber: 2, field: 'ethnicity', value }] })
    await set('汉族')
    await set('壮族')
    const back = await driver.give(id, 'corrections/undo')
    expect(back.body.rows[0]).toMatchObject({ cells: { ethnicity: '汉族' }, corrected: ['ethnicity'], valid: true })
    await set('满族')
    for (const [value, corrected] of [
      ['汉族', ['ethnicity']],
      ['火星族', []],
    ] as const)
      expect((await driver.give(id, 'corrections/undo')).body.rows[0]).toMatchObject({
        cells: { ethnicity: value },
        corrected,
      })
  })

  it('what the reader noticed of a cell is void once it is given a value, and back when that is taken back', async () => {
    const { id } = await spoiled()
    await sql(
      `update import_row set cell_faults = '{"identityNumber":"precisionLost"}', valid = false,
         issues = issues || '[{"code":"cell.precisionLost","field":"identityNumber","severity":"error"}]' where batch_id = $1 and row_number = 5`,
      [id],
    )
    await sql('update import_batch set invalid_rows = invalid_rows + 1, valid_rows = valid_rows - 1 where id = $1', [
      id,
    ])
    const [row] = await driver.rows(id, { code: 'cell.precisionLost' })
    const value = row!.cells.identityNumber!
    const other = await driver.correct(id, { cells: [{ rowNumber: 5, field: 'specialty', value: '书法' }] })
    expect(codesOf(other.body.rows[0])).toEqual(['cell.precisionLost'])
    // Its own text is a correction too: the registrar has looked at it.
    const set = await driver.correct(id, { cells: [{ rowNumber: 5, field: 'identityNumber', value }] })
    expect(set.body.rows[0]).toMatchObject({ valid: true, corrected: ['identityNumber', 'specialty'] })
    const back = await driver.give(id, 'corrections/undo')
    expect(codesOf(back.body.rows[0])).toEqual(['cell.precisionLost'])
    expect(back.body.rows[0].corrected).toEqual(['specialty'])
  })

  it('only a batch that is failed or ready can be corrected', async () => {
    const done = await driver.upload(await driver.children(1))
    expect(done.status).toBe('succeeded')
    expect(idOf(await driver.correct(done.id, { drop: [2] }))).toBe('import.notCorrectable')
    expect(idOf(await driver.give(done.id, 'corrections/undo'))).toBe('import.notCorrectable')
    const registrar = await test.as('registrar')
    const { body } = await registrar.upload('/api/rooms/registration/imports', Buffer.from('x'), {
      query: { category: 'R11' },
    })
    expect(idOf(await driver.correct(body.batch.id, { drop: [2] }))).toBe('import.notCorrectable')
    await driver.work(body.batch.id)
    expect(idOf(await driver.correct(body.batch.id, { drop: [2] }))).toBe('import.notCorrectable')
  })
})

describe('rows that concern one another', () => {
  it('two rows of one number: setting one right frees the other, and both are answered', async () => {
    const children = await driver.children(5)
    const { id } = await driver.upload(children, {
      spoil: (cells, index) => {
        if (index === 3) cells.set('identityNumber', children[0]!.identityNumber!)
      },
    })
    expect((await driver.rows(id)).map((row) => [row.rowNumber, codesOf(row)[0]])).toEqual([
      [2, 'duplicate.inFile'],
      [5, expect.any(String)],
    ])
    const answer = await driver.correct(id, {
      cells: [{ rowNumber: 5, field: 'identityNumber', value: children[3]!.identityNumber! }],
    })
    expect(answer.body.rows.map((row: { rowNumber: number }) => row.rowNumber)).toEqual([2, 5])
    expect(answer.body.batch).toMatchObject({ status: 'ready', validRows: 5 })
    const again = await driver.give(id, 'corrections/undo')
    expect(again.body.batch).toMatchObject({ status: 'failed', invalidRows: 2 })
  })

  it('dropping one of three leaves two, dropping the second frees the third; restoring brings all back', async () => {
    const { id } = await driver.upload(await driver.children(4), {
      spoil: (cells, index) => {
        if (index < 3) cells.set('auxiliaryNumber', 'A1')
      },
    })
    const first = await driver.correct(id, { drop: [2] })
    expect(first.body.batch).toMatchObject({ status: 'failed', invalidRows: 2, droppedRows: 1, validRows: 1 })
    expect(first.body.rows.map((row: { rowNumber: number }) => row.rowNumber)).toEqual([2, 3, 4])
    expect(first.body.rows[0]).toMatchObject({ dropped: true, issues: [] })
    expect(first.body.rows[1].issues[0].message).toContain('第 4 行')
    const second = await driver.correct(id, { drop: [3] })
    expect(second.body.batch).toMatchObject({ status: 'ready', invalidRows: 0, droppedRows: 2, validRows: 2 })
    expect((await driver.rows(id, { view: 'dropped' })).map((row) => row.rowNumber)).toEqual([2, 3])
    const restored = await driver.correct(id, { restore: [2, 3] })
    expect(restored.body.batch).toMatchObject({ status: 'failed', invalidRows: 3, droppedRows: 0, validRows: 1 })
    expect((await driver.rows(id))[0]!.issues[0]!.message).toContain('第 3、4 行')
  })

  it('a batch of which everything was left out has nothing to submit', async () => {
    const { id } = await driver.upload(await driver.children(2), { query: { submit: 'manual' } })
    const answer = await driver.correct(id, { drop: [2, 3] })
    expect(answer.body.batch).toMatchObject({ status: 'failed', validRows: 0, droppedRows: 2 })
    expect(idOf(await driver.give(id, 'submit'))).toBe('import.notReady')
  })

  it('a number that somebody holds is a conflict and says where; another number is asked about anew (DUP-007)', async () => {
    const held = await driver.children(1, 'schoolC')
    await driver.upload(held, { as: await test.as('registrarC') })
    const children = await driver.children(2)
    const { id } = await driver.upload([{ ...held[0]!, schoolCode: world.org.school!.code }, children[1]!])
    const [row] = await driver.rows(id)
    expect(row).toMatchObject({ rowNumber: 2, kind: 'conflict' })
    expect(row!.issues[0]!.message).toContain('浈江小学')
    // Touched in another cell it stays a conflict.
    const other = await driver.correct(id, { cells: [{ rowNumber: 2, field: 'specialty', value: '书法' }] })
    expect(other.body.rows[0].kind).toBe('conflict')
    const child = children[0]!
    const free = await driver.correct(id, {
      cells: [
        { rowNumber: 2, field: 'identityNumber', value: child.identityNumber! },
        { rowNumber: 2, field: 'birthDate', value: child.birthDate!.replaceAll('-', '') },
        { rowNumber: 2, field: 'gender', value: child.gender === '1' ? '男' : '女' },
      ],
    })
    expect(free.body.rows[0]).toMatchObject({ kind: 'new', valid: true })
    expect(free.body.batch.status).toBe('ready')
  })

  it('after any corrections every row says what it would say had the file been uploaded so', {
    timeout: 120_000,
  }, async () => {
    const chance = createChance(99)
    const children = await driver.children(25)
    const { id } = await driver.upload(children, {
      spoil: (cells, index) => {
        if (index % 3 === 0) cells.set('auxiliaryNumber', `A${index % 2}`)
        if (index % 5 === 0) cells.set('seatNumber', '7').set('classNumber', world.classNumbers[index % 2]!)
        if (index % 7 === 0) cells.set('identityNumber', children[1]!.identityNumber!)
      },
    })
    const values: Record<string, () => string> = {
      auxiliaryNumber: () => chance.pick(['', 'A0', 'A1', 'A2']),
      seatNumber: () => chance.pick(['', '7', '8']),
      classNumber: () => chance.pick(['', '1', ...world.classNumbers]),
      identityNumber: () => chance.pick(children).identityNumber!,
      name: () => chance.pick(['', '张三', 'x']),
    }
    const some = (most: number) => Array.from({ length: chance.between(0, most) }, () => chance.between(2, 26))
    for (let round = 0; round < 40; round++) {
      const cells = some(6).map((rowNumber) => {
        const field = chance.pick(Object.keys(values))
        return { rowNumber, field, value: values[field]!() }
      })
      const answer =
        chance.between(0, 4) === 0
          ? await driver.give(id, 'corrections/undo')
          : await driver.correct(id, { cells, drop: some(2), restore: some(3) })
      expect(['200', 'import.nothingToUndo', 'request.invalid']).toContain(idOf(answer))
      await expectFresh(id)
    }
  })

  /** What is staged equals a check of the cells from the beginning, and the totals what is staged. */
  async function expectFresh(id: string): Promise<void> {
    const actor = world.actor('registrar')
    const { db, clock } = test.platform
    const settings = await loadSettings(db.system, actor.orgPath)
    const checker = await registrationRoom.loadChecker(db.system, clock.today(), schoolOf(actor), settings, R11)
    if ('refusal' in checker) throw new Error(checker.refusal)
    const check = makeRowCheck(RESIDENT_NEWCOMER_TEMPLATE, checker)
    const rows = (await sql('select * from import_row where batch_id = $1 order by row_number', [id])) as {
      row_number: number
      cells: Record<string, string>
      issues: StagedIssue[]
      valid: boolean
      dropped: boolean
    }[]
    const comparison = createFileComparison()
    const checked = rows.map((row) => check({ rowNumber: row.row_number, cells: row.cells }))
    rows.forEach((row, index) => {
      if (!row.dropped) comparison.add(checked[index]!)
    })
    const inFile = checker.checkFile(comparison.rows())
    rows.forEach((row, index) => {
      const expected = [...checked[index]!.issues, ...(inFile.get(row.row_number) ?? [])]
      expect(row.issues.map(({ layer: _, ...issue }) => issue)).toEqual(JSON.parse(JSON.stringify(expected)))
      expect(row.valid).toBe(expected.every((issue) => issue.severity !== 'error'))
    })
    const of = (matches: (row: (typeof rows)[number]) => boolean): number => rows.filter(matches).length
    expect(await driver.batch(id)).toMatchObject({
      totalRows: rows.length,
      validRows: of((row) => row.valid && !row.dropped),
      invalidRows: of((row) => !row.valid && !row.dropped),
      droppedRows: of((row) => row.dropped),
    })
  }
})
