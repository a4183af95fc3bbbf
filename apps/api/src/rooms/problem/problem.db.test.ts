import { buildIdentityNumber } from '@xueji/db/seed/children'
import { buildEnrolled, buildProblem } from '@xueji/db/seed/problems'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { buildTestApp, type TestApp } from '../../testing/http.ts'
import { openProblemDesk, PROBLEM_PEOPLE } from '../../testing/problem-desk.ts'
import { buildWorld, type World } from '../../testing/world.ts'

const ROOM = '/api/rooms/problem'
const at = PROBLEM_PEOPLE

let world: World
let test: TestApp
let desk: ReturnType<typeof openProblemDesk>

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
  desk = openProblemDesk(world, test)
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

describe('flows §4.1 经由前门', () => {
  it('PROB-003 后方先处理，先方锁定；PROB-004 证明材料必传', async () => {
    const { groupId, studentIds } = await desk.pair(['school', 'schoolC'])
    expect(desk.idOf(await desk.file('registrarC', studentIds[1]!, 'remove'))).toBe('problem.locked')
    expect(desk.idOf(await desk.file('registrar', studentIds[1]!, 'remove'))).toBe('problem.ended')
    const bare = await desk.post('registrar', '/handlings', {
      handling: 'attest',
      targets: [{ studentId: studentIds[0], evidenceIds: [] }],
    })
    expect(desk.idOf(bare)).toBe('request.invalid')
    expect(await desk.statesOf(groupId)).toBe('open: todo,locked')
  })

  it('PROB-014、PROB-024 后方变更终审通过：先方自动佐证，组结束；NUM-007 换 G，旧号可查', async () => {
    const { groupId, studentIds } = await desk.pair(['school', 'schoolC'])
    const before = await desk.studentOf(studentIds[0]!)
    const number = desk.newNumber()
    await desk.carryOut(at.school!, studentIds[0]!, 'amend', {
      name: '张涵',
      identityType: '1',
      identityNumber: number,
    })
    expect(await desk.statesOf(groupId)).toBe('ended: amended,released')
    expect(await desk.studentOf(studentIds[0]!)).toMatchObject({
      number: `G${number}`,
      identity: number,
      problem: false,
    })
    expect(await desk.studentOf(studentIds[1]!)).toMatchObject({ problem: false })
    const found = await desk.post('registrar', '/parties/search', { view: 'all', studentNumber: before.number })
    expect(found.body.rows.map((row: { studentId: string }) => row.studentId)).toEqual([studentIds[0]])
    const [change] = await desk.owner<{
      detail: { before: { identityNumber: string }; after: { studentNumber: string } }
    }>(`select detail from student_change where student_id = $1 and kind = 'amend'`, [studentIds[0]])
    expect(change!.detail).toMatchObject({
      before: { identityNumber: before.identity },
      after: { studentNumber: `G${number}` },
    })
    // The number is the other side's now, and its alone.
    expect(
      await desk.owner('select student_id from identity_claim where identity_number = $1 and released_at is null', [
        before.identity,
      ]),
    ).toEqual([{ student_id: studentIds[1] }])
  })

  it('PROB-012、PROB-013 佐证、删除由学校、主管部门审核，任一级不通过退回，可另选处理方式；NUM-013、PROB-024 删除', async () => {
    const { groupId, studentIds } = await desk.pair(['school', 'schoolB'])
    expect((await desk.file('registrar', studentIds[0]!, 'attest')).status).toBe(200)
    expect(desk.idOf(await desk.file('registrar', studentIds[0]!, 'remove'))).toBe('problem.underReview')
    expect((await desk.decide('leader', studentIds[0]!)).status).toBe(200)
    expect((await desk.decide('county', studentIds[0]!, 'refuse')).status).toBe(200)
    const page = (await (await test.as('registrar')).get(`${ROOM}/groups/${groupId}`)).body
    expect(page.parties[0]).toMatchObject({
      statusText: '审核退回，待处理',
      refusalOpinion: '材料不清',
      handlings: ['amend', 'attest', 'remove'],
    })
    await desk.carryOut(at.school!, studentIds[0]!, 'remove')
    expect(await desk.statesOf(groupId)).toBe('ended: removed,released')
    expect(await desk.studentOf(studentIds[0]!)).toMatchObject({ status: 'SC', problem: false })
    const items = await desk.owner<{ status: string }>(
      `select status from review_item where student_id = $1 order by id`,
      [studentIds[0]],
    )
    expect(items.map((item) => item.status)).toEqual(['removed', 'effective'])
  })

  it.each<[string, string[], string, string]>([
    ['E2E-10 同区县', ['school', 'schoolB'], '440203', 'county'],
    ['跨区县', ['school', 'schoolC'], '4402', 'city'],
    ['E2E-12 跨省', ['school', 'farSchool'], 'ministry', 'ministry'],
  ])('PROB-017、PROB-018、PROB-019 双方均佐证，%s 由共同上级仲裁', async (_title, schools, path, arbiter) => {
    const { groupId, studentIds } = await desk.pair(schools)
    const [second, first] = studentIds as [string, string]
    await desk.carryOut(at[schools[0]!]!, second, 'attest')
    expect(await desk.statesOf(groupId)).toBe('open: attested,todo')
    await desk.carryOut(at[schools[1]!]!, first, 'attest')
    expect(await desk.statesOf(groupId)).toBe(`arbitration @${path}: attested,attested`)
    expect(desk.idOf(await desk.file(at[schools[0]!]![0], second, 'remove'))).toBe('problem.awaitsArbitration')
    const { version } = (await (await test.as(arbiter)).get(`${ROOM}/groups/${groupId}`)).body
    const verdicts = (passing: boolean[]) => ({
      version,
      opinion: '以户口簿为准',
      verdicts: studentIds.map((studentId, index) => ({ studentId, passes: passing[index] })),
    })
    const others = ['county', 'sibling', 'city', 'province', 'ministry', 'farCounty'].filter((who) => who !== arbiter)
    for (const who of others)
      expect(['problem.notArbiter', 'notFound']).toContain(
        desk.idOf(await desk.post(who, `/groups/${groupId}/arbitration`, verdicts([false, true]))),
      )
    expect(desk.idOf(await desk.post(arbiter, `/groups/${groupId}/arbitration`, verdicts([true, true])))).toBe(
      'problem.verdicts',
    )
    expect(
      desk.idOf(
        await desk.post(arbiter, `/groups/${groupId}/arbitration`, { ...verdicts([false, true]), opinion: ' ' }),
      ),
    ).toBe('request.invalid')
    expect(
      desk.idOf(
        await desk.post(arbiter, `/groups/${groupId}/arbitration`, {
          ...verdicts([false, true]),
          version: version - 1,
        }),
      ),
    ).toBe('problem.changed')
    const done = await desk.post(arbiter, `/groups/${groupId}/arbitration`, verdicts([false, true]))
    expect(done.status, done.text).toBe(200)
    expect(await desk.statesOf(groupId)).toBe('open: lost,won')
    expect(await desk.studentOf(first)).toMatchObject({ problem: false })
    expect(await desk.studentOf(second)).toMatchObject({ problem: true })
    expect(desk.idOf(await desk.file(at[schools[0]!]![0], second, 'attest'))).toBe('problem.onlyAmendOrRemove')
    await desk.carryOut(at[schools[0]!]!, second, 'remove')
    expect(await desk.statesOf(groupId)).toBe('ended: removed,won')
  })

  it('PROB-005 只有一方：认证不通过可佐证而不需仲裁，校验位错误不可', async () => {
    const wrong = await desk.lone('checkCharacter')
    expect(desk.idOf(await desk.file('registrar', wrong.studentIds[0]!, 'attest'))).toBe('problem.cannotAttest')
    const unknown = await desk.lone('notFound')
    await desk.carryOut(at.school!, unknown.studentIds[0]!, 'attest')
    expect(await desk.statesOf(unknown.groupId)).toBe('ended: attested')
    expect(await desk.studentOf(unknown.studentIds[0]!)).toMatchObject({ problem: false, status: 'ZX' })
  })

  it('PROB-010 变更为无身份证件：到省级；PROB-006 G 号禁止；REG-017 须有成员身份证', async () => {
    const guardian = {
      name: '赵父',
      phone: '19900001111',
      identityNumber: buildIdentityNumber('440203', '1985-01-01' as PlainDate, 1),
    }
    const none = { name: '赵一', identityType: 'Z', identityNumber: null }
    const without = await desk.lone('notFound')
    expect(desk.idOf(await desk.file('registrar', without.studentIds[0]!, 'amend', none))).toBe('problem.guardianCard')
    const formal = await desk.lone('notFound', { guardian, studentNumber: `G${desk.newNumber()}` })
    expect(desk.idOf(await desk.file('registrar', formal.studentIds[0]!, 'amend', none))).toBe(
      'problem.formalToUndocumented',
    )
    const { studentIds, groupId } = await desk.lone('notFound', { guardian })
    const before = await desk.studentOf(studentIds[0]!)
    await desk.carryOut(['registrar', 'leader', 'county', 'city', 'province'], studentIds[0]!, 'amend', none)
    expect(await desk.studentOf(studentIds[0]!)).toMatchObject({
      number: before.number,
      identity: null,
      problem: false,
    })
    expect(await desk.statesOf(groupId)).toBe('ended: amended')
  })

  it('NUM-008、PROB-011 G 号变更为护照：重发 L 号，旧 G 留历史；NUM-009 G 号改证件号不换', async () => {
    const formal = `G${desk.newNumber()}`
    const one = await desk.lone('notFound', { studentNumber: formal })
    await desk.carryOut(at.school!, one.studentIds[0]!, 'amend', {
      name: '赵一',
      identityType: 'A',
      identityNumber: 'E99887766',
    })
    expect((await desk.studentOf(one.studentIds[0]!)).number).toMatch(/^L440203/)
    expect(
      await desk.owner('select retired_at is not null as retired from student_number where number = $1', [formal]),
    ).toEqual([{ retired: true }])
    const kept = `G${desk.newNumber()}`
    const two = await desk.lone('notFound', { studentNumber: kept })
    await desk.carryOut(at.school!, two.studentIds[0]!, 'amend', {
      name: '赵一',
      identityType: '1',
      identityNumber: desk.newNumber(),
    })
    expect((await desk.studentOf(two.studentIds[0]!)).number).toBe(kept)
  })

  it('PROB-021 终审时与第三人重复：本组结束，另建新组，变更方先处理', async () => {
    const { groupId, studentIds } = await desk.pair(['school', 'schoolB'])
    const number = desk.newNumber()
    expect(
      (
        await desk.file('registrar', studentIds[0]!, 'amend', {
          name: '张涵',
          identityType: '1',
          identityNumber: number,
        })
      ).status,
    ).toBe(200)
    // Meanwhile a record with that very number comes in from elsewhere, as a load of old records brings it.
    const third = await buildEnrolled(world.database.client, desk.child('schoolC', '孙七', number))
    for (const who of ['leader', 'county']) expect((await desk.decide(who, studentIds[0]!)).status).toBe(200)
    expect(await desk.statesOf(groupId)).toBe('ended: amended,released')
    const [fresh] = await desk.owner<{ group_id: string }>(
      'select group_id from problem_member where student_id = $1 and is_live',
      [third],
    )
    expect(await desk.statesOf(fresh!.group_id)).toBe('open: todo,locked')
    expect(await desk.studentOf(studentIds[0]!)).toMatchObject({ problem: true, identity: number })
    expect(await desk.studentOf(third)).toMatchObject({ problem: true })
  })

  it('历史问题学籍没有先后：先终审者先生效，对方在审的处理由系统结束', async () => {
    const number = desk.newNumber()
    const { groupId, studentIds } = await buildProblem(world.database.client, {
      problemType: 2,
      fault: 'duplicate',
      isOrdered: false,
      isHistory: true,
      children: [desk.child('school', '甲', number), desk.child('schoolC', '乙', number)].map((one) => ({
        ...one,
        name: `${one.name}生`,
      })),
    })
    expect((await desk.file('registrarC', studentIds[1]!, 'attest')).status).toBe(200)
    await desk.carryOut(at.school!, studentIds[0]!, 'remove')
    expect(await desk.statesOf(groupId)).toBe('ended: removed,released')
    expect((await desk.itemOf(studentIds[1]!)).status).toBe('ended')
    expect(desk.idOf(await desk.decide('leaderC', studentIds[1]!))).toBe('review.alreadyDecided')
  })
})
