import { buildChildren } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { findExportRoom, findRoom } from '../rooms/index.ts'
import { command, importChildren, itemsOf, passChecks } from '../testing/corridor.ts'
import { readExported } from '../testing/exported-file.ts'
import { type Answer, buildTestApp, type Person, type TestApp } from '../testing/http.ts'
import { addLine } from '../testing/preschool.ts'
import { buildWorld, TEST_PASSWORD, type World } from '../testing/world.ts'
import { runExport } from './export-run.ts'

let world: World
let test: TestApp
let failedBatch: string

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const idOf = (answer: Answer): string => answer.body?.error?.id ?? String(answer.status)

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  const wish = { regionCode: '440203', regionName: '某县', entryYear: world.entryYear }
  const children = buildChildren(8, 300, { ...wish, schoolCode: world.org.school!.code })
  const ids = await itemsOf(test.platform, await importChildren(test.platform, world.actor('registrar'), children))
  const others = buildChildren(3, 301, { ...wish, regionCode: '440204', schoolCode: world.org.schoolB!.code })
  const theirs = await itemsOf(test.platform, await importChildren(test.platform, world.actor('registrarB'), others))
  await passChecks(test.platform)
  for (const [head, registrar, own] of [
    ['leader', 'registrar', ids],
    ['leaderB', 'registrarB', theirs],
  ] as const) {
    await command(test.platform, world.actor(head), 'approve', own)
    await command(test.platform, world.actor(registrar), 'escalate', own)
  }
  const spoilt = buildChildren(6, 302, { ...wish, regionCode: '440205', schoolCode: world.org.school!.code })
  failedBatch = await importChildren(test.platform, world.actor('registrar'), spoilt, (cells, index) => {
    if (index % 2 === 0) cells.set('gender', '不详')
    if (index === 0) cells.set('identityNumber', '440203201901010000')
  })
  const roster = buildChildren(3, 303, { ...wish, regionCode: '440222', schoolCode: world.org.school!.code })
  for (const child of roster) await addLine(await test.as('registrar'), child)
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

type Wish = { room: string; list: string; conditions?: object; authoriser: string }

const ask = async (person: Person, { room, list, conditions = {}, authoriser }: Wish): Promise<Answer> => {
  const base = `/api/rooms/${room}/exports`
  const { body } = await person.get(`${base}/columns`, { query: { list } })
  return person.post(base, {
    list,
    conditions,
    columns: (body.columns ?? [{ key: 'name' }]).map((column: { key: string }) => column.key),
    authoriser: { username: authoriser, password: TEST_PASSWORD },
  })
}

/** Asks, runs in pages of two, and reads what was written; the preview has said how many. */
async function exported(who: string, wish: Wish): Promise<Record<string, string>[]> {
  const person = await test.as(who)
  const { room, list, conditions = {} } = wish
  const preview = await person.post(`/api/rooms/${room}/exports/preview`, { list, conditions })
  expect(preview.status, preview.text).toBe(200)
  const answer = await ask(person, wish)
  expect(answer.status, answer.text).toBe(200)
  await runExport(test.platform, findExportRoom, answer.body.id, { page: 2, lookMillis: 0 })
  const [job] = await sql('select * from export_job where id = $1', [answer.body.id])
  expect(job).toMatchObject({ status: 'ready', done: preview.body.total })
  // Whatever the conditions named is gone with the end.
  expect(job.conditions).not.toHaveProperty('own')
  const rows = await readExported(test.platform.files.pathOf(job.file_id))
  expect(rows).toHaveLength(preview.body.total)
  return rows
}

const column = (rows: readonly Record<string, string>[], header: string): string[] =>
  rows.map((row) => row[header] ?? '')

