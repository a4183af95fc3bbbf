import { existsSync } from 'node:fs'
import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { cellText } from '@xueji/contracts/template/cell-text'
import { flatten } from '@xueji/contracts/template/row-schema'
import { buildChildren } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import Excel from 'exceljs'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Platform } from '../platform/platform.ts'
import { ANSWERS_KEPT, type QueryLeavingSent, type SentText } from '../platform/sent-rows.ts'
import { findRoom } from '../rooms/index.ts'
import { beforePage } from '../testing/before-page.ts'
import { askExport, command, importChildren, itemsOf, passChecks } from '../testing/corridor.ts'
import { readExported } from '../testing/exported-file.ts'
import { type Answer, buildTestApp, type Person, type TestApp } from '../testing/http.ts'
import { buildWorld, TEST_PASSWORD, type World } from '../testing/world.ts'
import { runExport } from './export-run.ts'

let world: World
let test: TestApp
let registrar: Person
const children: Record<string, StudentValues[]> = {}

const BASE = '/api/rooms/registration/exports'
const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const idOf = (answer: Answer): string => answer.body?.error?.id ?? String(answer.status)

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  for (const [index, [key, who, head]] of (
    [
      ['school', 'registrar', 'leader'],
      ['schoolB', 'registrarB', 'leaderB'],
      ['schoolC', 'registrarC', 'leaderC'],
    ] as const
  ).entries()) {
    const wish = {
      regionCode: ['440203', '440204', '440205'][index]!,
      regionName: '某县',
      schoolCode: world.org[key]!.code,
      entryYear: world.entryYear,
    }
    children[key] = buildChildren(12, 60 + index, wish)
    const batch = await importChildren(test.platform, world.actor(who), children[key])
    await passChecks(test.platform)
    const ids = await itemsOf(test.platform, batch)
    await command(test.platform, world.actor(head), 'refuse', ids.slice(0, 2), '=HYPERLINK("http://x","请核对")')
    await command(test.platform, world.actor(head), 'approve', ids.slice(2, 6))
    await command(test.platform, world.actor(who), 'escalate', ids.slice(2, 4))
    await command(test.platform, world.actor(index < 2 ? 'county' : 'sibling'), 'approve', ids.slice(2, 3))
  }
  registrar = await test.as('registrar')
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

type Wish = { conditions?: object; columns?: string[]; username?: string; password?: string }
const ask = (person: Person, wish: Wish = {}): Promise<Answer> =>
  person.post(BASE, {
    list: 'items',
    conditions: { view: 'all', ...wish.conditions },
    columns: wish.columns ?? ['name', 'identityNumber'],
    authoriser: { username: wish.username ?? 'leader', password: wish.password ?? TEST_PASSWORD },
  })
const run = (id: string, page?: number): Promise<void> =>
  runExport(test.platform, findRoom, id, page ? { page, lookMillis: 0 } : undefined)
const pathOf = async (id: string): Promise<string> =>
  test.platform.files.pathOf((await sql('select file_id from export_job where id = $1', [id]))[0].file_id)
const stateOf = async (id: string) =>
  (await sql('select status, done, total, failure from export_job where id = $1', [id]))[0]
/** Asks, runs, and reads what was written. */
async function exported(person: Person, wish: Wish = {}, chunk?: number): Promise<Record<string, string>[]> {
  const answer = await ask(person, wish)
  expect(answer.status, answer.text).toBe(200)
  await run(answer.body.id, chunk)
  expect(await stateOf(answer.body.id)).toMatchObject({ status: 'ready' })
  return readExported(await pathOf(answer.body.id))
}
const namesOf = (rows: readonly Record<string, string>[]): string[] => rows.map((row) => row.姓名!).sort()
const childNames = (...keys: string[]): string[] =>
  keys.flatMap((key) => children[key]!.map(({ name }) => name!)).sort()
const forgetFailures = () => sql('delete from login_failure')

/** The platform, where an answer's texts are spoilt as soon as they may be written over, not only when the next have come. */
function spoiling(platform: Platform): Platform {
  const { db } = platform
  const readInScopeOf: typeof db.readInScopeOf = (actor, work) =>
    db.readInScopeOf(actor, (reading) => {
      const answers: { payload: SentText }[][] = []
      const queryLeavingSent: QueryLeavingSent = async <Row>(
        ...asked: [keyof Row & string, string, readonly unknown[]]
      ) => {
        for (const { payload } of answers.splice(0, Math.max(0, answers.length + 1 - ANSWERS_KEPT)).flat())
          payload.bytes.fill(0x58, payload.from, payload.to)
        const answer = await reading.queryLeavingSent<Row>(...asked)
        answers.push(answer as { payload: SentText }[])
        return answer
      }
      return work({ ...reading, queryLeavingSent })
    })
  return { ...platform, db: { ...db, readInScopeOf } }
}

