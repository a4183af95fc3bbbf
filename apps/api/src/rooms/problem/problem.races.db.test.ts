import { buildIdentityNumber } from '@xueji/db/seed/children'
import { buildProblem } from '@xueji/db/seed/problems'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { verifyAudit } from '../../platform/audit.ts'
import { addPicture } from '../../testing/evidence.ts'
import { type Answer, buildTestApp, type TestApp } from '../../testing/http.ts'
import { buildWorld, type World } from '../../testing/world.ts'

const ROOM = '/api/rooms/problem'
const BIRTH = '2018-03-03' as PlainDate
const ROUNDS = 6

let world: World
let test: TestApp
let sequence = 0

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world)
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
const pair = (isOrdered: boolean, schools = ['school', 'schoolB']) => {
  const identityNumber = newNumber()
  return buildProblem(world.database.client, {
    problemType: 2,
    fault: 'duplicate',
    isOrdered,
    children: schools.map((school, index) => ({
      school: world.org[school]!,
      name: ['甲生', '乙生'][index]!,
      gender: '1' as const,
      birthDate: BIRTH,
      identityNumber,
    })),
  })
}
const file = async (who: string, studentId: string, handling: string, amendment?: object): Promise<Answer> =>
  (await test.as(who)).post(`${ROOM}/handlings`, {
    handling,
    targets: [
      {
        studentId,
        evidenceIds: [await addPicture(test.platform, world.actor(who))],
        ...(amendment ? { amendment } : {}),
      },
    ],
  })
const itemOf = async (studentId: string) =>
  (
    await owner<{ id: string; version: number }>(
      'select i.id, i.version from problem_member m join review_item i on i.id = m.item_id where m.student_id = $1',
      [studentId],
    )
  )[0]!
const decide = async (who: string, studentId: string, command = 'approve'): Promise<Answer> => {
  const { id, version } = await itemOf(studentId)
  return (await test.as(who)).post(`${ROOM}/items/${id}/commands`, { command, version, opinion: '不符' })
}
const stateOf = async (groupId: string): Promise<string> => {
  const rows = await owner<{ status: string; states: string }>(
    `select g.status, string_agg(m.state, ',' order by m.position) as states from problem_group g join problem_member m on m.group_id = g.id where g.id = $1 group by 1`,
    [groupId],
  )
  return `${rows[0]!.status}: ${rows[0]!.states}`
}

