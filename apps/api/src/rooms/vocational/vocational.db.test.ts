import type { OrgSeed } from '@xueji/db/seed/organizations'
import { buildProblem } from '@xueji/db/seed/problems'
import { buildRecords, type RecordPlace } from '@xueji/db/seed/vocational'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { uploadTo } from '../../testing/preschool.ts'
import {
  addVocationalLine,
  buildRegistration,
  buildSenior,
  sixFields,
  teenagers,
  vocationalFile,
} from '../../testing/vocational.ts'
import { buildWorld, type World } from '../../testing/world.ts'

const LINES = '/api/rooms/vocational/lines'
const DECISIONS = '/api/rooms/vocational/decisions'
const REQUESTS = '/api/rooms/vocational/requests'

let world: World
let test: TestApp
let registrar: Person
let far: Person
let senior: Person
let seniorSchool: OrgSeed
let enrolled: RecordPlace
let graduates: RecordPlace

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  await world.database.client.query(
    `insert into region (code, name, full_name, level, parent_code, pinyin_initials) values ('440000', '广东省', '广东省', 'province', '000000', 'GDS') on conflict do nothing`,
  )
  seniorSchool = await buildSenior(world)
  enrolled = { school: seniorSchool, stage: 3, entryYear: world.entryYear }
  graduates = { school: seniorSchool, stage: 2, entryYear: world.entryYear - 2, studyStatus: 'BY' }
  test = await buildTestApp(world)
  registrar = await test.as('registrarVocational')
  far = await test.as('registrarVocationalFar')
  senior = await test.as('seniorRegistrar')
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const owner = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
const records = (place: RecordPlace, children: readonly StudentValues[]) =>
  buildRecords(world.database.client, place, children)
const some = (count: number) => teenagers(world, count)
const search = async (person: Person, filter: object = {}) =>
  (await person.post(`${LINES}/search`, { count: '1', ...filter })).body
const requests = async (person: Person, filter: object = {}) =>
  (await person.post(`${REQUESTS}/search`, { count: '1', ...filter })).body
const statusOf = async (id: string) =>
  (await owner('select study_status from student where id = $1', [id]))[0].study_status
const decide = async (
  person: Person,
  decision: string,
  lines: readonly { id: string; version: number }[],
  more = {},
) => {
  const asked = lines.map(({ id, version }) => ({ id, version }))
  const { status, body } = await person.post(DECISIONS, { lines: asked, decision, ...more })
  expect(status).toBe(200)
  return body.outcomes.map(({ refusal }: { refusal: { id: string } | null }) => refusal?.id ?? decision)
}

