import { buildEnrolled, buildProblem } from '@xueji/db/seed/problems'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { describe, expect, it } from 'vitest'
import { verifyStudents } from '../../pipeline/student-verification.ts'
import { createClock } from '../../platform/clock.ts'
import { isAnyUnverified } from '../../record/student-verification.ts'
import { LEGACY_BIRTH, legacyChild, legacyNumber, loadChildren, spoilt } from '../../testing/legacy.ts'
import { openApp } from '../../testing/open-world.ts'

const now = Date.now()
// Progress is told by time: with a clock that stands still the number of statements is the rows' alone.
const { world, test } = await openApp({ clock: createClock(() => now) })
const [county, data] = [await test.as('county'), await test.as('data')]

const sql = async (text: string, values: unknown[] = []) => (await world.database.client.query(text, values)).rows
/** Such a child as most records have it: with a phone and a father. */
const child = (school: string, name: string, identityNumber: string | null, more?: Partial<StudentValues>) =>
  legacyChild(world, school, name, identityNumber, {
    phone: '19900000001',
    guardians: [{ name: '某父', relation: '51', phone: '19900000002', isGuardian: '1' }],
    ...more,
  })
const enrolled = (school: string, name: string, identityNumber: string | null) => ({
  school: world.org[school]!,
  name,
  gender: '1' as const,
  birthDate: LEGACY_BIRTH,
  identityType: identityNumber ? '1' : 'Z',
  identityNumber,
})
const student = async (name: string) =>
  (
    await sql(
      `select s.id, s.student_number as number, s.is_problem as problem, s.verification_status as verified, s.study_status as status, s.phone, s.nationality,
         s.enrolled_month as month, s.class_number as class, o.name as school, c.student_id is not null as claims, m.group_id as group
       from student s join organization o on o.id = s.org_id
       left join identity_claim c on c.student_id = s.id and c.identity_number = s.identity_number and c.released_at is null
       left join problem_member m on m.student_id = s.id and m.is_live where s.name = $1 order by s.id`,
      [name],
    )
  )[0]
const group = async (id: string) =>
  (
    await sql(
      `select g.problem_type as type, g.fault, g.is_history as history, g.is_ordered as ordered, g.is_cross_province as cross,
         (select array_agg(s.name order by m.position) from problem_member m join student s on s.id = m.student_id where m.group_id = g.id) as parties,
         (select array_agg(s.name order by m.position) from problem_member m join student s on s.id = m.student_id where m.group_id = g.id and m.is_locked) as locked,
         (select array_agg(e.kind || ':' || e.actor_name order by e.kind desc) from problem_event e where e.group_id = g.id) as events
       from problem_group g where g.id = $1`,
      [id],
    )
  )[0]
const HISTORY = { history: true, ordered: false, locked: null, events: ['open:系统'] }

