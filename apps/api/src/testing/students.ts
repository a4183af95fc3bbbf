import { randomUUID } from 'node:crypto'
import type { World } from './world.ts'

/** A child of a school as tests of what hangs on a record need it: nothing but who it is and where. */
export type StudentWish = {
  readonly name: string
  readonly identityNumber?: string
  /** Of the school's classes, by position; null for none. */
  readonly classAt?: number | null
  /** The last four characters of the student number. */
  readonly tail?: string
}

let last = 0

/** Puts students into the table without a registration; returns their ids in order. */
export async function addStudents(world: World, org: string, wishes: readonly StudentWish[]): Promise<string[]> {
  const { client } = world.database
  const { id: orgId, path } = world.org[org]!
  const { rows: classes } = await client.query(
    'select id, grade_id, class_number from school_class where school_id = $1 order by class_number',
    [orgId],
  )
  const ids: string[] = []
  for (const { name, identityNumber, classAt = 0, tail } of wishes) {
    const id = randomUUID()
    const number = `L${String(20260000000000 + ++last).slice(0, 14)}${tail ?? String(last).padStart(4, '0')}`
    const place = classAt === null ? undefined : classes[classAt]
    await client.query(
      `insert into student (id, student_number, org_id, org_path, grade_id, class_id, class_number, study_status, category, item_id, verification_status, created_at,
         name, gender, birth_date, nationality, identity_type, identity_number, enrolled_month)
       values ($1, $2, $3, $4, $5, $6, $7, 'ZX', 'R11', gen_random_uuid(), 2, now(), $8, '1', '2019-03-15', 'CHN', $9, $10, '202609')`,
      [
        id,
        number,
        orgId,
        path,
        place?.grade_id ?? classes[0]?.grade_id,
        place?.id ?? null,
        place?.class_number ?? null,
        name,
        identityNumber ? '1' : 'Z',
        identityNumber ?? null,
      ],
    )
    ids.push(id)
  }
  return ids
}
