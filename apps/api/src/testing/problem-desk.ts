import { buildIdentityNumber } from '@xueji/db/seed/children'
import { buildProblem, type EnrolledWish } from '@xueji/db/seed/problems'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { expect } from 'vitest'
import { addPicture } from './evidence.ts'
import type { Answer, TestApp } from './http.ts'
import type { World } from './world.ts'

const ROOM = '/api/rooms/problem'

/** Birthday of every child of these tests. */
export const PROBLEM_BIRTH = '2019-05-20' as PlainDate

/** The people of each school: registrar, leader, bureau. */
export const PROBLEM_PEOPLE: Readonly<Record<string, [string, string, string]>> = {
  school: ['registrar', 'leader', 'county'],
  schoolB: ['registrarB', 'leaderB', 'county'],
  schoolC: ['registrarC', 'leaderC', 'sibling'],
  cityDirect: ['registrarCity', 'leaderCity', 'city'],
  farSchool: ['registrarFar', 'leaderFar', 'farCounty'],
}

/** Groups, filings, reviews and looks at the database for tests of the problem room, through the front door. */
export function openProblemDesk(world: World, test: TestApp) {
  let sequence = 0
  const owner = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await world.database.client.query(text, values)).rows as Row[]
  const newNumber = (): string => {
    sequence += 2
    return buildIdentityNumber('440203', PROBLEM_BIRTH, sequence + 1)
  }
  const child = (school: string, name: string, identityNumber: string | null, more: Partial<EnrolledWish> = {}) => ({
    school: world.org[school]!,
    name,
    gender: '1' as const,
    birthDate: PROBLEM_BIRTH,
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
  return {
    owner,
    newNumber,
    child,
    pair,
    lone,
    post,
    evidenceOf,
    file,
    itemOf,
    decide,
    carryOut,
    idOf,
    statesOf,
    studentOf,
  }
}
