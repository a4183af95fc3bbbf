import { randomUUID } from 'node:crypto'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { nextSequence, sequenceOf, temporaryNumber, temporaryPrefix } from '@xueji/domain/student/student-number'
import type { StudyStatus } from '@xueji/domain/student/study-status'
import type { SeedClient } from './client.ts'
import type { OrgSeed } from './organizations.ts'

/** A child already enrolled, as a problem group needs it. */
export type EnrolledWish = {
  readonly school: OrgSeed
  readonly name: string
  readonly gender: '1' | '2'
  readonly birthDate: PlainDate
  readonly identityType?: string
  readonly identityNumber: string | null
  /** Primary school when left out; its newest grade unless a year is named. */
  readonly stage?: 1 | 2 | 3
  readonly entryYear?: number
  readonly studyStatus?: StudyStatus
  /** A formal number where the child has one; a temporary one is made otherwise. */
  readonly studentNumber?: string
  readonly guardian?: { readonly name: string; readonly phone: string; readonly identityNumber?: string }
}

/** A problem group among enrolled children; the first acts first. */
export type ProblemWish = {
  readonly problemType: 1 | 2 | 3
  readonly fault: 'notFound' | 'nameMismatch' | 'checkCharacter' | 'duplicate'
  readonly isOrdered?: boolean
  readonly isHistory?: boolean
  readonly children: readonly EnrolledWish[]
}

/** Enrols a child without an item behind it, as records of old are; the identity is claimed unless somebody has it. Returns the student's id. */
export async function buildEnrolled(client: SeedClient, wish: EnrolledWish): Promise<string> {
  const { school, identityType = '1', identityNumber } = wish
  const id = randomUUID()
  const number = wish.studentNumber ?? (await freeNumber(client, wish))
  const place = `${school.regionCode}000000`
  const [grade] = (
    await client.query(
      'select id from grade where school_id = $1 and stage = $2 and ($3::int is null or entry_year = $3) order by entry_year desc limit 1',
      [school.id, wish.stage ?? 1, wish.entryYear ?? null],
    )
  ).rows as { id: string }[]
  await client.query(
    `insert into student (id, student_number, org_id, org_path, grade_id, study_status, category, item_id, verification_status, created_at, name, gender, birth_date,
       nationality, identity_type, identity_number, enrolled_month, birth_place_code, household_place_code)
     values ($1, $2, $3, $4, $5, $13, $14, gen_random_uuid(), $6, now(), $7, $8, $9, 'CHN', $10, $11, '202609', $12, $12)`,
    [
      id,
      number,
      school.id,
      school.path,
      grade?.id ?? null,
      number.startsWith('G') ? 2 : 0,
      wish.name,
      wish.gender,
      wish.birthDate,
      identityType,
      identityNumber,
      place,
      wish.studyStatus ?? 'ZX',
      wish.stage && wish.stage > 1 ? 'R21' : 'R11',
    ],
  )
  await client.query('insert into student_number (number, student_id, issued_at) values ($1, $2, now())', [number, id])
  if (identityNumber)
    await client.query(
      `insert into identity_claim (id, identity_type, identity_number, org_path, student_id, claimed_at) values (gen_random_uuid(), $1, $2, $3, $4, now())
       on conflict (identity_number, identity_type) where released_at is null do nothing`,
      [identityType, identityNumber, school.path, id],
    )
  if (wish.guardian)
    await client.query(
      `insert into guardian (student_id, position, org_path, name, relation, phone, is_guardian, identity_type, identity_number)
       values ($1, 1, $2, $3, '51', $4, true, $5, $6)`,
      [
        id,
        school.path,
        wish.guardian.name,
        wish.guardian.phone,
        wish.guardian.identityNumber ? '1' : null,
        wish.guardian.identityNumber ?? null,
      ],
    )
  return id
}

/** A problem group with its children, as the first look at records of old leaves it. */
export async function buildProblem(
  client: SeedClient,
  wish: ProblemWish,
): Promise<{ groupId: string; studentIds: string[] }> {
  const groupId = randomUUID()
  const studentIds: string[] = []
  // Whoever acts last was there first, and so holds the number.
  for (const child of [...wish.children].reverse()) studentIds.unshift(await buildEnrolled(client, child))
  const provinces = new Set(wish.children.map((child) => child.school.path.slice(0, 2)))
  await client.query(
    `insert into problem_group (id, problem_type, fault, is_ordered, is_cross_province, is_history, opened_at) values ($1, $2, $3, $4, $5, $6, now())`,
    [groupId, wish.problemType, wish.fault, wish.isOrdered ?? true, provinces.size > 1, wish.isHistory ?? false],
  )
  for (const [index, studentId] of studentIds.entries())
    await client.query(
      'insert into problem_member (group_id, student_id, org_path, position, is_locked) values ($1, $2, $3, $4, $5)',
      [groupId, studentId, wish.children[index]!.school.path, index + 1, index > 0 && (wish.isOrdered ?? true)],
    )
  await client.query('update student set is_problem = true where id = any($1::uuid[])', [studentIds])
  await client.query(
    `insert into problem_event (id, group_id, kind, actor_name, actor_org, at) values (gen_random_uuid(), $1, 'open', '系统', '', now())`,
    [groupId],
  )
  return { groupId, studentIds }
}

async function freeNumber(client: SeedClient, { school, birthDate, gender }: EnrolledWish): Promise<string> {
  const prefix = temporaryPrefix(school.regionCode, birthDate)
  const { rows } = await client.query('select number from student_number where starts_with(number, $1)', [prefix])
  const used = new Set((rows as { number: string }[]).map(({ number }) => sequenceOf(number)))
  return temporaryNumber(prefix, nextSequence(used, gender)!)
}
