import { Readable } from 'node:stream'
import { flatten } from '@xueji/contracts/template/row-schema'
import { buildArchives, buildRosterLines } from '@xueji/db/seed/preschool'
import { buildChildren } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runImport } from '../../pipeline/import-run.ts'
import { ClaimLost } from '../../pipeline/submit-batch.ts'
import { importChildren, itemsOf, passChecks, stageUpload } from '../../testing/corridor.ts'
import { readExported } from '../../testing/exported-file.ts'
import { buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { addLine, fiveFields, KINDERGARTEN, listFile, uploadTo } from '../../testing/preschool.ts'
import { buildWorld, type World } from '../../testing/world.ts'
import { findFileRoom } from '../index.ts'
import { rosterRoom } from './roster.room.ts'

const LINES = '/api/rooms/preschool/lines'

let world: World
let test: TestApp
let registrar: Person
let leader: Person
let far: Person

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  registrar = await test.as('registrar')
  leader = await test.as('leader')
  far = await test.as('registrarFar')
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const wish = () => ({
  regionCode: '440203',
  regionName: '广东省韶关市武江区',
  schoolCode: world.org.school!.code,
  entryYear: world.entryYear,
})
const search = async (person: Person, filter: object = {}) =>
  (await person.post(`${LINES}/search`, { count: '1', ...filter })).body
const owner = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
let seed = 100
const someChildren = (count: number) => buildChildren(count, seed++, wish())

describe('新增、修改、删除 (menu §2.1)', () => {
  it('a child with an archive is matched as it is entered; its number is masked in every list (PRE-003, SEC-007)', async () => {
    const [child] = someChildren(1)
    await buildArchives(world.database.client, [child!], KINDERGARTEN)
    const { line } = await addLine(registrar, child!)
    expect(line).toMatchObject({
      name: child!.name,
      match: '1',
      supplemented: false,
      registration: '0',
      importFileName: null,
    })
    expect(line.identityNumber).not.toBe(child!.identityNumber)
    const found = await search(leader, { identityNumber: child!.identityNumber })
    expect(found).toMatchObject({ total: 1, rows: [{ id: line.id }] })
    expect(JSON.stringify(found)).not.toContain(child!.identityNumber)
    expect((await search(far, { identityNumber: child!.identityNumber })).rows).toEqual([])
  })

  it('names every fault of the five fields, and enters nothing', async () => {
    const [child] = someChildren(1)
    const { issues, line } = await addLine(registrar, {
      ...child!,
      gender: child!.gender === '1' ? '2' : '1',
      birthDate: '20200230',
    })
    expect(line).toBeUndefined()
    expect(issues.map((issue: { code: string }) => issue.code)).toEqual(['shape.date', 'identity.genderMismatch'])
    expect(issues[1].message).toBe('性别与身份证件号不一致')
  })

  it('PRE-002: one number once, in all schools and beside the registered; not even at the same moment', async () => {
    const [child, other] = someChildren(2)
    expect((await addLine(registrar, child!)).line).toBeDefined()
    expect((await addLine(far, child!)).issues[0]).toMatchObject({
      code: 'preschool.listed',
      message: '该身份证号已录入，不允许重复录入',
    })
    await owner(
      `insert into identity_claim (id, identity_type, identity_number, org_path, claimed_at) values (gen_random_uuid(), '1', $1, $2, now())`,
      [other!.identityNumber, world.org.farSchool!.path],
    )
    expect((await addLine(registrar, other!)).issues[0].code).toBe('preschool.registered')
    const [racer] = someChildren(1)
    const answers = await Promise.all([registrar, far].map((person) => person.post(LINES, fiveFields(racer!))))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    const lines = await owner('select 1 from preschool_roster where identity_number = $1', [racer!.identityNumber])
    expect(lines).toHaveLength(1)
  })

  it('修改 matches anew; a matched line is fixed (PRE-009); a version gone by is refused', async () => {
    const [child, archived] = someChildren(2)
    await buildArchives(world.database.client, [archived!], KINDERGARTEN)
    const { line } = await addLine(registrar, child!)
    expect(line.match).toBe('3')
    const put = (version: number, values: StudentValues) =>
      registrar.put(`${LINES}/${line.id}`, { values: fiveFields(values), version })
    expect((await put(line.version + 1, archived!)).body.error.id).toBe('preschool.changed')
    const edited = await put(line.version, archived!)
    expect(edited.body).toMatchObject({ id: line.id, match: '1', name: archived!.name })
    const again = await put(edited.body.version, child!)
    expect(again.body.error).toMatchObject({ id: 'preschool.matchedFixed', message: '已匹配学前学籍的学生不允许修改' })
    expect((await leader.put(`${LINES}/${line.id}`, { values: fiveFields(child!), version: 1 })).status).toBe(403)
    expect((await far.put(`${LINES}/${line.id}`, { values: fiveFields(child!), version: 1 })).status).toBe(404)
  })

  it('an edit cannot take a number that is on another line', async () => {
    const [one, two] = someChildren(2)
    await addLine(registrar, one!)
    const { line } = await addLine(registrar, two!)
    const answer = await registrar.put(`${LINES}/${line.id}`, { values: fiveFields(one!), version: line.version })
    expect(answer.body.error.details[0].code).toBe('preschool.listed')
    const same = await registrar.put(`${LINES}/${line.id}`, {
      values: fiveFields({ ...two!, name: '改名甲' }),
      version: line.version,
    })
    expect(same.body.name).toBe('改名甲')
  })

  it('删除 takes all or none, and leaves a line in the audit (PRE-010)', async () => {
    const [one, two] = someChildren(2)
    const ids = [(await addLine(registrar, one!)).line.id, (await addLine(registrar, two!)).line.id]
    expect((await far.post(`${LINES}/remove`, { ids })).status).toBe(404)
    await owner(
      `insert into identity_claim (id, identity_type, identity_number, org_path, claimed_at) values (gen_random_uuid(), '1', $1, $2, now())`,
      [two!.identityNumber, world.org.school!.path],
    )
    const refused = await registrar.post(`${LINES}/remove`, { ids })
    expect(refused.body.error.message).toBe('已发起学籍注册业务或已成为正式学籍学生的信息，不允许删除')
    expect(await owner('select 1 from preschool_roster where id = any($1::uuid[])', [ids])).toHaveLength(2)
    expect((await registrar.post(`${LINES}/remove`, { ids: [ids[0]] })).body).toEqual({ removed: 1 })
    const [audit] = await owner(
      `select detail from audit_event where action = 'preschool.remove' order by at desc limit 1`,
    )
    expect(audit.detail.lines).toEqual([ids[0]])
  })
})

describe('Excel导入 (PRE-008)', () => {
  it('enters a clean file whole, matched, under its name', async () => {
    const children = someChildren(4)
    await buildArchives(world.database.client, [children[0]!, { ...children[1]!, name: '另一人' }], KINDERGARTEN)
    const { batch } = await uploadTo(test, registrar, 'preschool', 'P01', await listFile(children))
    expect(batch).toMatchObject({ status: 'succeeded', totalRows: 4, outcome: { matched: 1, unsure: 1, none: 2 } })
    const lines = await search(registrar, { importFileName: '名单' })
    const byName = new Map(lines.rows.map((row: { name: string; match: string }) => [row.name, row.match]))
    expect(children.map((child) => byName.get(child.name!))).toEqual(['1', '2', '3', '3'])
  })

  it('one fault keeps the whole file out, and every fault is named with its row', async () => {
    const children = someChildren(3)
    await addLine(far, children[1]!)
    const spoilt = [children[0]!, children[1]!, { ...children[2]!, identityNumber: '' }, children[0]!]
    const { batch } = await uploadTo(test, registrar, 'preschool', 'P01', await listFile(spoilt))
    expect(batch).toMatchObject({ status: 'failed', totalRows: 4, invalidRows: 4, outcome: null })
    const { body } = await registrar.get(`/api/rooms/preschool/imports/${batch.id}/issues`)
    expect(body.rows.map((row: { rowNumber: number; summary: string }) => [row.rowNumber, row.summary])).toEqual([
      [2, '身份证件号与第 5 行重复，'],
      [3, '该身份证号已录入，不允许重复录入，'],
      [4, '身份证件号码不能为空，'],
      [5, '身份证件号与第 2 行重复，'],
    ])
    expect(
      await owner('select 1 from preschool_roster where identity_number = $1', [children[0]!.identityNumber]),
    ).toEqual([])
  })

  it('a number another school enters meanwhile keeps the file out, and its row is named (PRE-002)', async () => {
    const children = someChildren(2)
    const actor = world.actor('registrar')
    const id = await stageUpload(test.platform, actor, await listFile(children), 'P01', 'preschool')
    await owner(`update import_batch set submit_mode = 'manual' where id = $1`, [id])
    await runImport(test.platform, findFileRoom, id)
    expect(await owner('select status from import_batch where id = $1', [id])).toEqual([{ status: 'ready' }])
    await buildRosterLines(world.database.client, world.org.farSchool!, world.actor('registrarFar').accountId, [
      children[1]!,
    ])
    // Nobody has been asked since: the unique key alone sees it.
    const batch = { id, orgId: actor.orgId, orgPath: actor.orgPath, fileName: 'x', filerId: actor.accountId }
    const entering = test.platform.db.inScopeOf(actor, (tx) => rosterRoom.enterRows(tx, batch, new Date()))
    await expect(entering).rejects.toThrow(ClaimLost)
    await owner(`update import_batch set status = 'running', task = 'submit' where id = $1`, [id])
    await runImport(test.platform, findFileRoom, id)
    const { body } = await registrar.get(`/api/rooms/preschool/imports/${id}/issues`)
    expect(body.rows.map((row: { rowNumber: number; summary: string }) => [row.rowNumber, row.summary])).toEqual([
      [3, '该身份证号已录入，不允许重复录入，'],
    ])
    const entered = await owner('select 1 from preschool_roster where identity_number = $1', [
      children[0]!.identityNumber,
    ])
    expect(entered).toEqual([])
  })

  it('the template is offered to those who file, and what it holds as an example never enters', async () => {
    const { status, headers } = await registrar.get('/api/rooms/preschool/template/P01')
    expect([status, decodeURIComponent(String(headers['content-disposition']))]).toEqual([
      200,
      expect.stringContaining('学前调档名单模板.xlsx'),
    ])
    expect((await leader.get('/api/rooms/preschool/template/P01')).status).toBe(403)
  })

  it('costs the same number of statements for many rows as for few', async () => {
    const count = async (rows: number): Promise<number> => {
      const before = test.platform.db.statementCount()
      await uploadTo(test, registrar, 'preschool', 'P01', await listFile(someChildren(rows)))
      return test.platform.db.statementCount() - before
    }
    const [few, many] = [await count(3), await count(400)]
    // Progress is told by the clock, twice a second at most.
    expect(many - few).toBeLessThanOrEqual(6)
  })
})

describe('学前学籍确认 (PRE-007)', () => {
  const unsureLine = async () => {
    const [child] = someChildren(1)
    const [id] = await buildArchives(world.database.client, [{ ...child!, name: '档案异名' }], KINDERGARTEN)
    const [namesake] = await buildArchives(
      world.database.client,
      [{ ...child!, identityType: 'Z', identityNumber: '' as never }].map(({ identityNumber: _, ...rest }) => rest),
      KINDERGARTEN,
    )
    return { child: child!, archiveId: id!, namesake: namesake!, line: (await addLine(registrar, child!)).line }
  }

  it('offers what comes near, the same document first, with kindergarten and county, numbers masked', async () => {
    const { child, archiveId, namesake, line } = await unsureLine()
    expect(line.match).toBe('2')
    const { body } = await registrar.get(`${LINES}/${line.id}/candidates`)
    expect(body.candidates.map((one: { id: string }) => one.id)).toEqual([archiveId, namesake])
    expect(body.candidates[0]).toMatchObject({
      name: '档案异名',
      kindergartenName: '向阳幼儿园',
      kindergartenRegion: expect.stringContaining('武江区'),
    })
    expect(JSON.stringify(body)).not.toContain(child.identityNumber)
    expect((await far.get(`${LINES}/${line.id}/candidates`)).status).toBe(404)
    expect((await leader.get(`${LINES}/${line.id}/candidates`)).status).toBe(403)
  })

  it('one confirmed is matched; none is 未查到; a stranger’s archive is no choice', async () => {
    const { archiveId, line } = await unsureLine()
    const [stranger] = await buildArchives(world.database.client, someChildren(1), KINDERGARTEN)
    const confirm = (id: string, choice: string | null, version: number) =>
      registrar.post(`${LINES}/${id}/confirmation`, { archiveId: choice, version })
    expect((await confirm(line.id, stranger!, line.version)).body.error.id).toBe('preschool.noCandidate')
    const matched = await confirm(line.id, archiveId, line.version)
    expect(matched.body).toMatchObject({ match: '1', version: line.version + 1 })
    expect((await confirm(line.id, null, line.version + 1)).body.error.id).toBe('preschool.notUnsure')
    const other = await unsureLine()
    expect((await confirm(other.line.id, null, other.line.version)).body.match).toBe('3')
  })
})

describe('学前档案信息补录 (PRE-014…016)', () => {
  it('fills the form beforehand, keeps the five fields, and begins the registration', async () => {
    const [child] = someChildren(1)
    await buildArchives(world.database.client, [{ ...child!, nativePlace: '档案籍贯' }], KINDERGARTEN)
    const { line } = await addLine(registrar, child!)
    const listed = await search(registrar, { view: 'supplement', name: child!.name })
    expect(listed.rows.map((row: { id: string }) => row.id)).toContain(line.id)
    const form = (await registrar.get(`${LINES}/${line.id}/supplement`)).body
    expect(form).toMatchObject({
      category: 'R11',
      values: { ...fiveFields(child!), nativePlace: '档案籍贯', hadPreschool: '1', schoolCode: wish().schoolCode },
    })
    expect(form.values.namePinyin).toMatch(/^[A-Z]+$/)
    const post = (values: Record<string, string>) =>
      registrar.post(`${LINES}/${line.id}/supplement`, { values, version: line.version })
    const lacking = await post(form.values)
    expect(lacking.body.error.id).toBe('register.rowInvalid')
    expect(lacking.body.error.details.map((issue: { label: string }) => issue.label)).toContain('邮政编码')
    const filed = await post({ ...flatten(child!), name: '冒名者', identityNumber: '110101201503150018' })
    expect(filed.body.itemId).toBeDefined()
    const [item] = await owner(
      'select student_name, identity_number, category, status, payload from review_item where id = $1',
      [filed.body.itemId],
    )
    expect(item).toMatchObject({
      student_name: child!.name,
      identity_number: child!.identityNumber,
      category: 'R11',
      status: 'checking',
    })
    expect(item.payload.name).toBe(child!.name)
    const [after] = (await search(registrar, { identityNumber: child!.identityNumber })).rows
    expect(after).toMatchObject({ supplemented: true, registration: '1' })
    expect((await search(registrar, { view: 'supplement', name: child!.name })).rows).toEqual([])
    // 注册中: closed for everything (flows §2).
    expect((await registrar.post(`${LINES}/remove`, { ids: [line.id] })).body.error.id).toBe('preschool.registeredKept')
    expect((await registrar.post(`${LINES}/export`, { ids: [line.id] })).body.error.id).toBe(
      'preschool.registeredExport',
    )
    expect((await post(form.values)).body.error.id).toBe('preschool.registeredDone')
    // Given back, the line is 未完成注册 again, and what was filled in is not lost.
    await passChecks(test.platform)
    await owner('update identity_claim set released_at = now() where item_id = $1', [filed.body.itemId])
    await owner(`update review_item set status = 'removed', waiting_path = null, waiting_act = null where id = $1`, [
      filed.body.itemId,
    ])
    const [back] = (await search(registrar, { view: 'supplement', name: child!.name })).rows
    expect(back).toMatchObject({ supplemented: true, registration: '0' })
    expect((await registrar.get(`${LINES}/${line.id}/supplement`)).body.values.postcode).toBe(child!.postcode)
  })

  it('is not to be had without an archive, unless the province says so (S4)', async () => {
    const [child] = someChildren(1)
    const { line } = await addLine(registrar, child!)
    const open = () => registrar.get(`${LINES}/${line.id}/supplement`)
    expect((await open()).body.error.id).toBe('preschool.notMatched')
    await owner(`insert into setting (key, org_path, value) values ('preschool.supplementUnmatched', '44', 'true')`)
    expect((await open()).body.values).not.toHaveProperty('hadPreschool')
    await owner(`delete from setting where key = 'preschool.supplementUnmatched'`)
    const undocumented = await addLine(registrar, { ...child!, identityType: 'Z', identityNumber: '' })
    expect((await registrar.get(`${LINES}/${undocumented.line.id}/supplement`)).body.error.id).toBe(
      'preschool.undocumentedEntry',
    )
  })

  it('a child registered by file is 注册中 too', async () => {
    const [child] = someChildren(1)
    const { line } = await addLine(registrar, child!)
    const batch = await importChildren(test.platform, world.actor('registrar'), [child!])
    expect(await itemsOf(test.platform, batch)).toHaveLength(1)
    const [after] = (await search(registrar, { identityNumber: child!.identityNumber })).rows
    expect(after).toMatchObject({ id: line.id, registration: '1' })
  })
})

describe('调档学生导出 (PRE-011…013)', () => {
  const exported = async (ids: readonly string[]) => {
    const response = await test.app.inject({
      method: 'POST',
      url: `${LINES}/export`,
      headers: { cookie: registrar.cookie, 'x-csrf-token': registrar.csrf, 'idempotency-key': 'k'.repeat(20) },
      payload: { ids },
    })
    const { clock, files } = test.platform
    const id = clock.newId()
    await files.receive(id, Readable.from([response.rawPayload]), 1 << 24)
    const name = decodeURIComponent(String(response.headers['content-disposition']))
    return { name, rows: await readExported(files.pathOf(id)) }
  }

  it('is the registration template, filled in from the archive and with the five fields', async () => {
    const [matched, unmatched] = someChildren(2)
    await buildArchives(world.database.client, [matched!], KINDERGARTEN)
    const ids = [(await addLine(registrar, matched!)).line.id, (await addLine(registrar, unmatched!)).line.id]
    const { name, rows } = await exported(ids)
    expect(name).toContain('居民身份证调档学生导出.xlsx')
    expect(rows).toMatchObject([
      {
        姓名: matched!.name,
        身份证件号: matched!.identityNumber,
        身份证件类型: '居民身份证',
        籍贯: matched!.nativePlace,
        成员1姓名: matched!.guardians![0]!.name,
        是否受过学前教育: '是',
      },
      { 姓名: unmatched!.name, 学校标识码: wish().schoolCode, 入学年月: `${world.entryYear}09` },
    ])
    for (const header of ['籍贯', '是否受过学前教育', '成员1姓名']) expect(rows[1]).not.toHaveProperty(header)
  })

  it('refuses what may not leave: unsure, undocumented, mixed, another school’s (E2E-08, E2E-09)', async () => {
    const [one, two, three] = someChildren(3)
    await buildArchives(world.database.client, [{ ...two!, name: '档案异名' }], KINDERGARTEN)
    const resident = (await addLine(registrar, one!)).line.id
    const unsure = (await addLine(registrar, two!)).line.id
    const passport = (await addLine(registrar, { ...three!, identityType: 'A', identityNumber: `E${Date.now()}` })).line
      .id
    const undocumented = (await addLine(registrar, { ...three!, identityType: 'Z', identityNumber: '' })).line.id
    const refusal = async (ids: string[]) => (await registrar.post(`${LINES}/export`, { ids })).body.error.message
    expect(await refusal([resident, unsure])).toBe('待确认学前学籍的学生不允许导出')
    expect(await refusal([resident, passport])).toBe('不同身份证件类型的学生不能一起导出')
    expect(await refusal([undocumented])).toBe('无身份证件学生不支持导入，不能导出')
    expect((await far.post(`${LINES}/export`, { ids: [resident] })).status).toBe(404)
  })
})

describe('PRE-018', () => {
  it('counts the states and says by when newcomers are to be registered', async () => {
    const { body } = await leader.get('/api/rooms/preschool/summary')
    const [counted] = await owner('select count(*)::int as n from preschool_roster where org_path = $1', [
      world.org.school!.path,
    ])
    expect(body.matched + body.unsure + body.none).toBe(counted.n)
    expect(body).toMatchObject({ dueOn: `${world.entryYear}-10-01`, supplementUnmatched: false })
    expect(body.unregistered).toBeGreaterThan(0)
  })
})
