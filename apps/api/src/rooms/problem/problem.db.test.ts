import { buildIdentityNumber } from '@xueji/db/seed/children'
import { buildEnrolled, buildProblem, type EnrolledWish } from '@xueji/db/seed/problems'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runExport } from '../../pipeline/export-run.ts'
import { askExport } from '../../testing/corridor.ts'
import { addPicture } from '../../testing/evidence.ts'
import { readExported } from '../../testing/exported-file.ts'
import { type Answer, buildTestApp, type TestApp } from '../../testing/http.ts'
import { buildWorld, type World } from '../../testing/world.ts'
import { findReviewRoom } from '../index.ts'
import type { IdentityRegister } from './problem.precheck.ts'

const ROOM = '/api/rooms/problem'
const BIRTH = '2019-05-20' as PlainDate

let world: World
let test: TestApp
let sequence = 0
/** Numbers the register answers in a special way. */
const answers = { duplicate: new Set<string>(), notFound: new Set<string>(), away: new Set<string>() }
const register: IdentityRegister = {
  checkDuplicates: async (persons) =>
    persons.map(({ ref, identityNumber }) =>
      answers.away.has(identityNumber)
        ? { ref, outcome: 'unavailable' as const, reason: 'timeout' }
        : { ref, outcome: answers.duplicate.has(identityNumber) ? ('duplicate' as const) : ('clear' as const) },
    ) as never,
  verifyIdentities: async (persons) =>
    persons.map(({ ref, identityNumber }) => ({
      ref,
      outcome: answers.notFound.has(identityNumber) ? ('notFound' as const) : ('match' as const),
    })) as never,
}

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world, { register })
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const owner = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await world.database.client.query(text, values)).rows as Row[]
const newNumber = (): string => {
  sequence += 2
  return buildIdentityNumber('440203', BIRTH, sequence + 1)
}
const child = (school: string, name: string, identityNumber: string | null, more: Partial<EnrolledWish> = {}) => ({
  school: world.org[school]!,
  name,
  gender: '1' as const,
  birthDate: BIRTH,
  identityNumber,
  ...more,
})
/** A group of children that share one number, the first acting first. */
const pair = (schools: string[], names = ['张涵', '李明', '王芳']) => {
  const number = newNumber()
  return buildProblem(world.database.client, {
    problemType: 2,
    fault: 'duplicate',
    children: schools.map((school, index) => child(school, names[index]!, number)),
  })
}
const lone = (fault: 'notFound' | 'nameMismatch' | 'checkCharacter', more: Partial<EnrolledWish> = {}) =>
  buildProblem(world.database.client, {
    problemType: 1,
    fault,
    children: [child('school', '赵一', newNumber(), more)],
  })
const post = async (who: string, path: string, body: unknown): Promise<Answer> =>
  (await test.as(who)).post(`${ROOM}${path}`, body)
const evidenceOf = (who: string): Promise<string> => addPicture(test.platform, world.actor(who))
const file = async (who: string, studentId: string, handling: string, amendment?: object): Promise<Answer> =>
  post(who, '/handlings', {
    handling,
    targets: [{ studentId, evidenceIds: [await evidenceOf(who)], ...(amendment ? { amendment } : {}) }],
  })
const itemOf = async (studentId: string) =>
  (
    await owner<{ id: string; version: number; status: string }>(
      `select i.id, i.version, i.status from problem_member m join review_item i on i.id = m.item_id where m.student_id = $1 order by m.is_live desc limit 1`,
      [studentId],
    )
  )[0]!
