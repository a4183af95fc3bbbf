import { buildIdentityNumber } from '@xueji/db/seed/children'
import { buildProblem } from '@xueji/db/seed/problems'
import { buildVocationalLines } from '@xueji/db/seed/vocational'
import { rosterTexts } from '@xueji/domain/continuation/five-fields'
import type { MatchPerson } from '@xueji/domain/continuation/match'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { addPicture } from './evidence.ts'
import type { TestApp } from './http.ts'
import type { Sample } from './sample-requests.ts'
import type { World } from './world.ts'

const BIRTH = '2015-06-01' as PlainDate

/** Objects of a school that the authorisation matrix tries requests on, made by the school's registrar. */
export function openMatrixObjects(world: World, test: TestApp) {
  let problems = 0
  /** A problem group of so many children of a school; one alone is unknown to the register. */
  const problemOf = (school: string, parties: 1 | 2) => {
    problems += 2
    const identityNumber = buildIdentityNumber(world.org[school]!.regionCode, BIRTH, problems + 1)
    const child = { school: world.org[school]!, gender: '1' as const, birthDate: BIRTH, identityNumber }
    return buildProblem(world.database.client, {
      problemType: parties === 1 ? 1 : 2,
      fault: parties === 1 ? 'notFound' : 'duplicate',
      children: ['甲生', '乙生'].slice(0, parties).map((name) => ({ ...child, name })),
    })
  }
  /** A handling that waits for the leader. */
  const problemItem = async (school: string, registrar: string): Promise<Sample> => {
    const { studentIds } = await problemOf(school, 1)
    const evidenceIds = [await addPicture(test.platform, world.actor(registrar))]
    await (await test.as(registrar)).post('/api/rooms/problem/handlings', {
      handling: 'attest',
      targets: [{ studentId: studentIds[0], evidenceIds }],
    })
    const { rows } = await world.database.client.query(
      'select id, version from review_item where student_id = $1',
      studentIds,
    )
    return { params: { id: rows[0].id }, body: { command: 'approve', opinion: '', version: rows[0].version } }
  }
  /** A line of a vocational school's list, of a child without record, and what a request to it would say. */
  const vocationalLine = async (
    school: string,
    registrar: string,
    child: StudentValues,
    { method, url }: { readonly method: string; readonly url: string },
  ): Promise<Sample> => {
    const by = world.actor(registrar).accountId
    const unsure = url.endsWith('/candidates') || url.endsWith('/confirmation')
    const made = unsure ? (['unsure'] as const) : []
    const [id] = await buildVocationalLines(world.database.client, world.org[school]!, by, [child], made)
    const bodies: Record<string, Record<string, unknown>> = {
      PUT: { values: rosterTexts(child as MatchPerson), version: 0 },
      POST: { studentId: null, version: 0 },
    }
    return { params: { id: id! }, ...(bodies[method] ? { body: bodies[method] } : {}) }
  }
  return { problemOf, problemItem, vocationalLine }
}