describe('what is written', () => {
  it('is what the list shows, row for row, with numbers in full', async () => {
    const { body: catalogue } = await registrar.get(`${BASE}/columns`, { query: { list: 'items' } })
    const usual = catalogue.columns.filter((column: { usual: boolean }) => column.usual)
    const rows = await exported(registrar, { columns: usual.map((column: { key: string }) => column.key) }, 5)
    const list = await registrar.get('/api/rooms/registration/items', { query: { limit: '200', count: '1' } })
    // The list has the newest first, the file is in the order of filing.
    const shown = list.body.rows.reverse()
    expect(rows.map((row) => row.姓名)).toEqual(shown.map((row: { studentName: string }) => row.studentName))
    expect(rows.map((row) => row['当前环节/状态'])).toEqual(shown.map((row: { statusText: string }) => row.statusText))
    expect(rows.map((row) => row.查重认证状态)).toEqual(shown.map((row: { checkText: string }) => row.checkText))
    expect(rows.map((row) => row.年级)).toEqual(shown.map((row: { gradeName: string }) => row.gradeName))
    for (const [at, row] of rows.entries()) {
      const child = children.school!.find(({ identityNumber }) => identityNumber === row.身份证件号)!
      expect(row.姓名).toBe(child.name)
      expect(shown[at].identityNumber).toContain('********')
    }
    expect(rows.filter((row) => row.学籍号)).toHaveLength(1)
    expect(rows.find((row) => row.学籍号)!.学籍号).toMatch(/^G\d{17}[\dX]$/)
  })

  it('holds every field of the template in the template’s own words, when chosen', async () => {
    const { columns } = RESIDENT_NEWCOMER_TEMPLATE
    const rows = await exported(registrar, { columns: columns.map(({ key }) => key) }, 7)
    for (const child of children.school!) {
      const flat = flatten(child)
      const row = rows.find((one) => one.身份证件号 === child.identityNumber)!
      for (const column of columns)
        expect(row[column.header] ?? '', column.header).toBe(cellText(column, flat[column.key]))
    }
  })

  it('is each child’s own, though what was read lies in memory that is used again', async () => {
    const { columns } = RESIDENT_NEWCOMER_TEMPLATE
    const { body } = await ask(registrar, { columns: columns.map(({ key }) => key) })
    await runExport(spoiling(test.platform), findRoom, body.id, { page: 1, lookMillis: 0 })
    const rows = await readExported(await pathOf(body.id))
    expect(rows).toHaveLength(12)
    for (const child of children.school!) {
      const flat = flatten(child)
      const row = rows.find((one) => one.身份证件号 === child.identityNumber)!
      for (const column of columns) expect(row[column.header] ?? '').toBe(cellText(column, flat[column.key]))
    }
  })

  it('has the columns chosen, in the order chosen, and no others', async () => {
    const answer = await ask(registrar, { columns: ['phone', 'name', 'guardians.1.name', 'phone'] })
    expect(answer.body.columns).toEqual(['联系电话', '姓名', '成员2姓名'])
    await run(answer.body.id)
    const book = new Excel.Workbook()
    await book.xlsx.readFile(await pathOf(answer.body.id))
    const sheet = book.worksheets[0]!
    expect((sheet.getRow(1).values as string[]).slice(1)).toEqual(['联系电话', '姓名', '成员2姓名'])
    expect(sheet.rowCount).toBe(13)
    expect(idOf(await ask(registrar, { columns: ['name', 'payload'] }))).toBe('export.unknownColumn')
    expect(idOf(await ask(registrar, { columns: [] }))).toBe('request.invalid')
  })

  it('is text in every cell, whatever it begins with, as another program reads it', async () => {
    const answer = await ask(registrar, { columns: ['identityNumber', 'phone', 'refusalOpinion'] })
    await run(answer.body.id)
    const book = new Excel.Workbook()
    await book.xlsx.readFile(await pathOf(answer.body.id))
    const [sheet, notes] = book.worksheets
    let opinions = 0
    sheet!.eachRow((row, number) =>
      row.eachCell((cell) => {
        expect([cell.type, cell.formula]).toEqual([Excel.ValueType.String, undefined])
        if (number > 1) expect(cell.numFmt).toBe('@')
        if (cell.text.startsWith('=HYPERLINK')) opinions++
      }),
    )
    expect(opinions).toBe(2)
    const told = notes!.getSheetValues().flat().filter(Boolean).join(' ')
    for (const text of ['武江第一小学', 'registrar甲', 'leader甲', '无（全部）']) expect(told).toContain(text)
  })

  it('follows the conditions (EXP-003), and says them in words', async () => {
    const child = children.school![5]!
    const cases: [object, number, string][] = [
      [{ status: 'returned' }, 2, '注册状态：审核不通过（已退回）'],
      [{ studentName: child.name }, 1, `学生姓名：${child.name}`],
      [{ identityNumber: child.identityNumber }, 1, '身份证件号：'],
      [{ category: 'R11', status: 'effective' }, 1, '注册类别：居民身份证小学新生注册；注册状态：注册完成'],
      [{ view: 'returned' }, 2, '列表：退回本校待修改'],
      [{ studentName: '没有这个人' }, 0, '学生姓名：没有这个人'],
    ]
    for (const [conditions, count, words] of cases) {
      const preview = await registrar.post(`${BASE}/preview`, { list: 'items', conditions })
      expect(preview.body.total, words).toBe(count)
      const answer = await ask(registrar, { conditions })
      expect(answer.body.conditionsText).toContain(words)
      expect(answer.body.conditionsText).not.toContain(child.identityNumber)
      await run(answer.body.id)
      expect(await readExported(await pathOf(answer.body.id)), words).toHaveLength(count)
    }
    const [{ conditions }] = await sql(
      `select conditions from export_job where conditions_text like '学生姓名：%' and status = 'ready' limit 1`,
    )
    expect(conditions).toEqual({ view: 'all' })
  })
})