const decide = async (who: string, studentId: string, command = 'approve'): Promise<Answer> => {
  const { id, version } = await itemOf(studentId)
  return post(who, `/items/${id}/commands`, { command, version, opinion: command === 'refuse' ? '材料不清' : '' })
}
/** Files and lets school and bureau approve. */
const carryOut = async (
  people: [string, string, ...string[]],
  studentId: string,
  handling: string,
  amendment?: object,
) => {
  const [registrar, ...reviewers] = people
  const filed = await file(registrar, studentId, handling, amendment)
  expect(filed.status, filed.text).toBe(200)
  for (const reviewer of reviewers) {
    const done = await decide(reviewer, studentId)
    expect(done.status, done.text).toBe(200)
  }
}
const idOf = (answer: Answer): string => answer.body?.error?.id ?? String(answer.status)
const statesOf = async (groupId: string): Promise<string> => {
  const [group] = await owner<{ status: string; arbiter: string | null }>(
    'select status, arbiter_path as arbiter from problem_group where id = $1',
    [groupId],
  )
  const members = await owner<{ state: string }>(
    `select case when is_locked then 'locked' else state end as state from problem_member where group_id = $1 order by position`,
    [groupId],
  )
  const arbiter = group!.status === 'arbitration' ? ` @${group!.arbiter || 'ministry'}` : ''
  return `${group!.status}${arbiter}: ${members.map((member) => member.state).join()}`
}
const studentOf = async (id: string) =>
  (
    await owner<{ number: string; identity: string | null; status: string; problem: boolean; name: string }>(
      'select student_number as number, identity_number as identity, study_status as status, is_problem as problem, name from student where id = $1',
      [id],
    )
  )[0]!
const at = {
  school: ['registrar', 'leader', 'county'],
  schoolB: ['registrarB', 'leaderB', 'county'],
  schoolC: ['registrarC', 'leaderC', 'sibling'],
  cityDirect: ['registrarCity', 'leaderCity', 'city'],
  farSchool: ['registrarFar', 'leaderFar', 'farCounty'],
} as Record<string, [string, string, string]>