describe('中职调档名单 (S4 attachment 2, steps 1 and 2)', () => {
  it('a list of six columns enters whole, in three states, with who is admitted; the children’s schools are told', async () => {
    const [graduate, admitted, otherName, unknown, byNumber] = some(5)
    const [graduateId, admittedId] = [
      (await records(graduates, [graduate!]))[0]!,
      (await records(enrolled, [admitted!]))[0]!,
    ]
    await records(graduates, [{ ...otherName!, name: '另有其名' }])
    const [numbered] = await records(graduates, [byNumber!])
    const [{ student_number: number }] = await owner('select student_number from student where id = $1', [numbered])
    const bytes = await vocationalFile([
      graduate!,
      admitted!,
      otherName!,
      unknown!,
      // A 学籍号 of somebody else speaks against the match (PRE-019).
      { ...byNumber!, studentNumber: 'L440203201103150015' },
    ])
    const { batch } = await uploadTo(test, registrar, 'vocational', 'Z01', bytes)
    expect(batch).toMatchObject({ status: 'succeeded', outcome: { matched: 2, unsure: 2, none: 1, admitted: 1 } })
    const found = await search(registrar, { importFileName: '名单' })
    const rowOf = (child: StudentValues) => found.rows.find((row: { name: string }) => row.name === child.name)
    expect([graduate!, admitted!, otherName!, unknown!, byNumber!].map((child) => rowOf(child).match)).toEqual([
      '1',
      '1',
      '2',
      '3',
      '2',
    ])
    expect(rowOf(graduate!)).toMatchObject({ admission: null, hindrance: null, state: 'open' })
    expect(rowOf(admitted!)).toMatchObject({ admission: 'enrolled', admittedBy: '韶关完全中学', hindrance: null })
    expect(rowOf(unknown!).hindrance).toBe('未查到该生学籍，没有可以接续的学籍')
    expect(JSON.stringify(found)).not.toContain(graduate!.identityNumber)
    expect(number).toMatch(/^L/)
    const told = await requests(senior)
    expect(told.rows.map((row: { studentName: string }) => row.studentName).sort()).toEqual(
      [graduate!.name, admitted!.name].sort(),
    )
    expect(told.rows.find((row: { admitted: boolean }) => row.admitted)).toMatchObject({
      studentName: admitted!.name,
      vocationalSchoolName: '韶关职业技术学校',
      vocationalRegion: '广东省',
      state: 'asked',
      stage: 3,
    })
    // 重复录取处理 lists the children of the senior school alone.
    expect((await requests(senior, { view: 'duplicates' })).rows).toHaveLength(1)
    expect(
      await owner('select 1 from vocational_request where student_id = any($1::uuid[])', [[graduateId, admittedId]]),
    ).toHaveLength(2)
  })

  it('one fault keeps the whole file out; the own list counts, others’ do not', async () => {
    const [listed, bad, shared] = some(3)
    await addVocationalLine(registrar, listed!)
    await addVocationalLine(far, shared!)
    const bytes = await vocationalFile([listed!, { ...bad!, studentNumber: 'G12' }, shared!])
    const { batch } = await uploadTo(test, registrar, 'vocational', 'Z01', bytes)
    expect(batch).toMatchObject({ status: 'failed', totalRows: 3, invalidRows: 2 })
    const { body } = await registrar.get(`/api/rooms/vocational/imports/${batch.id}/issues`)
    expect(body.rows.map((row: { summary: string }) => row.summary)).toEqual([
      '该生已在本校中职调档名单中，不允许重复录入，',
      '学籍号格式不正确，',
    ])
    expect((await addVocationalLine(registrar, shared!)).line).toMatchObject({ match: '3' })
    expect((await addVocationalLine(registrar, shared!)).error.details[0].code).toBe('vocational.listed')
  })

  it('确认: what comes near is offered, masked, its school by name within the province alone (DUP-007)', async () => {
    const [child] = some(1)
    const [recordId] = await records(graduates, [{ ...child!, name: '档案异名' }])
    const { line } = await addVocationalLine(registrar, child!)
    const { body } = await registrar.get(`${LINES}/${line.id}/candidates`)
    expect(body.candidates).toMatchObject([{ id: recordId, name: '档案异名', stage: 2, where: '韶关完全中学' }])
    expect(JSON.stringify(body)).not.toContain(child!.identityNumber)
    const { line: farLine } = await addVocationalLine(far, child!)
    expect((await far.get(`${LINES}/${farLine.id}/candidates`)).body.candidates[0].where).toBe('广东省教育厅')
    expect((await far.get(`${LINES}/${line.id}/candidates`)).status).toBe(404)
    const confirm = (studentId: string | null) =>
      registrar.post(`${LINES}/${line.id}/confirmation`, { studentId, version: line.version })
    const [stranger] = await records(graduates, some(1))
    expect((await confirm(stranger!)).body.error.id).toBe('vocational.noCandidate')
    expect((await confirm(recordId!)).body).toMatchObject({ match: '1', version: line.version + 1 })
    expect(await owner('select state from vocational_request where line_id = $1', [line.id])).toEqual([
      { state: 'asked' },
    ])
    expect((await confirm(null)).body.error.id).toBe('vocational.notUnsure')
    // A matched line is fixed, an open one goes, and the child's school hears of it.
    const put = await registrar.put(`${LINES}/${line.id}`, { values: sixFields(child!), version: line.version + 1 })
    expect(put.body.error.id).toBe('vocational.matchedFixed')
    expect((await registrar.post(`${LINES}/remove`, { ids: [line.id] })).body).toEqual({ removed: 1 })
    expect(await owner('select state from vocational_request where line_id = $1', [line.id])).toEqual([
      { state: 'withdrawn' },
    ])
  })

  it('修改 matches anew', async () => {
    const [child, known] = some(2)
    await records(graduates, [known!])
    const { line } = await addVocationalLine(registrar, child!)
    const edited = await registrar.put(`${LINES}/${line.id}`, { values: sixFields(known!), version: line.version })
    expect(edited.body).toMatchObject({ match: '1', name: known!.name })
    expect((await registrar.get(`${LINES}/${line.id}`)).body.values.identityNumber).toBe(known!.identityNumber)
  })

  it('is for vocational schools alone, and a vocational school has nothing else', async () => {
    await owner(`update school set school_type = '342' where organization_id = $1`, [world.org.vocational!.id])
    const [child] = some(1)
    expect((await addVocationalLine(registrar, child!)).error.id).toBe('vocational.notVocational')
    await owner(`update school set school_type = '361' where organization_id = $1`, [world.org.vocational!.id])
    expect((await senior.post(`${LINES}/search`, {})).status).toBe(403)
    for (const url of ['/api/rooms/registration/items', '/api/rooms/registration/imports', '/api/photos/classes'])
      expect((await registrar.get(url)).status, url).toBe(403)
    expect((await registrar.post(`${REQUESTS}/search`, {})).status).toBe(403)
  })
})