describe('whose children', () => {
  it('a school’s own and nobody else’s, whatever the conditions say', async () => {
    expect(namesOf(await exported(registrar))).toEqual(childNames('school'))
    const other = { schoolId: world.org.schoolB!.id }
    expect(await exported(registrar, { conditions: other })).toEqual([])
    const preview = await registrar.post(`${BASE}/preview`, { list: 'items', conditions: other })
    expect(preview.body.total).toBe(0)
  })

  it('a county’s schools when its province has enabled it (EXP-004), and none of the next county', async () => {
    const county = await test.as('county')
    const wish = { username: 'county2' }
    const hindrance = async (person: Person) =>
      (await person.get(`${BASE}/columns`, { query: { list: 'items' } })).body.hindrance?.id
    expect([idOf(await ask(county, wish)), await hindrance(county)]).toEqual([
      'export.countyDisabled',
      'export.countyDisabled',
    ])
    await sql(`insert into setting (key, org_path, value) values ('export.countyEnabled', '44', 'true')`)
    expect(await hindrance(county)).toBeUndefined()
    expect(namesOf(await exported(county, wish, 5))).toEqual(childNames('school', 'schoolB'))
    const one = { ...wish, conditions: { schoolId: world.org.schoolB!.id } }
    expect(namesOf(await exported(county, one))).toEqual(childNames('schoolB'))
    // Another province has not.
    expect(idOf(await ask(await test.as('farCounty'), wish))).toBe('export.countyDisabled')
    // What was asked for while it was enabled is not written after it is not.
    const late = await ask(county, wish)
    await sql(`delete from setting where key = 'export.countyEnabled'`)
    await run(late.body.id)
    expect(await stateOf(late.body.id)).toMatchObject({ status: 'failed', failure: 'export.countyDisabled' })
    expect(existsSync(await pathOf(late.body.id))).toBe(false)
  })

  it('nobody’s for cities, provinces and the ministry (EXP-005)', async () => {
    for (const username of ['city', 'province', 'ministry']) {
      const person = await test.as(username)
      expect(idOf(await ask(person)), username).toBe('export.onApplication')
    }
    for (const username of ['leader', 'clerk', 'teacher', 'schoolAdmin', 'countyAdmin'])
      expect(idOf(await ask(await test.as(username), { username: 'registrar' })), username).toBe('forbidden')
  })

  it('what was asked for with a right that was taken since is not written (SEC-008)', async () => {
    const { body } = await ask(registrar)
    const { accountId } = world.actor('registrar')
    await sql('delete from role_grant where account_id = $1', [accountId])
    await run(body.id)
    await sql(`insert into role_grant (account_id, role) values ($1, 'schoolRegistrar')`, [accountId])
    expect(await stateOf(body.id)).toMatchObject({ status: 'failed', failure: 'forbidden' })
    const { body: row } = await registrar.get(`${BASE}/${body.id}`)
    expect(row.failureText).toBe('您的角色没有办理此项业务的权限')
  })

  it('nor is it anybody’s when the right is taken while the rows are read, however quick that is (SEC-008)', async () => {
    const { body } = await ask(registrar)
    const { accountId } = world.actor('registrar')
    // All there is fits into one page.
    const deprived = beforePage(test.platform, 1, () =>
      sql('delete from role_grant where account_id = $1', [accountId]),
    )
    await runExport(deprived, findRoom, body.id, { page: 1_000, lookMillis: 3600_000 })
    await sql(`insert into role_grant (account_id, role) values ($1, 'schoolRegistrar')`, [accountId])
    expect(await stateOf(body.id)).toMatchObject({ status: 'failed', failure: 'forbidden' })
    const path = await pathOf(body.id)
    expect([existsSync(path), existsSync(`${path}.partial`)]).toEqual([false, false])
  })
})