describe('flows §4.1 经由前门', () => {
  it('PROB-003 后方先处理，先方锁定；PROB-004 证明材料必传', async () => {
    const { groupId, studentIds } = await pair(['school', 'schoolC'])
    expect(idOf(await file('registrarC', studentIds[1]!, 'remove'))).toBe('problem.locked')
    expect(idOf(await file('registrar', studentIds[1]!, 'remove'))).toBe('problem.ended')
    const bare = await post('registrar', '/handlings', {
      handling: 'attest',
      targets: [{ studentId: studentIds[0], evidenceIds: [] }],
    })
    expect(idOf(bare)).toBe('request.invalid')
    expect(await statesOf(groupId)).toBe('open: todo,locked')
  })

  it('PROB-014、PROB-024 后方变更终审通过：先方自动佐证，组结束；NUM-007 换 G，旧号可查', async () => {
    const { groupId, studentIds } = await pair(['school', 'schoolC'])
    const before = await studentOf(studentIds[0]!)
    const number = newNumber()
    await carryOut(at.school!, studentIds[0]!, 'amend', { name: '张涵', identityType: '1', identityNumber: number })
    expect(await statesOf(groupId)).toBe('ended: amended,released')
    expect(await studentOf(studentIds[0]!)).toMatchObject({ number: `G${number}`, identity: number, problem: false })
    expect(await studentOf(studentIds[1]!)).toMatchObject({ problem: false })
    const found = await post('registrar', '/parties/search', { view: 'all', studentNumber: before.number })
    expect(found.body.rows.map((row: { studentId: string }) => row.studentId)).toEqual([studentIds[0]])
    const [change] = await owner<{ detail: { before: { identityNumber: string }; after: { studentNumber: string } } }>(
      `select detail from student_change where student_id = $1 and kind = 'amend'`,
      [studentIds[0]],
    )
    expect(change!.detail).toMatchObject({
      before: { identityNumber: before.identity },
      after: { studentNumber: `G${number}` },
    })
    // The number is the other side's now, and its alone.
    expect(
      await owner('select student_id from identity_claim where identity_number = $1 and released_at is null', [
        before.identity,
      ]),
    ).toEqual([{ student_id: studentIds[1] }])
  })

  it('PROB-013 任一级不通过退回，可另选处理方式；NUM-013、PROB-024 删除', async () => {
    const { groupId, studentIds } = await pair(['school', 'schoolB'])
    expect((await file('registrar', studentIds[0]!, 'attest')).status).toBe(200)
    expect(idOf(await file('registrar', studentIds[0]!, 'remove'))).toBe('problem.underReview')
    expect((await decide('leader', studentIds[0]!)).status).toBe(200)
    expect((await decide('county', studentIds[0]!, 'refuse')).status).toBe(200)
    const page = (await (await test.as('registrar')).get(`${ROOM}/groups/${groupId}`)).body
    expect(page.parties[0]).toMatchObject({
      statusText: '审核退回，待处理',
      refusalOpinion: '材料不清',
      handlings: ['amend', 'attest', 'remove'],
    })
    await carryOut(at.school!, studentIds[0]!, 'remove')
    expect(await statesOf(groupId)).toBe('ended: removed,released')
    expect(await studentOf(studentIds[0]!)).toMatchObject({ status: 'SC', problem: false })
    const items = await owner<{ status: string }>(`select status from review_item where student_id = $1 order by id`, [
      studentIds[0],
    ])
    expect(items.map((item) => item.status)).toEqual(['removed', 'effective'])
  })

  it.each<[string, string[], string, string]>([
    ['E2E-10 同区县', ['school', 'schoolB'], '440203', 'county'],
    ['跨区县', ['school', 'schoolC'], '4402', 'city'],
    ['E2E-12 跨省', ['school', 'farSchool'], 'ministry', 'ministry'],
  ])('PROB-017、PROB-018、PROB-019 双方均佐证，%s 由共同上级仲裁', async (_title, schools, path, arbiter) => {
    const { groupId, studentIds } = await pair(schools)
    const [second, first] = studentIds as [string, string]
    await carryOut(at[schools[0]!]!, second, 'attest')
    expect(await statesOf(groupId)).toBe('open: attested,todo')
    await carryOut(at[schools[1]!]!, first, 'attest')
    expect(await statesOf(groupId)).toBe(`arbitration @${path}: attested,attested`)
    expect(idOf(await file(at[schools[0]!]![0], second, 'remove'))).toBe('problem.awaitsArbitration')
    const { version } = (await (await test.as(arbiter)).get(`${ROOM}/groups/${groupId}`)).body
    const verdicts = (passing: boolean[]) => ({
      version,
      opinion: '以户口簿为准',
      verdicts: studentIds.map((studentId, index) => ({ studentId, passes: passing[index] })),
    })
    const others = ['county', 'sibling', 'city', 'province', 'ministry', 'farCounty'].filter((who) => who !== arbiter)
    for (const who of others)
      expect(['problem.notArbiter', 'notFound']).toContain(
        idOf(await post(who, `/groups/${groupId}/arbitration`, verdicts([false, true]))),
      )
    expect(idOf(await post(arbiter, `/groups/${groupId}/arbitration`, verdicts([true, true])))).toBe('problem.verdicts')
    expect(
      idOf(await post(arbiter, `/groups/${groupId}/arbitration`, { ...verdicts([false, true]), opinion: ' ' })),
    ).toBe('request.invalid')
    expect(
      idOf(await post(arbiter, `/groups/${groupId}/arbitration`, { ...verdicts([false, true]), version: version - 1 })),
    ).toBe('problem.changed')
    const done = await post(arbiter, `/groups/${groupId}/arbitration`, verdicts([false, true]))
    expect(done.status, done.text).toBe(200)
    expect(await statesOf(groupId)).toBe('open: lost,won')
    expect(await studentOf(first)).toMatchObject({ problem: false })
    expect(await studentOf(second)).toMatchObject({ problem: true })
    expect(idOf(await file(at[schools[0]!]![0], second, 'attest'))).toBe('problem.onlyAmendOrRemove')
    await carryOut(at[schools[0]!]!, second, 'remove')
    expect(await statesOf(groupId)).toBe('ended: removed,won')
  })

  it('PROB-005 只有一方：认证不通过可佐证而不需仲裁，校验位错误不可', async () => {
    const wrong = await lone('checkCharacter')
    expect(idOf(await file('registrar', wrong.studentIds[0]!, 'attest'))).toBe('problem.cannotAttest')
    const unknown = await lone('notFound')
    await carryOut(at.school!, unknown.studentIds[0]!, 'attest')
    expect(await statesOf(unknown.groupId)).toBe('ended: attested')
    expect(await studentOf(unknown.studentIds[0]!)).toMatchObject({ problem: false, status: 'ZX' })
  })

  it('PROB-010 变更为无身份证件：到省级；PROB-006 G 号禁止；REG-017 须有成员身份证', async () => {
    const guardian = {
      name: '赵父',
      phone: '19900001111',
      identityNumber: buildIdentityNumber('440203', '1985-01-01' as PlainDate, 1),
    }
    const none = { name: '赵一', identityType: 'Z', identityNumber: null }
    const without = await lone('notFound')
    expect(idOf(await file('registrar', without.studentIds[0]!, 'amend', none))).toBe('problem.guardianCard')
    const formal = await lone('notFound', { guardian, studentNumber: `G${newNumber()}` })
    expect(idOf(await file('registrar', formal.studentIds[0]!, 'amend', none))).toBe('problem.formalToUndocumented')
    const { studentIds, groupId } = await lone('notFound', { guardian })
    const before = await studentOf(studentIds[0]!)
    await carryOut(['registrar', 'leader', 'county', 'city', 'province'], studentIds[0]!, 'amend', none)
    expect(await studentOf(studentIds[0]!)).toMatchObject({ number: before.number, identity: null, problem: false })
    expect(await statesOf(groupId)).toBe('ended: amended')
  })

  it('NUM-008、PROB-011 G 号变更为护照：重发 L 号，旧 G 留历史；NUM-009 G 号改证件号不换', async () => {
    const formal = `G${newNumber()}`
    const one = await lone('notFound', { studentNumber: formal })
    await carryOut(at.school!, one.studentIds[0]!, 'amend', {
      name: '赵一',
      identityType: 'A',
      identityNumber: 'E99887766',
    })
    expect((await studentOf(one.studentIds[0]!)).number).toMatch(/^L440203/)
    expect(
      await owner('select retired_at is not null as retired from student_number where number = $1', [formal]),
    ).toEqual([{ retired: true }])
    const kept = `G${newNumber()}`
    const two = await lone('notFound', { studentNumber: kept })
    await carryOut(at.school!, two.studentIds[0]!, 'amend', {
      name: '赵一',
      identityType: '1',
      identityNumber: newNumber(),
    })
    expect((await studentOf(two.studentIds[0]!)).number).toBe(kept)
  })

  it('PROB-021 终审时与第三人重复：本组结束，另建新组，变更方先处理', async () => {
    const { groupId, studentIds } = await pair(['school', 'schoolB'])
    const number = newNumber()
    expect(
      (await file('registrar', studentIds[0]!, 'amend', { name: '张涵', identityType: '1', identityNumber: number }))
        .status,
    ).toBe(200)
    // Meanwhile a record with that very number comes in from elsewhere, as a load of old records brings it.
    const third = await buildEnrolled(world.database.client, child('schoolC', '孙七', number))
    for (const who of ['leader', 'county']) expect((await decide(who, studentIds[0]!)).status).toBe(200)
    expect(await statesOf(groupId)).toBe('ended: amended,released')
    const [fresh] = await owner<{ group_id: string }>(
      'select group_id from problem_member where student_id = $1 and is_live',
      [third],
    )
    expect(await statesOf(fresh!.group_id)).toBe('open: todo,locked')
    expect(await studentOf(studentIds[0]!)).toMatchObject({ problem: true, identity: number })
    expect(await studentOf(third)).toMatchObject({ problem: true })
  })

  it('历史问题学籍没有先后：先终审者先生效，对方在审的处理由系统结束', async () => {
    const number = newNumber()
    const { groupId, studentIds } = await buildProblem(world.database.client, {
      problemType: 2,
      fault: 'duplicate',
      isOrdered: false,
      isHistory: true,
      children: [child('school', '甲', number), child('schoolC', '乙', number)].map((one) => ({
        ...one,
        name: `${one.name}生`,
      })),
    })
    expect((await file('registrarC', studentIds[1]!, 'attest')).status).toBe(200)
    await carryOut(at.school!, studentIds[0]!, 'remove')
    expect(await statesOf(groupId)).toBe('ended: removed,released')
    expect((await itemOf(studentIds[1]!)).status).toBe('ended')
    expect(idOf(await decide('leaderC', studentIds[1]!))).toBe('review.alreadyDecided')
  })
})

