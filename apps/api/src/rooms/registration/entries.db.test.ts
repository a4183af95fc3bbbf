import { findTemplate } from '@xueji/contracts/rooms/registration/registration.template'
import { flatten } from '@xueji/contracts/template/row-schema'
import { asEntry, firstGradeYear, type GradeWish } from '@xueji/db/seed/entries'
import { buildGrade } from '@xueji/db/seed/organizations'
import { buildChildren } from '@xueji/db/seed/roster'
import { gradeName } from '@xueji/domain/organization/class-number'
import type { Stage } from '@xueji/domain/organization/school-kind'
import type { RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { REGISTRATION_ENTRIES } from '@xueji/domain/rooms/registration/registration.review'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { resubmitItem } from '../../pipeline/correction.ts'
import { loadSettings } from '../../platform/settings.ts'
import { command, fileChild, importChildren, itemsOf, passChecks } from '../../testing/corridor.ts'
import { addPicture } from '../../testing/evidence.ts'
import { createTestPlatform, type TestPlatform } from '../../testing/test-platform.ts'
import { buildWorld, type World } from '../../testing/world.ts'
import { registrationRoom } from './registration.room.ts'

let world: World
let platform: TestPlatform
let grades: readonly GradeWish[]

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  platform = createTestPlatform(world.database.url)
  const made: GradeWish[] = []
  for (const [stage, back] of [
    [1, 2],
    [2, 0],
    [3, 1],
  ] as const) {
    const entryYear = world.entryYear - back
    const { classNumbers } = await buildGrade(world.database.client, world.org.school!, stage, entryYear, 2)
    made.push({ name: gradeName(stage, entryYear), stage, entryYear, classNumber: classNumbers[0]! })
  }
  grades = made
})
afterAll(async () => {
  await platform.close()
  await world.database.drop()
})

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
let seed = 500

/** Children of an entry, each call with other ones; the grade named by stage. */
function childrenOf(
  category: RegistrationCategory,
  count: number,
  stage: Stage = 1,
  school = 'school',
): StudentValues[] {
  const { newcomer } = REGISTRATION_ENTRIES[category]
  const grade = grades.find((one) => one.stage === stage)!
  const wish = {
    regionCode: '440203',
    regionName: '广东省韶关市武江区',
    schoolCode: world.org[school]!.code,
    entryYear: newcomer ? world.entryYear : firstGradeYear(grade),
  }
  return buildChildren(count, seed++, wish).map((child) => asEntry(category, child, newcomer ? undefined : grade))
}

const itemOf = async (id: string) =>
  (
    await sql(
      `select category, business, status, grade_name, class_name, identity_type, identity_number, duplicate_status as dup, verification_status as auth, step, round,
         version, student_name, student_number, jsonb_path_query_array(chain, '$[*].orgName') as who, import_batch_id from review_item where id = $1`,
      [id],
    )
  )[0]
async function filed(category: RegistrationCategory, child: StudentValues, username = 'registrar'): Promise<string> {
  const { identityClass } = REGISTRATION_ENTRIES[category]
  const actor = world.actor(username)
  const evidence = identityClass === 'undocumented' ? [await addPicture(platform, actor)] : []
  const outcome = await fileChild(platform, actor, category, child, evidence)
  if (!('id' in outcome)) throw new Error(JSON.stringify(outcome))
  return outcome.id
}

/** Approves step by step by the people named; every command must go through. */
async function go(
  ids: readonly string[],
  steps: readonly (readonly [string, 'approve' | 'escalate'])[],
): Promise<void> {
  for (const [who, what] of steps)
    expect((await command(platform, world.actor(who), what, ids)).filter((one) => one.refusal)).toEqual([])
}
const SCHOOL = [
  ['leader', 'approve'],
  ['registrar', 'escalate'],
] as const
const TO_PROVINCE = [...SCHOOL, ['county', 'approve'], ['city', 'approve'], ['province', 'approve']] as const

