import { findTemplate } from '@xueji/contracts/rooms/registration/registration.template'
import { flatten } from '@xueji/contracts/template/row-schema'
import { gradeName } from '@xueji/domain/organization/class-number'
import type { Stage } from '@xueji/domain/organization/school-kind'
import type { RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { REGISTRATION_ENTRIES } from '@xueji/domain/rooms/registration/registration.review'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { resubmitItem } from '../../pipeline/correction.ts'
import { loadSettings } from '../../platform/settings.ts'
import { command, fileChild, importChildren, itemsOf, passChecks } from '../../testing/corridor.ts'
import { buildEntryWorld, type EntryWorld, SCHOOL_STEPS } from '../../testing/entry-world.ts'
import { registrationRoom } from './registration.room.ts'

let country: EntryWorld
let world: EntryWorld['world']
let platform: EntryWorld['platform']
let grades: EntryWorld['grades']

beforeAll(async () => {
  country = await buildEntryWorld(inject('postgresUrl'))
  ;({ world, platform, grades } = country)
})
afterAll(() => country.close())

const sql: EntryWorld['sql'] = (...asked) => country.sql(...asked)
const childrenOf: EntryWorld['childrenOf'] = (...wish) => country.childrenOf(...wish)
const itemOf: EntryWorld['itemOf'] = (id) => country.itemOf(id)
const filed: EntryWorld['filed'] = (...form) => country.filed(...form)
const go = async (...steps: Parameters<EntryWorld['go']>): Promise<void> =>
  expect(await country.go(...steps)).toEqual([])

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
    await go(ids, [...SCHOOL_STEPS, ['county', 'approve']])
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
})