describe('提交前的查重认证（PROB-008、flows §4.2）', () => {
  const amend = async (identityNumber: string) => {
    const { studentIds } = await lone('notFound')
    const answer = await file('registrar', studentIds[0]!, 'amend', { name: '赵一', identityType: '1', identityNumber })
    const items = await owner('select 1 from review_item where student_id = $1', [studentIds[0]])
    return { answer, filed: items.length }
  }

  it('本系统已有他人、全国库重复、公安部不认、服务不可用：都不提交，仍在待处理', async () => {
    const held = await pair(['schoolC', 'farSchool'])
    const { identity } = await studentOf(held.studentIds[1]!)
    const [twice, unknown, away] = [newNumber(), newNumber(), newNumber()]
    answers.duplicate.add(twice)
    answers.notFound.add(unknown)
    answers.away.add(away)
    for (const [number, refusal, detail] of [
      [identity!, 'problem.numberHeld', '山东省教育厅'],
      [twice, 'problem.numberHeld', undefined],
      [unknown, 'problem.unverified', '身份证号不存在'],
      [away, 'problem.registerAway', undefined],
    ] as const) {
      const { answer, filed } = await amend(number)
      expect(idOf(answer)).toBe(refusal)
      expect(answer.body.error.details?.[0]?.message).toBe(detail)
      expect(filed).toBe(0)
    }
  })

  it('PROB-007 同时改姓名和证件号、姓名不开放、号码不成号：提交即拒绝', async () => {
    const { studentIds } = await lone('notFound')
    const send = (amendment: object) => file('registrar', studentIds[0]!, 'amend', amendment)
    expect(idOf(await send({ name: '赵二', identityType: '1', identityNumber: newNumber() }))).toBe(
      'problem.nameAndNumber',
    )
    const { identity } = await studentOf(studentIds[0]!)
    expect(idOf(await send({ name: '赵二', identityType: '1', identityNumber: identity }))).toBe('problem.nameClosed')
    expect(idOf(await send({ name: '赵一', identityType: '1', identityNumber: '44020320190520001' }))).toBe(
      'register.rowInvalid',
    )
    const mismatch = await lone('nameMismatch')
    const own = await studentOf(mismatch.studentIds[0]!)
    await carryOut(at.school!, mismatch.studentIds[0]!, 'amend', {
      name: '赵二',
      identityType: '1',
      identityNumber: own.identity,
    })
    expect(await studentOf(mismatch.studentIds[0]!)).toMatchObject({
      name: '赵二',
      number: `G${own.identity}`,
      problem: false,
    })
  })
})