describe('entries with a file (REG-002, REG-003)', () => {
  it.each<[RegistrationCategory, Stage, string]>([
    ['R12', 1, '小学'],
    ['R21', 1, '小学'],
    ['R21', 3, '高中'],
    ['R22', 2, '初中'],
  ])('%s stage %i: a roster becomes students of the grade it names (%s)', async (category, stage, name) => {
    const children = childrenOf(category, 3, stage)
    const batch = await importChildren(platform, world.actor('registrar'), children, undefined, category)
    expect(await sql('select status, total_rows, invalid_rows from import_batch where id = $1', [batch])).toEqual([
      { status: 'succeeded', total_rows: 3, invalid_rows: 0 },
    ])
    const ids = await itemsOf(platform, batch)
    const first = await itemOf(ids[0]!)
    const { business, newcomer, identityClass } = REGISTRATION_ENTRIES[category]
    const grade = newcomer ? gradeName(1, world.entryYear) : grades.find((one) => one.stage === stage)!.name
    expect(first).toMatchObject({ category, business, status: 'checking', grade_name: grade })
    expect(first.grade_name.startsWith(name)).toBe(true)
    await passChecks(platform)
    if (identityClass === 'overseas')
      await platform.db.system.query('update review_item set verification_status = 0 where import_batch_id = $1', [
        batch,
      ])
    await go(ids, [...SCHOOL, ['county', 'approve']])
    const students = await sql(
      `select s.student_number, s.english_name, s.identity_type, s.category, g.name as grade, c.name as class from student s join grade g on g.id = s.grade_id
       left join school_class c on c.id = s.class_id where s.item_id = any($1) order by s.item_id`,
      [ids],
    )
    expect(students).toHaveLength(3)
    for (const student of students) {
      // NUM-010: a foreign document never makes a formal number.
      expect(student.student_number[0]).toBe(identityClass === 'resident' ? 'G' : 'L')
      expect(student).toMatchObject({ category, grade, class: newcomer ? null : `${grade}1班` })
    }
    if (identityClass === 'overseas')
      expect(students.map((one) => one.english_name)).toEqual(children.map((one) => one.englishName))
  })

  it('one file may hold every stage: each item has the chain of its own (WF-001)', async () => {
    await sql(
      `insert into workflow_rule (id, business, school_kind, stage, scope_path, scope_name, steps) values (new_id(), 2, 'ordinary', 3, '4402', '韶关市', '{school,authority,city}')`,
    )
    const children = ([1, 2, 3] as const).flatMap((stage) => childrenOf('R21', 1, stage))
    const ids = await itemsOf(
      platform,
      await importChildren(platform, world.actor('registrar'), children, undefined, 'R21'),
    )
    const items = await Promise.all(ids.map(itemOf))
    expect(items.map((item) => item.grade_name)).toEqual(grades.map((grade) => grade.name))
    expect(items.map((item) => item.who.length)).toEqual([3, 3, 4])
    expect(items[2]!.who.at(-1)).toBe('韶关市教育局')
  })

  it('the wrong entry, grade, class, month or way of entry keeps the whole file out (REG-005, REG-007, REG-013…015)', async () => {
    const batch = await importChildren(
      platform,
      world.actor('registrar'),
      childrenOf('R21', 5),
      (cells, index) => {
        if (index === 0) cells.set('identityType', '护照')
        if (index === 1) cells.set('gradeName', `小学${world.entryYear}级`)
        if (index === 2) cells.set('classNumber', grades[1]!.classNumber!)
        if (index === 3) cells.set('enrolMode', '体育特招').set('enrolledMonth', `${world.entryYear}09`)
        if (index === 4) cells.set('gradeName', '')
      },
      'R21',
    )
    const rows = await sql('select issues from import_row where batch_id = $1 order by row_number', [batch])
    expect(rows.map((row) => row.issues.map((issue: { code: string }) => issue.code))).toEqual([
      ['register.wrongIdentityType'],
      ['register.gradeOfNewcomers'],
      ['register.classOfOtherGrade'],
      ['register.notYearOfGrade', 'register.enrolModeNotCompulsory'],
      ['shape.required'],
    ])
    expect(await itemsOf(platform, batch)).toEqual([])
  })

  it('DUP-001 type and number together are held: the same passport again is refused, the same number on another document is not', async () => {
    const [child] = childrenOf('R12', 1)
    await itemsOf(platform, await importChildren(platform, world.actor('registrar'), [child!], undefined, 'R12'))
    const other = { ...child!, identityType: '6', overseasType: '01', nationality: 'HKG' }
    const batch = await importChildren(platform, world.actor('registrar'), [child!, other], undefined, 'R12')
    const rows = await sql('select issues from import_row where batch_id = $1 order by row_number', [batch])
    expect(rows.map((row) => row.issues.map((issue: { code: string }) => issue.code))).toEqual([
      ['duplicate.sameSchool'],
      [],
    ])
  })
})