describe('存量学籍导入', () => {
  let rows: StudentValues[]

  it('enters whoever can be a student, and groups what is wrong or shared, wherever the other side is (PROB-026)', async () => {
    const { client } = world.database
    await buildEnrolled(client, enrolled('farSchool', '远方甲', legacyNumber(101)))
    await buildEnrolled(client, enrolled('farSchool', '远方乙', legacyNumber(103)))
    const { groupId: open } = await buildProblem(client, {
      problemType: 2,
      fault: 'duplicate',
      children: [enrolled('schoolC', '在组甲', legacyNumber(105)), enrolled('farSchool', '在组乙', legacyNumber(105))],
    })
    const { groupId: alone } = await buildProblem(client, {
      problemType: 1,
      fault: 'notFound',
      children: [enrolled('schoolC', '查无此号', legacyNumber(107))],
    })
    await buildEnrolled(client, enrolled('farSchool', '马小军', null))
    const G = `G${legacyNumber(3)}`
    rows = [
      child('school', '无误甲', legacyNumber(1), { classNumber: world.classNumbers[1]!, studyStatus: 'XX' }),
      child('schoolB', '持号乙', legacyNumber(3), { studentNumber: G }),
      child('school', '错位丙', spoilt(legacyNumber(5)), { studentNumber: `G${spoilt(legacyNumber(5))}` }),
      child('school', '错性丁', legacyNumber(8)),
      child('school', '文件重甲', legacyNumber(9)),
      child('schoolB', '文件重乙', legacyNumber(9)),
      child('school', '跨省重', legacyNumber(101)),
      child('school', '三方甲', legacyNumber(103)),
      child('schoolB', '三方乙', legacyNumber(103)),
      child('school', '入组', legacyNumber(105)),
      child('school', '转组', legacyNumber(107)),
      child('school', '马小军', null),
      child('schoolB', '同校同名', null),
      child('schoolB', '同校同名', null),
      child('school', '抢号', legacyNumber(11), { studentNumber: G }),
      child('school', '乱号', legacyNumber(13), { studentNumber: 'G123' }),
      child('school', '', legacyNumber(15)),
      child('schoolC', '外县', legacyNumber(17)),
      child('school', '无年级', legacyNumber(19), { gradeName: '高中1999级' }),
      child('school', '无班级', legacyNumber(21), { classNumber: '1999101' }),
      child('school', '无证有号', legacyNumber(23), { identityType: 'Z' }),
      child('school', '有证无号', null, { identityType: '1' }),
    ]
    const batch = await loadChildren(test, county, rows)
    expect(batch).toMatchObject({
      status: 'succeeded',
      totalRows: 22,
      droppedRows: 6,
      outcome: {
        created: 16,
        changed: 0,
        unchanged: 0,
        kept: 1,
        allotted: 15,
        wrongNumber: 2,
        sharedNumber: 3,
        samePerson: 2,
        joined: 2,
      },
    })
    const { body: issues } = await county.get(`/api/rooms/legacy/imports/${batch.id}/issues`, {
      query: { severity: 'error' },
    })
    expect(issues.rows.map((row: { rowNumber: number; summary: string }) => [row.rowNumber, row.summary])).toEqual([
      [18, '姓名不能为空，'],
      [19, '学校标识码不在本单位辖区内，'],
      [20, '该校没有这个年级，'],
      [21, '该校这个年级没有这个班号，'],
      [22, '身份证件类型为“其他”时身份证件号应为空，'],
      [23, '没有身份证件号，'],
    ])

    // A whole record: place, number, family, origin; not verified; the number is his.
    const plain = await student('无误甲')
    expect(plain).toMatchObject({
      number: expect.stringMatching(/^L44020320190506/),
      problem: false,
      verified: 0,
      status: 'XX',
      nationality: 'CHN',
      month: `${world.entryYear}09`,
      class: world.classNumbers[1],
      claims: true,
    })
    expect(await sql('select name, relation from guardian where student_id = $1', [plain.id])).toEqual([
      { name: '某父', relation: '51' },
    ])
    expect(await sql('select kind, summary, actor_id from student_change where student_id = $1', [plain.id])).toEqual([
      { kind: 'legacy', summary: '存量学籍导入，学籍在武江第一小学', actor_id: world.actor('county').accountId },
    ])
    expect(await student('持号乙')).toMatchObject({ number: G, verified: 0, claims: true, problem: false })
    for (const name of ['抢号', '乱号', '错位丙']) expect((await student(name)).number).toMatch(/^L/)

    // PROB-001 type 1: wrong by itself, or against the record; nobody's number.
    for (const name of ['错位丙', '错性丁']) {
      const wrong = await student(name)
      expect(wrong).toMatchObject({ problem: true, claims: false })
      expect(await group(wrong.group)).toEqual({
        ...HISTORY,
        type: 1,
        fault: 'checkCharacter',
        cross: false,
        parties: [name],
      })
    }
    // Type 2: within the file, with another province, three at once. Whoever was there first keeps the number.
    expect(await group((await student('文件重甲')).group)).toEqual({
      ...HISTORY,
      type: 2,
      fault: 'duplicate',
      cross: false,
      parties: ['文件重乙', '文件重甲'],
    })
    expect([(await student('文件重甲')).claims, (await student('文件重乙')).claims]).toEqual([true, false])
    expect(await group((await student('远方甲')).group)).toMatchObject({
      ...HISTORY,
      cross: true,
      parties: ['跨省重', '远方甲'],
    })
    expect([(await student('跨省重')).claims, (await student('远方甲')).claims]).toEqual([false, true])
    expect(await group((await student('远方乙')).group)).toMatchObject({
      ...HISTORY,
      cross: true,
      parties: ['三方乙', '三方甲', '远方乙'],
    })
    // An open group takes the newcomer in beside the others; a number that was one child's fault is now shared.
    expect((await student('入组')).group).toBe(open)
    expect(await group(open)).toMatchObject({
      history: false,
      ordered: true,
      cross: true,
      parties: ['在组甲', '在组乙', '入组'],
      locked: ['在组乙'],
      events: ['open:系统', 'join:系统'],
    })
    expect(await group(alone)).toMatchObject({ type: 2, fault: 'duplicate', parties: ['查无此号', '转组'] })
    // Type 3: children without document, across provinces and within one school.
    const far = (
      await sql(
        `select m.group_id as id from student s join problem_member m on m.student_id = s.id where s.name = '马小军' and s.org_path = $1`,
        [world.org.farSchool!.path],
      )
    )[0]
    expect(await group(far.id)).toMatchObject({
      ...HISTORY,
      type: 3,
      fault: 'samePerson',
      cross: true,
      parties: ['马小军', '马小军'],
    })
    expect(await group((await student('同校同名')).group)).toMatchObject({ ...HISTORY, type: 3, cross: false })
    // One live claim per number, always; the marks follow the groups.
    expect(
      await sql(
        `select 1 from identity_claim where released_at is null group by identity_type, identity_number having count(*) > 1`,
      ),
    ).toEqual([])
    expect(
      await sql(
        `select s.name from student s where s.is_problem <> exists (select from problem_member m where m.student_id = s.id and m.is_live)`,
      ),
    ).toEqual([])

    // The report, and the problem room, show what lies in the loader's range.
    const report = (await county.get(`/api/rooms/legacy/imports/${batch.id}/problems`, { query: { problemType: '3' } }))
      .body
    expect(report.rows).toMatchObject([
      { rowNumber: 13, studentName: '马小军', problemType: 3, isCrossProvince: true, parties: 2 },
      { rowNumber: 14, studentName: '同校同名', parties: 2 },
      { rowNumber: 15, studentName: '同校同名', parties: 2 },
    ])
    expect(report.rows[0].studentNumber).toMatch(/\*{4}/)
    const listed = await county.post('/api/rooms/problem/parties/search', { view: 'all', isHistory: true, limit: 50 })
    expect(listed.body.rows).toHaveLength(2 + 2 + 1 + 2 + 3)
    const sibling = await test.as('sibling')
    expect((await sibling.get(`/api/rooms/legacy/imports/${batch.id}/problems`)).status).toBe(404)
  })

  it('changes nothing when the same file comes again, and tells what another one changes', async () => {
    const count = () =>
      sql(`select (select count(*) from student) as students, (select count(*) from problem_group) as groups, (select count(*) from problem_member) as members,
        (select count(*) from student_change) as changes, (select count(*) from problem_event) as events, (select sum(version) from student) as versions`)
    const before = await count()
    const again = await loadChildren(test, county, rows)
    expect(again.outcome).toMatchObject({ created: 0, changed: 0, unchanged: 16, sharedNumber: 0, joined: 0 })
    expect(await count()).toEqual(before)
    // Struck off meanwhile, a child does not come back by the same row.
    await sql(`update student set study_status = 'SC' where name = '跨省重'`)
    // By its new number of ours, by document and name at its school: known without the row being the same.
    const [plain, , , , ...others] = rows.slice(0, 16)
    const known = await student('无误甲')
    const news = [
      { ...plain!, phone: '19911112222', nativePlace: '某地', studentNumber: known.number },
      { ...others[0]!, homeAddress: '新址', currentAddress: '' },
      ...others.slice(1),
    ]
    const third = await loadChildren(test, county, news)
    expect(third.outcome).toMatchObject({ created: 0, changed: 2, unchanged: 11 })
    expect(await student('无误甲')).toMatchObject({ number: known.number, phone: '19911112222' })
    const [line] = await sql(`select detail from student_change where student_id = $1 and kind = 'legacyUpdate'`, [
      known.id,
    ])
    expect(line.detail.fields).toEqual({
      phone: ['19900000001', '19911112222'],
      native_place: [null, '某地'],
    })
  })

  it('takes .csv of several counties from the data administrator, also other documents', async () => {
    const load = [
      child('schoolC', '外籍甲', null, {
        name: 'Alex Tester',
        identityType: 'A',
        identityNumber: 'E12345678',
        nationality: 'USA',
      }),
      child('schoolB', '护照错', null, { identityType: 'A', identityNumber: 'E1', nationality: 'USA' }),
      child('schoolC', '同号异证', null, { identityType: '8', identityNumber: 'E12345678', nationality: 'TWN' }),
      child('farSchool', '外省', legacyNumber(31)),
    ]
    const batch = await loadChildren(test, data, load, 'csv')
    expect(batch).toMatchObject({
      fileName: '存量学籍.csv',
      droppedRows: 1,
      outcome: { created: 3, wrongNumber: 1, sharedNumber: 0 },
    })
    expect(await student('Alex Tester')).toMatchObject({ claims: true, nationality: 'USA' })
  })

  it('holds back whose number is being registered or is before an arbiter', async () => {
    await sql(
      `insert into identity_claim (id, identity_type, identity_number, org_path, item_id, claimed_at) values (gen_random_uuid(), '1', $1, $2, gen_random_uuid(), now())`,
      [legacyNumber(201), world.org.farSchool!.path],
    )
    const { groupId } = await buildProblem(world.database.client, {
      problemType: 2,
      fault: 'duplicate',
      children: [enrolled('schoolC', '待裁甲', legacyNumber(203)), enrolled('farSchool', '待裁乙', legacyNumber(203))],
    })
    await sql(`update problem_member set state = 'attested', is_locked = false where group_id = $1`, [groupId])
    await sql(`update problem_group set status = 'arbitration', arbiter_path = '' where id = $1`, [groupId])
    const batch = await loadChildren(test, county, [
      child('school', '在办', legacyNumber(201)),
      child('school', '待裁丙', legacyNumber(203)),
      child('school', '放行', legacyNumber(205)),
    ])
    expect(batch).toMatchObject({ droppedRows: 2, outcome: { created: 1 } })
    const { body } = await county.get(`/api/rooms/legacy/imports/${batch.id}/issues`)
    expect(body.rows.map((row: { summary: string }) => row.summary)).toEqual([
      '该身份证件号正在办理学籍注册，',
      '该身份证件号的问题学籍正在仲裁，',
    ])
  })

  it('asks the register afterwards, in the background: verified, renumbered, or a problem record of old', async () => {
    const asked: string[][] = []
    const outcomes = new Map<string, 'match' | 'notFound' | 'nameMismatch' | 'unavailable'>([
      ['无误甲', 'match'],
      ['持号乙', 'match'],
      ['乱号', 'nameMismatch'],
      ['抢号', 'unavailable'],
    ])
    const gateway: Parameters<typeof verifyStudents>[1] = {
      verifyIdentities: async (persons) => {
        asked.push(persons.map(({ name }) => name).sort())
        return persons.map(({ ref, name }) => {
          const outcome = outcomes.get(name) ?? 'match'
          return outcome === 'unavailable' ? { ref, outcome, reason: 'timeout' } : { ref, outcome }
        })
      },
    }
    expect(await isAnyUnverified(test.platform.db.system)).toBe(true)
    await verifyStudents(test.platform, gateway)
    // Whose number is wrong or shared is not asked about; nor is who has no resident card.
    expect(asked).toEqual([['乱号', '抢号', '持号乙', '放行', '无误甲'].sort()])
    expect(await student('无误甲')).toMatchObject({ number: `G${legacyNumber(1)}`, verified: 2, problem: false })
    expect(await student('持号乙')).toMatchObject({ number: `G${legacyNumber(3)}`, verified: 2 })
    expect(await student('抢号')).toMatchObject({ number: expect.stringMatching(/^L/), verified: 0 })
    const unknown = await student('乱号')
    expect(unknown).toMatchObject({ verified: 3, problem: true, claims: true })
    expect(await group(unknown.group)).toMatchObject({ ...HISTORY, type: 1, fault: 'nameMismatch' })
    const numbers = await sql(
      `select left(number, 1) as letter, retired_at is not null as retired from student_number where student_id = $1 order by number`,
      [(await student('无误甲')).id],
    )
    expect(numbers).toEqual([
      { letter: 'G', retired: false },
      { letter: 'L', retired: true },
    ])
    // The first file still finds everybody, under their new numbers too, and writes back the telephone that a later one had changed.
    expect((await loadChildren(test, county, rows)).outcome).toMatchObject({ created: 0, changed: 1, unchanged: 15 })
    await verifyStudents(test.platform, gateway)
    expect(asked[1]).toEqual(['抢号'])
  })
})