describe('一次处理多名（peers 4）', () => {
  it('每名各有结果，一名不合不误他人；语句数与人数无关', async () => {
    const groups = [
      await lone('notFound'),
      await lone('notFound'),
      await lone('checkCharacter'),
      await pair(['schoolC', 'school']),
    ]
    const ids = groups.map((group) => group.studentIds.at(-1)!)
    const targets = await Promise.all(
      ids.map(async (studentId) => ({ studentId, evidenceIds: [await evidenceOf('registrar')] })),
    )
    const answer = await post('registrar', '/handlings', { handling: 'attest', targets })
    expect(answer.body.outcomes.map((one: { refusal: string | null }) => one.refusal)).toEqual([
      null,
      null,
      'problem.cannotAttest',
      'problem.locked',
    ])
    const { platform } = test
    const counted = async (work: () => Promise<unknown>): Promise<number> => {
      const before = platform.db.statementCount()
      await work()
      return platform.db.statementCount() - before
    }
    const count = async (n: number): Promise<number[]> => {
      const wanted: { studentId: string; evidenceIds: string[] }[] = []
      for (let index = 0; index < n; index++) {
        const [studentId] = (await lone('notFound')).studentIds
        wanted.push({ studentId: studentId!, evidenceIds: [await evidenceOf('registrar')] })
      }
      const filed = await counted(() => post('registrar', '/handlings', { handling: 'attest', targets: wanted }))
      const items: { id: string }[] = []
      for (const { studentId } of wanted) items.push(await itemOf(studentId))
      const ids = items.map((item) => item.id)
      await post('leader', '/review-batches', { command: 'approve', ids })
      const decided = await counted(async () => {
        const done = await post('county', '/review-batches', { command: 'approve', ids })
        expect(done.body).toMatchObject({ done: n, failed: 0 })
      })
      return [filed, decided]
    }
    const few = await count(2)
    const many = await count(30)
    // A session notes now and then that it was seen.
    for (const [index, statements] of many.entries()) expect(statements).toBeLessThanOrEqual(few[index]! + 2)
  })
})