describe('entries with a form (REG-002, REG-003)', () => {
  it.each<[RegistrationCategory, Stage]>([
    ['R13', 1],
    ['R21', 1],
    ['R22', 2],
    ['R23', 3],
  ])('%s stage %i: one child becomes one item, with claim, event and audit', async (category, stage) => {
    const [child] = childrenOf(category, 1, stage)
    const id = await filed(category, child!)
    const undocumented = REGISTRATION_ENTRIES[category].identityClass === 'undocumented'
    expect(await itemOf(id)).toMatchObject({
      category,
      status: undocumented ? 'open' : 'checking',
      student_name: child!.name,
      identity_number: child!.identityNumber ?? null,
      import_batch_id: null,
    })
    const claims = await sql(
      'select identity_type, identity_number from identity_claim where item_id = $1 and released_at is null',
      [id],
    )
    expect(claims).toEqual(
      undocumented ? [] : [{ identity_type: child!.identityType, identity_number: child!.identityNumber }],
    )
    expect(await sql('select kind, round from review_event where item_id = $1', [id])).toEqual([
      { kind: 'submit', round: 0 },
    ])
    expect(await sql(`select detail from audit_event where target = $1`, [id])).toEqual([
      {
        detail: {
          room: 'registration',
          category,
          evidence: undocumented ? [{ id: expect.any(String), sha256: expect.any(String) }] : [],
        },
      },
    ])
  })

  it.each(['R11', 'R12'] as const)('%s has no form', async (category) => {
    const [child] = childrenOf(category, 1)
    expect(await fileChild(platform, world.actor('registrar'), category, child!)).toEqual({
      refusal: 'register.notFileable',
    })
  })

  it('answers with every issue next to its field, and nothing has entered (REG-009, REG-017)', async () => {
    const before = await sql('select count(*) from review_item')
    const [child] = childrenOf('R23', 1)
    const { guardians } = child!
    const outcome = await fileChild(platform, world.actor('registrar'), 'R23', {
      ...child!,
      phone: '12',
      guardians: [{ ...guardians![0], identityType: undefined, identityNumber: undefined }, guardians![1]!],
    })
    expect('issues' in outcome && outcome.issues.map((issue) => [issue.field, issue.message])).toEqual([
      ['phone', '联系电话格式不正确'],
      ['guardians.0.identityType', '家庭成员中没有人持居民身份证'],
      ['evidence', '没有上传证明材料'],
    ])
    expect(await sql('select count(*) from review_item')).toEqual(before)
  })

  it('a number that is held is named as far as DUP-007 allows', async () => {
    const [child] = childrenOf('R21', 1)
    await filed('R21', child!)
    const outcome = await fileChild(platform, world.actor('registrar'), 'R21', child!)
    expect('issues' in outcome && outcome.issues.map((issue) => issue.code)).toEqual(['duplicate.sameSchool'])
  })

  it('a school without other grades is told so', async () => {
    const [child] = childrenOf('R21', 1, 1, 'schoolB')
    expect(await fileChild(platform, world.actor('registrarB'), 'R21', child!)).toEqual({
      refusal: 'register.noGrades',
    })
  })

  it('what the form says of school and stage of the check is not believed', async () => {
    const [child] = childrenOf('R21', 1)
    const id = await filed('R21', { ...child!, schoolCode: '9999999999' })
    expect((await sql('select payload from review_item where id = $1', [id]))[0].payload.schoolCode).toBe(
      world.org.school!.code,
    )
  })

  it('every template is at the same time the form: no field is lost on the way to the record', async () => {
    const [child] = childrenOf('R22', 1, 2)
    const id = await filed('R22', child!)
    const { payload } = (await sql('select payload from review_item where id = $1', [id]))[0]
    const keys = new Set(findTemplate('R22')!.columns.map((column) => column.key))
    expect(Object.keys(payload).filter((key) => key !== 'guardians' && !keys.has(key))).toEqual([])
    expect(payload.guardians).toHaveLength(2)
  })
})