describe('every list leaves by one road, row for row as its page shows it', () => {
  it('导入问题明细: a line an issue, with what stands there and what to do; one kind alone when asked', async () => {
    const wish = {
      room: 'registration',
      list: 'issues',
      authoriser: 'leader',
      conditions: { importBatchId: failedBatch },
    }
    const rows = await exported('registrar', wish)
    const page = await (await test.as('registrar')).get(`/api/rooms/registration/imports/${failedBatch}/issues`, {
      query: { limit: '50' },
    })
    type Shown = { rowNumber: number; issues: { label: string; message: string; advice: string; value?: string }[] }
    expect(rows.map((row) => [row['数据位置(行)'], row.列名, row.问题说明, row.怎么改, row.填写的内容])).toEqual(
      page.body.rows.flatMap(({ rowNumber, issues }: Shown) =>
        issues.map((issue) => [
          String(rowNumber),
          issue.label || undefined,
          issue.message,
          issue.advice || undefined,
          issue.value,
        ]),
      ),
    )
    const ofGender = await exported('registrar', {
      ...wish,
      conditions: { ...wish.conditions, own: { field: 'gender', severity: 'error' } },
    })
    expect(column(ofGender, '填写的内容')).toEqual(['不详', '不详', '不详'])
    expect(column(ofGender, '问题类别')).toEqual(['必须改正', '必须改正', '必须改正'])
    // Of a batch of another school nothing is said, not even that there is one.
    const far = await test.as('registrarB')
    expect(idOf(await ask(far, { ...wish, authoriser: 'leaderB' }))).toBe('notFound')
    expect(idOf(await ask(await test.as('registrar'), { ...wish, conditions: { own: { severity: 'x' } } }))).toBe(
      'notFound',
    )
  })

  it('文件上传记录 and 待审核学校', async () => {
    const files = await exported('registrar', {
      room: 'registration',
      list: 'imports',
      authoriser: 'leader',
      conditions: { group: 'newcomer' },
    })
    expect(files.map((row) => [row.处理结果, row.上传条数, row.校验失败人数])).toEqual([
      ['处理失败', '6', '3'],
      ['处理成功', '8', '0'],
    ])
    const schools = await exported('county', {
      room: 'registration',
      list: 'schools',
      authoriser: 'county2',
      conditions: { view: 'review', group: 'newcomer' },
    })
    expect(schools.map((row) => [row.学校名称, row.总数, row.居民身份证人数])).toEqual([
      ['武江第一小学', '8', '8'],
      ['武江第二小学', '3', '3'],
    ])
  })

  it('注册进度, at every level, in the order and with the conditions of the page', async () => {
    await sql(
      `insert into account (id, username, display_name, org_id, org_path, password_hash, password_changed_at, must_change, created_at)
       select gen_random_uuid(), 'province2', 'province2甲', org_id, org_path, password_hash, now(), false, now() from account where username = 'province'`,
    )
    await sql(
      `insert into role_grant (account_id, role, granted_at) select id, 'provinceRegistrar', now() from account where username = 'province2'`,
    )
    const own = { orgId: world.org.county!.id, only: 'unfinished', order: 'unfinished' }
    const wish = { room: 'registration', list: 'progress', conditions: { own } }
    const rows = await exported('province', { ...wish, authoriser: 'province2' })
    expect(rows.map((row) => [row.机构名称, row.新生总数, row.办理中, row.认证率])).toEqual([
      ['武江第一小学', '8', '8', '100%'],
      ['武江第二小学', '3', '3', '100%'],
    ])
    expect(await exported('county', { ...wish, authoriser: 'county2' })).toEqual(rows)
    // Children's data it is not; that does not leave a province from a page (EXP-005).
    const children = { room: 'registration', list: 'items', authoriser: 'province2' }
    expect(idOf(await ask(await test.as('province'), children))).toBe('export.onApplication')
  })

  it('学前调档名单, numbers in full', async () => {
    const wish = { room: 'preschool', list: 'lines', authoriser: 'leader' }
    const rows = await exported('registrar', wish)
    const page = await (await test.as('registrar')).post('/api/rooms/preschool/lines/search', {
      limit: 50,
      view: 'all',
    })
    expect(column(rows, '姓名')).toEqual(page.body.rows.map((row: { name: string }) => row.name))
    for (const number of column(rows, '身份证件号')) expect(number).toMatch(/^\d{17}[\dX]$/)
    const one = await exported('registrar', {
      ...wish,
      conditions: { studentName: rows[0]!.姓名, own: { match: '3' } },
    })
    expect(column(one, '身份证件号')).toContain(rows[0]!.身份证件号)
    expect(await exported('registrar', { ...wish, conditions: { own: { view: 'supplement' } } })).toEqual([])
  })

  it('年级, 班级, 新生注册账号 of one’s own school', async () => {
    const wish = { room: 'school', authoriser: 'leader' }
    const { body } = await (await test.as('registrar')).get('/api/school/structure')
    const grades = await exported('registrar', { ...wish, list: 'grades' })
    expect(column(grades, '年级名称')).toEqual(body.grades.map((grade: { name: string }) => grade.name))
    const conditions = { gradeId: body.grades[0].id }
    const classes = await exported('registrar', { ...wish, list: 'classes', conditions })
    expect(column(classes, '班号')).toEqual(world.classNumbers)
    const accounts = await exported('registrar', { ...wish, list: 'subAccounts' })
    expect(column(accounts, '用户名')).toEqual(['clerk'])
    const other = { gradeId: world.org.schoolB!.id }
    expect(await exported('registrar', { ...wish, list: 'classes', conditions: other })).toEqual([])
  })

  it('在线用户 of one’s range', async () => {
    const wish = { room: 'system', list: 'sessions', authoriser: 'county' }
    const admin = await test.as('countyAdmin')
    const rows = await exported('countyAdmin', wish)
    const page = await admin.get('/api/online-users', { query: { limit: '100' } })
    const usernames = page.body.rows.map((row: { username: string }) => row.username)
    expect(column(rows, '用户名').sort()).toEqual(usernames.sort())
    expect(column(rows, '用户名')).not.toContain('province')
    expect(await exported('countyAdmin', { ...wish, conditions: { own: { search: 'registrarB' } } })).toHaveLength(1)
  })
})

it('a list leaves only with whoever may ask for it', async () => {
  const cases: [string, Wish][] = [
    ['registrar', { room: 'system', list: 'sessions', authoriser: 'leader' }],
    ['county', { room: 'school', list: 'grades', authoriser: 'county2' }],
    ['registrar', { room: 'registration', list: 'progress', authoriser: 'leader' }],
    ['registrar', { room: 'registration', list: 'schools', authoriser: 'leader' }],
    ['clerk', { room: 'preschool', list: 'lines', authoriser: 'leader' }],
  ]
  for (const [who, wish] of cases)
    expect([who, wish.list, idOf(await ask(await test.as(who), wish))]).toEqual([who, wish.list, 'forbidden'])
  // Nor does a list answer where it is none.
  const registrar = await test.as('registrar')
  expect(idOf(await registrar.get('/api/rooms/school/exports/columns', { query: { list: 'items' } }))).toBe('notFound')
  expect(findRoom('school')).toBeUndefined()
})