describe('一组一页（DUP-007、PROB-025）', () => {
  it('本方全部字段；对方只有省份、学校、状态、处理方式；名单以外的人看不到', async () => {
    const { groupId, studentIds } = await pair(['school', 'farSchool'])
    await carryOut(at.school!, studentIds[0]!, 'attest')
    const seen = async (who: string) => (await (await test.as(who)).get(`${ROOM}/groups/${groupId}`)).body
    for (const [who, own, other] of [
      ['registrar', 0, 1],
      ['leaderFar', 1, 0],
      ['county', 0, 1],
      ['province', 0, 1],
    ] as const) {
      const view = await seen(who)
      expect(view.parties[own]).toMatchObject({ isOwn: true, record: { studentNumber: expect.any(String) } })
      expect(view.parties[other]).toMatchObject({
        isOwn: false,
        record: null,
        amendment: null,
        itemId: null,
        handlings: [],
        commands: [],
      })
      expect(view.parties[other].schoolName).toBeTruthy()
      expect(view.parties[other].same).toMatchObject({ identityNumber: true, name: false })
      const text = JSON.stringify(view)
      const secret = await studentOf(studentIds[other]!)
      for (const value of [secret.name, secret.number]) expect(text.includes(value), `${who} sees ${value}`).toBe(false)
      if (who === 'leaderFar') {
        // Who decided, and in what words, is the other side's own.
        expect(text).not.toMatch(/registrar甲|leader甲|county甲/)
        expect(view.timeline.map((line: { title: string }) => line.title)).toContain(
          '历下小学：对方已佐证，解除锁定，请处理',
        )
      }
    }
    expect((await seen('ministry')).parties.every((party: { isOwn: boolean }) => party.isOwn)).toBe(true)
    for (const who of ['registrarB', 'sibling', 'leaderC'])
      expect((await (await test.as(who)).get(`${ROOM}/groups/${groupId}`)).status).toBe(404)
    expect((await (await test.as('clerk')).get(`${ROOM}/groups/${groupId}`)).status).toBe(403)
    expect(await seen('registrarFar')).toMatchObject({
      next: '历下小学（处理）',
      advice: '请本校处理：可选择变更、佐证、删除，均须上传证明材料',
    })
    expect(await seen('registrar')).toMatchObject({ advice: '正在等待历下小学（处理）' })
  })

  it('名单各归各处：处理、审核、仲裁、查询，省内与跨省分开（PROB-002）', async () => {
    const near = await pair(['schoolB', 'school'])
    const far = await pair(['schoolB', 'farSchool'])
    const list = async (who: string, body: object) =>
      (await post(who, '/parties/search', { limit: 200, count: '1', ...body })).body.rows.map(
        (row: { groupId: string; statusText: string }) => row.groupId,
      ) as string[]
    expect(await list('registrarB', { view: 'handle', isCrossProvince: false })).toContain(near.groupId)
    expect(await list('registrarB', { view: 'handle', isCrossProvince: true })).toEqual([far.groupId])
    expect(await list('registrar', { view: 'handle', isLocked: true })).toContain(near.groupId)
    expect(await list('leaderB', { view: 'review' })).toEqual([])
    await file('registrarB', near.studentIds[0]!, 'attest')
    expect(await list('leaderB', { view: 'review', handling: 'attest' })).toEqual([near.groupId])
    expect(await list('county', { view: 'review' })).not.toContain(near.groupId)
    await decide('leaderB', near.studentIds[0]!)
    expect(await list('county', { view: 'review', schoolName: '第二' })).toContain(near.groupId)
    await decide('county', near.studentIds[0]!)
    await carryOut(at.school!, near.studentIds[1]!, 'attest')
    expect(await list('county', { view: 'arbitrate', isCrossProvince: false })).toContain(near.groupId)
    expect(await list('city', { view: 'arbitrate' })).not.toContain(near.groupId)
    expect(await list('farCounty', { view: 'all', studentName: '李明' })).toContain(far.groupId)
    expect(await list('otherProvince', { view: 'all' })).not.toContain(near.groupId)
  })

  it('首页：待本校处理、待审核、待仲裁各有几件，省内跨省分开', async () => {
    const lineOf = async (who: string, title: string) =>
      (await (await test.as(who)).get('/api/home')).body.queue.find((line: { title: string }) => line.title === title)
    const before = (await lineOf('registrarCity', '跨省问题学籍·待本校处理')).count
    const { studentIds } = await pair(['cityDirect', 'farSchool'])
    expect(await lineOf('registrarCity', '跨省问题学籍·待本校处理')).toMatchObject({
      count: before + 1,
      page: 'problem/cross/handle',
    })
    await file('registrarCity', studentIds[0]!, 'attest')
    expect((await lineOf('registrarCity', '跨省问题学籍·待本校处理')).count).toBe(before)
    expect(await lineOf('leaderCity', '跨省问题学籍·待审核')).toMatchObject({ count: 1, page: 'problem/cross/review' })
    expect(await lineOf('leaderCity', '省内问题学籍·待仲裁')).toBeUndefined()
    for (const who of ['leaderCity', 'city']) await decide(who, studentIds[0]!)
    await carryOut(at.farSchool!, studentIds[1]!, 'attest')
    expect(await lineOf('ministry', '跨省问题学籍·待仲裁')).toMatchObject({ count: 1, page: 'problem/cross/arbitrate' })
  })

  it('原因分组：本校待处理的按可能原因归在一起，建议号码只给本校自己的学生', async () => {
    const right = newNumber()
    const wrong = `${right.slice(0, 12)}${right[13]}${right[12]}${right.slice(14)}`
    const { studentIds } = await lone('checkCharacter', { identityNumber: wrong })
    const groups = (await (await test.as('registrar')).get(`${ROOM}/causes`)).body
    const slip = groups.find((group: { kind: string }) => group.kind === (wrong === right ? '' : 'swappedDigits'))
    expect(slip.rows.find((row: { studentId: string }) => row.studentId === studentIds[0])).toMatchObject({
      suggestion: right,
    })
    expect((await (await test.as('leader')).get(`${ROOM}/causes`)).status).toBe(403)
  })
})