describe('children without document (REG-021, REG-028, REG-029, WF-006)', () => {
  it('E2E-06 to the province, and only there a number (NUM-011)', async () => {
    const [child] = childrenOf('R13', 1)
    const id = await filed('R13', child!)
    expect((await itemOf(id)).who).toEqual([
      '武江第一小学',
      '武江第一小学',
      '韶关市武江区教育局',
      '韶关市教育局',
      '广东省教育厅',
    ])
    await go([id], TO_PROVINCE.slice(0, 4))
    expect(await itemOf(id)).toMatchObject({ status: 'open', step: 4, student_number: null })
    await go([id], TO_PROVINCE.slice(4))
    const done = await itemOf(id)
    expect(done).toMatchObject({ status: 'effective', dup: 0, auth: 0 })
    expect(done.student_number).toMatch(/^L440203/)
  })

  it.each([
    ['county', TO_PROVINCE.slice(0, 2)],
    ['city', TO_PROVINCE.slice(0, 3)],
    ['province', TO_PROVINCE.slice(0, 4)],
  ] as const)('refused by the %s it goes straight back to the school (E2E-06)', async (level, before) => {
    const [child] = childrenOf('R23', 1, 3)
    const id = await filed('R23', child!)
    await go([id], before)
    expect(await command(platform, world.actor(level), 'refuse', [id], '材料不清')).toEqual([{ id }])
    expect(await itemOf(id)).toMatchObject({ status: 'returned' })
  })

  it('REG-019 evidence is filed with the child and adds up over the rounds; another’s is not taken', async () => {
    const actor = world.actor('registrar')
    const [child, second] = childrenOf('R13', 2)
    const id = await filed('R13', child!)
    expect(await command(platform, world.actor('leader'), 'refuse', [id], '材料不清')).toEqual([{ id }])
    const { version } = await itemOf(id)
    const settings = await loadSettings(platform.db.system, actor.orgPath)
    const added = await addPicture(platform, actor)
    const { name: _, ...values } = flatten(child!)
    const resubmit = (evidenceIds: string[]) =>
      platform.db.inScopeOf(actor, (tx) =>
        resubmitItem(tx, platform, actor, settings, registrationRoom, {
          id,
          version,
          // A new name asks the nation nothing: there is no document to be asked about.
          values: { ...values, name: '陈改名' },
          evidenceIds,
          requestId: 'test',
        }),
      )
    expect(await resubmit([added])).toEqual({})
    expect(await itemOf(id)).toMatchObject({ status: 'open', round: 1, student_name: '陈改名' })
    expect(
      await sql('select round, id = $2 as added from evidence where item_id = $1 order by round', [id, added]),
    ).toEqual([
      { round: 0, added: false },
      { round: 1, added: true },
    ])
    const foreign = await addPicture(platform, world.actor('registrarB'))
    await expect(fileChild(platform, actor, 'R13', second!, [foreign])).rejects.toMatchObject({
      id: 'evidence.notYours',
    })
    expect(await sql('select 1 from review_item where student_name = $1', [second!.name])).toEqual([])
  })

  it('a returned child may change over to another grade of the school', async () => {
    const [child] = childrenOf('R21', 1, 1)
    const id = await filed('R21', child!)
    await passChecks(platform)
    await command(platform, world.actor('leader'), 'refuse', [id], '年级有误')
    const actor = world.actor('registrar')
    const settings = await loadSettings(platform.db.system, actor.orgPath)
    const [, junior] = grades
    const { version } = await itemOf(id)
    const outcome = await platform.db.inScopeOf(actor, (tx) =>
      resubmitItem(tx, platform, actor, settings, registrationRoom, {
        id,
        version,
        values: {
          ...flatten(child!),
          gradeName: junior!.name,
          classNumber: junior!.classNumber!,
          enrolledMonth: `${junior!.entryYear}09`,
        },
        requestId: 'test',
      }),
    )
    expect(outcome).toEqual({})
    expect(await itemOf(id)).toMatchObject({
      status: 'open',
      grade_name: junior!.name,
      class_name: `${junior!.name}1班`,
    })
  })

  it('E2E-07 a school under the province: school, then province', async () => {
    const wish = {
      regionCode: '440104',
      regionName: '广州市越秀区',
      schoolCode: world.org.provinceDirect!.code,
      entryYear: world.entryYear,
    }
    const child = asEntry('R13', buildChildren(1, seed++, wish)[0]!)
    const id = await filed('R13', child, 'registrarProvince')
    expect((await itemOf(id)).who).toEqual(['广东省直属小学', '广东省直属小学', '广东省教育厅'])
  })

  it('NUM-011 a J number where the province has it so', async () => {
    await sql(`insert into setting (key, org_path, value) values ('studentNo.issueJ', '44', 'true')`)
    const [child] = childrenOf('R13', 1)
    const id = await filed('R13', child!)
    await go([id], TO_PROVINCE)
    expect((await itemOf(id)).student_number).toMatch(/^J440203/)
    await sql(`delete from setting where key = 'studentNo.issueJ'`)
  })
})