describe('authorisation (EXP-001, EXP-002)', () => {
  const refusals = async () =>
    sql(`select detail->>'reason' as reason, target from audit_event where action = 'export.refused' order by at, seq`)

  it('takes another account of the same organisation, and no other', async () => {
    const before = (await refusals()).length
    const cases: [Wish, string][] = [
      [{ username: 'registrar' }, 'export.ownAccount'],
      [{ password: 'Wrong-1234' }, 'export.notAuthorised'],
      [{ username: 'nobody' }, 'export.notAuthorised'],
      [{ username: 'leaderB' }, 'export.notAuthorised'],
      [{ username: 'county' }, 'export.notAuthorised'],
      // May not read the list himself.
      [{ username: 'teacher' }, 'export.notAuthorised'],
      [{ username: 'schoolAdmin' }, 'export.notAuthorised'],
    ]
    const jobs = (await sql('select count(*)::int as n from export_job'))[0].n
    for (const [wish, expected] of cases) expect(idOf(await ask(registrar, wish)), wish.username).toBe(expected)
    expect((await sql('select count(*)::int as n from export_job'))[0].n).toBe(jobs)
    const noted = (await refusals()).slice(before)
    expect(noted.map(({ reason }) => reason)).toEqual(cases.map(([, reason]) => reason))
    expect(noted[3].target).toBe(world.actor('leaderB').accountId)
    await forgetFailures()
    expect((await ask(registrar, { username: 'clerk' })).body.authoriserName).toBe('clerk甲')
  })

  it('refuses an account that is closed, or that could not work with its password', async () => {
    const { accountId } = world.actor('leader')
    for (const [change, back] of [
      [`status = 'closed'`, `status = 'active'`],
      ['must_change = true', 'must_change = false'],
      [`password_changed_at = now() - interval '91 days'`, 'password_changed_at = now()'],
    ]) {
      await sql(`update account set ${change} where id = $1`, [accountId])
      expect(idOf(await ask(registrar)), change).toBe('export.notAuthorised')
      await sql(`update account set ${back} where id = $1`, [accountId])
    }
    await forgetFailures()
  })

  it('guesses are counted as at sign-in, and lock the account; one’s own name neither counts nor forgives', async () => {
    for (let guess = 0; guess < 5; guess++)
      expect(idOf(await ask(registrar, { password: `Wrong-${guess}` }))).toBe('export.notAuthorised')
    expect(idOf(await ask(registrar))).toBe('auth.locked')
    expect(idOf(await test.anonymous.post('/api/auth/login', { username: 'leader', password: TEST_PASSWORD }))).toBe(
      'auth.locked',
    )
    await forgetFailures()
    await test.anonymous.post('/api/auth/login', { username: 'registrar', password: 'Wrong-1234' })
    const counted = () => sql('select count from login_failure')
    const before = await counted()
    expect(idOf(await ask(registrar, { username: 'registrar' }))).toBe('export.ownAccount')
    expect(await counted()).toEqual(before)
    await forgetFailures()
  })

  it('is used once: each export needs its own, and a repeated sending is one export', async () => {
    const body = {
      list: 'items',
      conditions: { view: 'all' },
      columns: ['name'],
      authoriser: { username: 'leader', password: TEST_PASSWORD },
    }
    const key = crypto.randomUUID()
    const [first, again] = [await registrar.post(BASE, body, { key }), await registrar.post(BASE, body, { key })]
    expect([first.status, again.text]).toEqual([200, first.text])
    const { authoriser: _, ...without } = body
    expect(idOf(await registrar.post(BASE, without))).toBe('request.invalid')
  })

  it('leaves no password behind, not even in what is kept of requests', async () => {
    const [password, key] = ['Very-Secret-9876', crypto.randomUUID()]
    const body = (secret: string) => ({
      list: 'items',
      conditions: { view: 'all' },
      columns: ['name'],
      authoriser: { username: 'leader', password: secret },
    })
    expect(idOf(await registrar.post(BASE, body(password), { key }))).toBe('export.notAuthorised')
    // With another password it is the same request: the password is no part of the fingerprint.
    expect(idOf(await registrar.post(BASE, body('Other-Secret-1'), { key }))).toBe('export.notAuthorised')
    const tables = await sql(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    )
    for (const { relname } of tables)
      expect(await sql(`select 1 from ${relname} t where t::text like '%' || $1 || '%'`, [password]), relname).toEqual(
        [],
      )
    await forgetFailures()
  })

  it('the database itself refuses an export authorised by who asks', async () => {
    const actor = world.actor('registrar')
    await expect(askExport(test.platform, actor, actor)).rejects.toThrow(/export_job_two_people/)
  })
})