describe('导出Excel（menu §3.1）', () => {
  it('按本列表的条件导出，号码为全号；审计里姓名、号码不写全', async () => {
    const { studentIds } = await pair(['schoolB', 'schoolC'], ['导出甲', '导出乙'])
    const { platform } = test
    const id = await askExport(platform, world.actor('registrarB'), world.actor('leaderB'), {
      room: 'problem',
      list: 'parties',
      conditions: { view: 'all', own: { view: 'handle', studentName: '导出甲' } },
      columns: ['studentName', 'identityNumber', 'fault', 'statusText'],
    })
    await runExport(platform, findReviewRoom, id)
    const [job] = await owner<{ file: string; words: string }>(
      'select file_id as file, conditions_text as words from export_job where id = $1',
      [id],
    )
    const { identity } = await studentOf(studentIds[0]!)
    expect(await readExported(platform.files.pathOf(job!.file))).toEqual([
      { 学生姓名: '导出甲', 身份证件号: identity, 错误类型: '省内重复', 处理状态: '待处理' },
    ])
    const preview = await post('registrarB', '/exports/preview', {
      list: 'parties',
      conditions: { own: { view: 'handle', identityNumber: identity, isLocked: false } },
    })
    expect(preview.body).toMatchObject({ total: 1 })
    expect(JSON.stringify(preview.body.words)).toContain('待本校处理')
    expect(JSON.stringify(preview.body.words)).not.toContain(identity)
    const lines = await owner<{ detail: object }>(
      `select detail from audit_event where action = 'export.finish' and target = $1`,
      [id],
    )
    expect(JSON.stringify(lines)).toContain('导*')
    expect(JSON.stringify(lines)).not.toContain('导出甲')
  })
})

describe('时间线不可改', () => {
  it('应用账号不得改删，库主也被触发器拦下', async () => {
    for (const text of [
      'update problem_event set opinion = opinion',
      'delete from problem_event',
      'truncate problem_event',
    ]) {
      await expect(test.platform.db.inSystem((tx) => tx.query(text))).rejects.toThrow(/permission denied/)
      await expect(owner(text)).rejects.toThrow(/append-only/)
    }
    await expect(test.platform.db.inSystem((tx) => tx.query('delete from problem_group'))).rejects.toThrow(
      /permission denied/,
    )
  })
})