describe('REG-032 alike in name, sex and birth date', () => {
  const problemOf = (id: string) =>
    sql(
      `select g.problem_type as type, g.fault, m.position, m.is_locked as locked, s.item_id as item, s.is_problem as problem, m.org_path as path
       from problem_group g join problem_member m on m.group_id = g.id join student s on s.id = m.student_id
       where g.id in (select group_id from problem_member pm join student ps on ps.id = pm.student_id where ps.item_id = $1) order by m.position`,
      [id],
    )
  const FAR = [
    ['leaderFar', 'approve'],
    ['registrarFar', 'escalate'],
    ['farCounty', 'approve'],
    ['otherProvince', 'approve'],
  ] as const
  const inFarSchool = (child: StudentValues): StudentValues => ({ ...child, classNumber: undefined })

  it('opens one problem record for both, in two provinces, and keeps nobody out; a third joins it', async () => {
    const [child] = childrenOf('R13', 1)
    const near = await filed('R13', child!)
    await go([near], TO_PROVINCE)
    expect(await problemOf(near)).toEqual([])

    // Nobody works at the city bureau above the far school in this small country: its step is taken out.
    const far = await filed('R13', inFarSchool(child!), 'registrarFar')
    await sql(
      `update review_item set chain = (select jsonb_agg(node order by n) from jsonb_array_elements(chain) with ordinality as e (node, n) where node->>'level' <> 'city') where id = $1`,
      [far],
    )
    await go([far], FAR)
    expect(await itemOf(far)).toMatchObject({ status: 'effective' })
    const party = { type: 3, fault: 'samePerson', problem: true }
    expect(await problemOf(near)).toEqual([
      { ...party, item: far, position: 1, locked: false, path: world.org.farSchool!.path },
      { ...party, item: near, position: 2, locked: true, path: world.org.school!.path },
    ])

    const third = await filed('R13', child!)
    await go([third], TO_PROVINCE)
    expect((await problemOf(third)).map(({ item, position, locked }) => [item, position, locked])).toEqual([
      [third, 1, false],
      [far, 2, true],
      [near, 3, true],
    ])
  })

  it('two of one approval are alike too; who differs in one of the three, or has a document, is not', async () => {
    const [child] = childrenOf('R13', 1)
    const other = { ...child!, gender: child!.gender === '1' ? '2' : '1' }
    const ids = [await filed('R13', child!), await filed('R13', child!), await filed('R13', other)]
    const [resident] = buildChildren(1, seed++, {
      regionCode: '440203',
      regionName: '武江区',
      schoolCode: world.org.school!.code,
      entryYear: world.entryYear,
    })
    const documented = await itemsOf(
      platform,
      await importChildren(platform, world.actor('registrar'), [{ ...resident!, name: child!.name! }]),
    )
    await passChecks(platform)
    await go(documented, [...SCHOOL, ['county', 'approve']])
    await go(ids, TO_PROVINCE)
    expect((await problemOf(ids[0]!)).map(({ item, locked }) => [item, locked])).toEqual([
      [ids[1], false],
      [ids[0], true],
    ])
    expect(await problemOf(ids[2]!)).toEqual([])
    expect(await problemOf(documented[0]!)).toEqual([])
  })

  it('takes as many statements for twenty children as for two', async () => {
    const counts: number[] = []
    for (const size of [2, 20]) {
      const ids: string[] = []
      for (const child of childrenOf('R13', size / 2)) ids.push(await filed('R13', child), await filed('R13', child))
      await go(ids, TO_PROVINCE.slice(0, 4))
      const before = platform.db.statementCount()
      await go(ids, TO_PROVINCE.slice(4))
      counts.push(platform.db.statementCount() - before)
      expect((await sql('select 1 from student where item_id = any($1) and is_problem', [ids])).length).toBe(size)
    }
    expect(counts[1]).toBe(counts[0])
  })
})