describe('接续 (PRE-019)', () => {
  it('继续: 去中职就读, history, number and claim stay; told to the school; a second time is refused', async () => {
    const [child] = some(1)
    const [id] = await records(graduates, [child!])
    const { line } = await addVocationalLine(registrar, child!)
    expect(await decide(registrar, 'stop', [line])).toEqual(['vocational.notAdmitted'])
    expect(await decide(registrar, 'continue', [{ ...line, version: line.version + 1 }])).toEqual([
      'vocational.changed',
    ])
    expect(await decide(registrar, 'continue', [line])).toEqual(['continue'])
    const [student] = await owner('select * from student where id = $1', [id])
    expect(student).toMatchObject({
      study_status: 'QZZ',
      org_path: seniorSchool.path,
      identity_number: child!.identityNumber,
    })
    const [change] = await owner(`select * from student_change where student_id = $1`, [id])
    expect(change).toMatchObject({
      kind: 'goVocational',
      org_path: seniorSchool.path,
      summary: '去中职就读：学籍接续到韶关职业技术学校',
      detail: { studyStatus: 'BY', vocationalSchool: { code: '3644000001', name: '韶关职业技术学校' } },
    })
    expect(await owner('select 1 from student_number where student_id = $1 and retired_at is null', [id])).toHaveLength(
      1,
    )
    expect(
      await owner('select 1 from identity_claim where student_id = $1 and released_at is null', [id]),
    ).toHaveLength(1)
    const [row] = (await search(registrar, { identityNumber: child!.identityNumber })).rows
    expect(row).toMatchObject({ state: 'continued', decidedBy: 'registrarVocational甲' })
    expect(await decide(registrar, 'continue', [row])).toEqual(['vocational.continued'])
    expect((await registrar.post(`${LINES}/remove`, { ids: [line.id] })).body.error.id).toBe('vocational.continued')
    const [told] = (await requests(senior, { identityNumber: child!.identityNumber })).rows
    expect(told).toMatchObject({ state: 'continued', effect: 'left', admitted: false })
    const [audit] = await owner(`select detail from audit_event where action = 'vocational.continue' and target = $1`, [
      line.id,
    ])
    expect(audit.detail).toMatchObject({ studentId: id, admitted: false })
  })

  it('已被普通高中录取: the warning first; 继续 takes the child out of the senior school, which takes notice', async () => {
    const [child] = some(1)
    const [id] = await records(enrolled, [child!])
    const { line } = await addVocationalLine(registrar, child!)
    expect(line).toMatchObject({ admission: 'enrolled' })
    expect(await decide(registrar, 'continue', [line])).toEqual(['vocational.admitted'])
    expect(await statusOf(id!)).toBe('ZX')
    expect(await decide(registrar, 'continue', [line], { despiteAdmission: true })).toEqual(['continue'])
    expect(await statusOf(id!)).toBe('QZZ')
    const queued = async () =>
      (await senior.get('/api/home')).body.queue.filter((one: { act: string }) => one.act === 'acknowledge')
    expect(await queued()).toMatchObject([{ title: '重复录取·待知悉', count: 1 }])
    const [told] = (await requests(senior, { view: 'duplicates', identityNumber: child!.identityNumber })).rows
    expect(told).toMatchObject({ state: 'continued', effect: 'left', admitted: true, acknowledgedAt: null })
    const acknowledge = (person: Person) => person.post(`${REQUESTS}/acknowledgement`, { ids: [told.id] })
    expect((await acknowledge(await test.as('registrar'))).status).toBe(404)
    expect((await acknowledge(await test.as('seniorLeader'))).status).toBe(403)
    expect((await acknowledge(senior)).body).toEqual({ acknowledged: 1 })
    expect((await acknowledge(senior)).body).toEqual({ acknowledged: 0 })
    expect(await queued()).toEqual([])
    for (const [who, seen] of [
      ['seniorLeader', 1],
      ['county', 1],
      ['province', 1],
      ['sibling', 0],
      ['otherProvince', 0],
    ] as const)
      expect((await requests(await test.as(who), { identityNumber: child!.identityNumber })).total, who).toBe(seen)
  })

  it('不继续: the registration at the vocational school is over, the child stays where it is, and may be listed again', async () => {
    const [child] = some(1)
    const [id] = await records(enrolled, [child!])
    const { line } = await addVocationalLine(registrar, child!)
    expect(await decide(registrar, 'stop', [line])).toEqual(['stop'])
    expect(await statusOf(id!)).toBe('ZX')
    const [row] = (await search(registrar, { identityNumber: child!.identityNumber })).rows
    expect(row).toMatchObject({ state: 'stopped' })
    expect(await decide(registrar, 'continue', [row], { despiteAdmission: true })).toEqual(['vocational.stopped'])
    const [told] = (await requests(senior, { identityNumber: child!.identityNumber })).rows
    expect(told).toMatchObject({ state: 'stopped', effect: null })
    expect((await senior.post(`${REQUESTS}/acknowledgement`, { ids: [told.id] })).body.error.id).toBe(
      'vocational.notContinued',
    )
    expect((await addVocationalLine(registrar, child!)).line).toMatchObject({ match: '1', state: 'open' })
  })

  it('what is under way about a child comes first: problem records, open business, status, age', async () => {
    const [problem, away, young] = some(3)
    await buildProblem(world.database.client, {
      problemType: 1,
      fault: 'notFound',
      children: [
        {
          school: seniorSchool,
          stage: 3,
          name: problem!.name!,
          gender: problem!.gender as '1',
          birthDate: problem!.birthDate as PlainDate,
          identityNumber: problem!.identityNumber!,
        },
      ],
    })
    await records({ ...enrolled, studyStatus: 'XX' }, [away!])
    await records({ school: seniorSchool, stage: 2, entryYear: world.entryYear }, [young!])
    const lines = []
    for (const child of [problem!, away!, young!]) lines.push((await addVocationalLine(registrar, child)).line)
    expect(await decide(registrar, 'continue', lines, { despiteAdmission: true })).toEqual([
      'business.problem',
      'vocational.statusForbids',
      'vocational.tooEarly',
    ])
    expect(lines.map((line) => line.hindrance)).toEqual([
      '该学生是问题学籍，处理完问题学籍后才能办理',
      '该生现在的就读状态不能接续，须先由原学校办理复学、返校或入境复学',
      '该生是小学生或初中未到毕业年级的学生，不能接续到中职',
    ])
  })

  it('a registration under way in a senior school is ended with its reason, and its number given back', async () => {
    const [child] = some(1)
    const item = await buildRegistration(world, seniorSchool, child!)
    const { line } = await addVocationalLine(registrar, child!)
    expect(line).toMatchObject({ match: '3', admission: 'registering', admittedBy: '韶关完全中学', hindrance: null })
    expect(await decide(registrar, 'continue', [line])).toEqual(['vocational.admitted'])
    expect(await decide(registrar, 'continue', [line], { despiteAdmission: true })).toEqual(['continue'])
    expect(await owner('select status from review_item where id = $1', [item])).toEqual([{ status: 'ended' }])
    expect(await owner(`select opinion from review_event where item_id = $1 and kind = 'end'`, [item])).toEqual([
      { opinion: '该生去中职就读（韶关职业技术学校），注册终止' },
    ])
    expect(await owner('select 1 from identity_claim where item_id = $1 and released_at is null', [item])).toEqual([])
    const [told] = (await requests(senior, { view: 'duplicates', identityNumber: child!.identityNumber })).rows
    expect(told).toMatchObject({ state: 'continued', effect: 'ended', studentName: child!.name, studentNumber: '' })
  })

  it('two schools at one moment: one has the child, the other is told so', async () => {
    const children = some(6)
    const ids = await records(graduates, children)
    const asked = async (person: Person) => {
      const lines = []
      for (const child of children) lines.push((await addVocationalLine(person, child)).line)
      return lines
    }
    const [near, distant] = [await asked(registrar), await asked(far)]
    const [first, second] = await Promise.all([
      decide(registrar, 'continue', near),
      decide(far, 'continue', [...distant].reverse()),
    ])
    children.forEach((_, index) => {
      expect([first[index], second.at(-1 - index)].sort()).toEqual(['continue', 'vocational.elsewhere'])
    })
    const changes = await owner(
      `select student_id, count(*)::int as n from student_change where student_id = any($1::uuid[]) group by 1`,
      [ids],
    )
    expect(changes.map(({ n }) => n)).toEqual([1, 1, 1, 1, 1, 1])
    // Whatever the code does: the database knows one school a child.
    const [loser] = await owner(`select id from vocational_roster_line where student_id = $1 and state = 'open'`, [
      ids[0],
    ])
    const forced = owner(
      `update vocational_roster_line set state = 'continued', decided_at = now(), decided_by = 'x' where id = $1`,
      [loser.id],
    )
    await expect(forced).rejects.toThrow(/vocational_line_continued_once/)
  })

  it('costs the same number of statements for many lines as for few, entering and deciding', async () => {
    const measure = async (count: number) => {
      const children = some(count)
      await records(enrolled, children)
      const before = test.platform.db.statementCount()
      const { batch } = await uploadTo(test, registrar, 'vocational', 'Z01', await vocationalFile(children))
      expect(batch.outcome).toMatchObject({ matched: count, admitted: count })
      const entered = test.platform.db.statementCount() - before
      const lines = await owner(`select id, version from vocational_roster_line where identity_number = any($1)`, [
        children.map((child) => child.identityNumber),
      ])
      const between = test.platform.db.statementCount()
      const outcomes = await decide(registrar, 'continue', lines as { id: string; version: number }[], {
        despiteAdmission: true,
      })
      expect(new Set(outcomes)).toEqual(new Set(['continue']))
      return { entered, decided: test.platform.db.statementCount() - between }
    }
    const [few, many] = [await measure(2), await measure(60)]
    // Progress is told by the clock, twice a second at most.
    expect(many.entered - few.entered).toBeLessThanOrEqual(6)
    expect(many.decided).toBe(few.decided)
  })
})