describe('竞争：每一步只有一个结果', () => {
  it('没有先后的两方同时终审：一方生效，另一方自动佐证，不会两方都删', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { groupId, studentIds } = await pair(false)
      for (const [index, [registrar, leader]] of [
        ['registrar', 'leader'],
        ['registrarB', 'leaderB'],
      ].entries()) {
        expect((await file(registrar!, studentIds[index]!, 'remove')).status).toBe(200)
        expect((await decide(leader!, studentIds[index]!)).status).toBe(200)
      }
      const answers = await Promise.all(
        studentIds.map((studentId, index) => decide(index ? 'county2' : 'county', studentId)),
      )
      expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
      for (const answer of answers)
        if (answer.status !== 200)
          expect(['problem.overtaken', 'review.alreadyDecided']).toContain(answer.body.error.id)
      expect(['ended: removed,released', 'ended: released,removed']).toContain(await stateOf(groupId))
      const [alive] = await owner<{ n: number }>(
        `select count(*)::int as n from student where id = any($1) and study_status <> 'SC'`,
        [studentIds],
      )
      expect(alive!.n).toBe(1)
    }
  })

  it('两方同时变更为同一新号：只有一方占得到', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { studentIds } = await pair(false)
      const identityNumber = newNumber()
      const answers = await Promise.all(
        studentIds.map((studentId, index) =>
          file(index ? 'registrarB' : 'registrar', studentId, 'amend', {
            name: ['甲生', '乙生'][index],
            identityType: '1',
            identityNumber,
          }),
        ),
      )
      expect(answers.map((answer) => answer.body.error?.id ?? 'ok').sort()).toEqual(['ok', 'problem.numberHeld'])
    }
  })

  it('审核与删除：同一处理两人同时审，一人有结果；退回与重新提交之间不留两份在办', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { studentIds } = await pair(true)
      const [studentId] = studentIds as [string]
      await file('registrar', studentId, 'remove')
      await decide('leader', studentId)
      const { id, version } = await itemOf(studentId)
      const answers = await Promise.all(
        (['county', 'county2'] as const).map(async (who, index) =>
          (await test.as(who)).post(`${ROOM}/items/${id}/commands`, {
            command: index ? 'refuse' : 'approve',
            version,
            opinion: '不符',
          }),
        ),
      )
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
      const again = await Promise.all([file('registrar', studentId, 'attest'), file('registrar', studentId, 'remove')])
      const filed = again.filter((answer) => answer.status === 200).length
      const [open] = await owner<{ n: number }>(
        `select count(*)::int as n from review_item where student_id = $1 and status in ('open', 'returned')`,
        [studentId],
      )
      expect(open!.n).toBe(filed)
      expect(filed).toBeLessThanOrEqual(1)
    }
  })

  it('仲裁两次同时提交：一次有效', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { groupId, studentIds } = await pair(true)
      for (const [index, people] of [
        ['registrar', 'leader', 'county'],
        ['registrarB', 'leaderB', 'county'],
      ].entries()) {
        await file(people[0]!, studentIds[index]!, 'attest')
        for (const who of people.slice(1)) expect((await decide(who, studentIds[index]!)).status).toBe(200)
      }
      const [{ version }] = (await owner<{ version: number }>('select version from problem_group where id = $1', [
        groupId,
      ])) as [{ version: number }]
      const judge = async (who: string, winner: number): Promise<Answer> =>
        (await test.as(who)).post(`${ROOM}/groups/${groupId}/arbitration`, {
          version,
          opinion: '以户口簿为准',
          verdicts: studentIds.map((studentId, index) => ({ studentId, passes: index === winner })),
        })
      const answers = await Promise.all([judge('county', 0), judge('county2', 1)])
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
      expect(['open: won,lost', 'open: lost,won']).toContain(await stateOf(groupId))
    }
  })

  it('核准前又与同组他方重复：不生效，退回学校并写明原因，时间线可见，学校可重新处理 (flows §4.1)', async () => {
    const { groupId, studentIds } = await pair(false)
    const [studentId, other] = studentIds as [string, string]
    const identityNumber = newNumber()
    const amendment = { name: '甲生', identityType: '1', identityNumber }
    expect((await file('registrar', studentId, 'amend', amendment)).status).toBe(200)
    expect((await decide('leader', studentId)).status).toBe(200)
    await owner('update student set identity_number = $2 where id = $1', [other, identityNumber])
    const answer = await decide('county', studentId)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      item: { status: 'returned' },
      notice: '变更后的信息与他人仍重复，未生效，已退回学校学籍管理员重新处理',
    })
    const { id } = await itemOf(studentId)
    const events = await owner<{ kind: string; actor_name: string; opinion: string }>(
      'select kind, actor_name, opinion from review_event where item_id = $1 order by id desc limit 1',
      [id],
    )
    expect(events).toEqual([{ kind: 'refuse', actor_name: '系统', opinion: answer.body.notice }])
    const [child] = await owner<{ identity_number: string }>('select identity_number from student where id = $1', [
      studentId,
    ])
    expect(child!.identity_number).not.toBe(identityNumber)
    expect((await file('registrar', studentId, 'remove')).status).toBe(200)
    expect(await stateOf(groupId)).toBe('open: todo,todo')
  })

  it('审计链完好', async () => {
    expect((await verifyAudit(test.platform.db.system)).faults).toEqual([])
  })
})
