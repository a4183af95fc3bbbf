import type { Actor } from '@xueji/domain/access/roles'
import type { Clock } from '../platform/clock.ts'
import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'

/** The photograph that stands of a student `s`, as a join: `p.id is null` where there is none (PHO-008). */
export const STANDING_PHOTO = 'left join student_photo p on p.student_id = s.id and p.replaced_at is null'

const FILES_AT_ONCE = 500

/** A photograph whose bytes lie in the file store under its id. */
export type NewPhoto = {
  readonly id: string
  readonly studentId: string
  readonly size: number
  readonly sha256: string
}

/**
 * Sets the photographs of a set of students, in four statements whatever their number: each takes the place of the one that stood, which is kept until it is
 * itself replaced once more (what was wrong with a picture is asked soon or never; a child's old faces are nobody's business). Returns those whose student is
 * within the caller's range. A photograph that was set before under the same id is set already.
 */
export async function storePhotos(
  tx: Transaction,
  clock: Clock,
  actor: Pick<Actor, 'accountId' | 'displayName'>,
  photos: readonly NewPhoto[],
  packageId: string | null,
): Promise<readonly NewPhoto[]> {
  const locked = await tx.query<{ id: string }>(
    `select id from student where id = any($1::uuid[]) and not exists (select from student_photo where id = any($2::uuid[]) and student_id = student.id)
     order by id for no key update`,
    [photos.map(({ studentId }) => studentId), photos.map(({ id }) => id)],
  )
  const known = new Set(locked.map(({ id }) => id))
  const set = photos.filter(({ studentId }) => known.has(studentId))
  if (set.length === 0) return []
  const students = set.map(({ studentId }) => studentId)
  const now = clock.now()
  await tx.query(
    'update student_photo set gone_at = $2 where student_id = any($1::uuid[]) and replaced_at is not null and gone_at is null',
    [students, now],
  )
  await tx.query(
    'update student_photo set replaced_at = $2 where student_id = any($1::uuid[]) and replaced_at is null',
    [students, now],
  )
  await tx.query(
    `insert into student_photo (id, student_id, org_path, size, sha256, account_id, uploader, package_id, uploaded_at)
     select n.id, s.id, s.org_path, n.size, n.sha256, $2, $3, $4, $5
     from jsonb_to_recordset($1::jsonb) as n (id uuid, "studentId" uuid, size int, sha256 text) join student s on s.id = n."studentId"`,
    [JSON.stringify(set), actor.accountId, actor.displayName, packageId, now],
  )
  return set
}

/** Removes photographs that were replaced for the second time; the file before its row, so that a killed process finds it named here again. */
export async function keepPhotos({ db, files }: Pick<Platform, 'db' | 'files'>): Promise<void> {
  const gone = await db.system.query<{ id: string }>(
    `select id from student_photo where gone_at is not null order by gone_at limit ${FILES_AT_ONCE}`,
  )
  for (const { id } of gone) await files.remove(id)
  if (gone.length > 0)
    await db.system.query('delete from student_photo where id = any($1::uuid[]) and gone_at is not null', [
      gone.map(({ id }) => id),
    ])
}
