import { VOCATIONAL_TEMPLATE } from '@xueji/contracts/rooms/vocational/vocational.template'
import { buildAccounts, passwordHash } from '@xueji/db/seed/accounts'
import { buildGrade, buildSchool, type OrgSeed } from '@xueji/db/seed/organizations'
import { buildChildren } from '@xueji/db/seed/roster'
import type { Role } from '@xueji/domain/access/roles'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import type { Person } from './http.ts'
import { fiveFields } from './preschool.ts'
import { rosterFile } from './roster-file.ts'
import { TEST_PASSWORD, type World } from './world.ts'

/** Values as they come in 中职调档名单. */
export type VocationalChild = StudentValues & { readonly studentNumber?: string }

/** A workbook of 中职调档名单 (six columns). */
export const vocationalFile = (children: readonly VocationalChild[]): Promise<Uint8Array> =>
  rosterFile(children, undefined, VOCATIONAL_TEMPLATE)

/** The six fields as 新增, 修改 and the service take them. */
export const sixFields = (child: VocationalChild) => ({
  studentNumber: child.studentNumber ?? '',
  ...fiveFields(child),
})

/** 新增: the line entered, or the refusal. */
export async function addVocationalLine(person: Person, child: VocationalChild) {
  const { status, body } = await person.post('/api/rooms/vocational/lines', sixFields(child))
  return status === 200 ? { line: body } : { error: body.error }
}

/** A school with senior grades and the first and last of junior school, in the county of the world's vocational school, with its people. */
export async function buildSenior(world: World): Promise<OrgSeed> {
  const { client } = world.database
  const senior = await buildSchool(client, {
    name: '韶关完全中学',
    schoolCode: '3444000001',
    authority: world.org.county!,
    schoolType: '341',
    years: { junior: 3, senior: 3 },
  })
  await buildGrade(client, senior, 2, world.entryYear - 2, 1)
  await buildGrade(client, senior, 2, world.entryYear, 1)
  await buildGrade(client, senior, 3, world.entryYear, 1)
  const person = (username: string, role: Role) => ({ username, displayName: username, org: senior, roles: [role] })
  await buildAccounts(
    client,
    [person('seniorRegistrar', 'schoolRegistrar'), person('seniorLeader', 'schoolLeader')],
    await passwordHash(TEST_PASSWORD),
    { isDemo: false, mustChange: false },
  )
  return senior
}

/** A child whose registration in senior school waits for the school's leader and holds its document; returns the item's id. */
export async function buildRegistration(world: World, senior: OrgSeed, child: StudentValues): Promise<string> {
  const { client } = world.database
  const { rows } = await client.query(
    `insert into review_item (id, room, business, category, org_id, org_path, org_name, payload, chain, status, waiting_path, waiting_act, waiting_since,
       applicant_id, applied_at, student_name, gender, birth_date, identity_type, identity_number, grade_id, grade_name)
     select gen_random_uuid(), 'registration', 2, 'R21', g.school_id, g.org_path, $2, '{}', $3, 'open', g.org_path, 'review', now(), $4, now(), $5, $6, $7, '1', $8,
       g.id, g.name from grade g where g.school_id = $1 and g.stage = 3 returning id`,
    [
      senior.id,
      senior.name,
      JSON.stringify([{ act: 'review', path: senior.path, level: 'school', orgId: senior.id, orgName: senior.name }]),
      world.actor('registrar').accountId,
      child.name,
      child.gender,
      child.birthDate,
      child.identityNumber,
    ],
  )
  await client.query(
    `insert into identity_claim (id, identity_type, identity_number, org_path, item_id, claimed_at) values (gen_random_uuid(), '1', $1, $2, $3, now())`,
    [child.identityNumber, senior.path, rows[0].id],
  )
  return rows[0].id
}

/** A line of a school's list, and a request in its range, of children who are nowhere else: something to be hidden from others. */
export async function addVocationalRows(world: World, org: string, account: string): Promise<void> {
  const { id, path } = world.org[org]!
  await world.database.client.query(
    `insert into vocational_roster_line (id, org_id, org_path, name, gender, birth_date, identity_type, match_status, added_by, added_at)
     values (gen_random_uuid(), $1, $2, '某某', '1', '2011-01-01', 'Z', '3', $3, now())`,
    [id, path, account],
  )
  await world.database.client.query(
    `insert into vocational_request (id, line_id, org_id, org_path, student_id, school_name, school_code, region_name, asked_at)
     values (gen_random_uuid(), gen_random_uuid(), $1, $2, gen_random_uuid(), 'x', '3644000001', 'x', now())`,
    [id, path],
  )
}

let seed = 4_000

/** Children old enough for a vocational school, different at each call. */
export const teenagers = (world: World, count: number): StudentValues[] =>
  buildChildren(count, seed++, {
    regionCode: '440229',
    regionName: '某县',
    schoolCode: '0',
    entryYear: world.entryYear - 9,
  })
