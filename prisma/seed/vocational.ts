import { randomBytes } from 'node:crypto'
import { LOCKED_FIELDS } from '@xueji/domain/continuation/five-fields'
import { formatUuid7 } from '@xueji/domain/kernel/ids'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import type { SeedClient } from './client.ts'
import type { OrgSeed } from './organizations.ts'
import { buildEnrolled, type EnrolledWish } from './problems.ts'

/** Where children with a record already are. */
export type RecordPlace = Pick<EnrolledWish, 'school' | 'stage' | 'entryYear' | 'studyStatus'>

/** Records of children who are old enough for a vocational school; returns their ids in order. */
export async function buildRecords(
  client: SeedClient,
  place: RecordPlace,
  children: readonly StudentValues[],
): Promise<string[]> {
  const ids: string[] = []
  for (const child of children)
    ids.push(
      await buildEnrolled(client, {
        ...place,
        name: child.name!,
        gender: child.gender as '1',
        birthDate: child.birthDate as PlainDate,
        identityType: child.identityType!,
        identityNumber: child.identityNumber ?? null,
      }),
    )
  return ids
}

/** What was found of a child on a vocational school's list: the record that is its own, `unsure`, or nothing. */
export type SeededRecord = string | 'unsure' | undefined

/** Puts children on the list of a vocational school as one set, and tells the schools of those that have records; returns the lines' ids in order. */
export async function buildVocationalLines(
  client: SeedClient,
  school: Pick<OrgSeed, 'id' | 'path'>,
  addedBy: string,
  children: readonly StudentValues[],
  records: readonly SeededRecord[] = [],
): Promise<string[]> {
  const rows = children.map((child, index) => {
    const record = records[index]
    const studentId = record === 'unsure' ? undefined : record
    const five = Object.fromEntries(LOCKED_FIELDS.map((key) => [key, child[key]]))
    return {
      id: formatUuid7(Date.now(), index, randomBytes(8)),
      ...five,
      studentId,
      status: studentId ? '1' : record ? '2' : '3',
    }
  })
  await client.query(
    `insert into vocational_roster_line (id, org_id, org_path, name, gender, birth_date, identity_type, identity_number, match_status, student_id, added_by, added_at)
     select id, $2, $3, name, gender, "birthDate", "identityType", "identityNumber", status, "studentId", $4, now()
     from jsonb_to_recordset($1::jsonb) as l (id uuid, name text, gender text, "birthDate" date, "identityType" text, "identityNumber" text, status text,
       "studentId" uuid)`,
    [JSON.stringify(rows), school.id, school.path, addedBy],
  )
  await client.query(
    `insert into vocational_request (id, line_id, org_id, org_path, student_id, stage, admitted, school_name, school_code, region_name, asked_at)
     select gen_random_uuid(), l.id, s.org_id, s.org_path, s.id, g.stage, coalesce(g.stage = 3, false) and s.study_status in ('ZX', 'XX', 'YSCX', 'CX'), o.name,
       o.code, coalesce(p.name, ''), l.added_at
     from vocational_roster_line l join student s on s.id = l.student_id join organization o on o.id = l.org_id
     left join region p on p.code = left(o.path, 2) || '0000' left join grade g on g.id = s.grade_id where l.id = any($1::uuid[])`,
    [rows.map(({ id }) => id)],
  )
  return rows.map(({ id }) => id)
}
