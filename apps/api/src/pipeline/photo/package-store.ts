import { createHash } from 'node:crypto'
import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { Actor } from '@xueji/domain/access/roles'
import type { Photographed } from '@xueji/domain/photo/photo-name'
import type { Executor, Transaction } from '../../platform/db.ts'

/** Why a file of a package was not taken: the part of a refusal's id behind `photo.`. */
export type PhotoFileFault = Extract<RefusalId, `photo.${string}`> extends `photo.${infer Fault}` ? Fault : never

/** A package as its job reads it. */
export type PackageJob = {
  readonly id: string
  readonly orgPath: string
  readonly actor: Actor
  readonly target: 'class' | 'grade' | 'school'
  readonly targetId: string | null
  readonly fileId: string
  readonly done: number
}

/** Takes a package to work on, where it was left; undefined when it is finished or gone. */
export async function takePackage(tx: Transaction, id: string, now: Date): Promise<PackageJob | undefined> {
  const [job] = await tx.query<PackageJob>(
    `update photo_package set status = 'running', attempts = attempts + 1, heartbeat_at = $2
     where id = $1 and status in ('pending', 'running') and file_id is not null
     returning id, org_path as "orgPath", actor, target, target_id as "targetId", file_id as "fileId", done`,
    [id, now],
  )
  return job
}

/** A child a photograph may be of. */
export type Candidate = Photographed & {
  readonly className: string | null
  readonly classId: string | null
  readonly gradeId: string | null
}

/** All children of a school that the names of a package could mean, by number or by class and name, in one statement (PHO-005, PHO-006). */
export function loadCandidates(
  db: Executor,
  schoolId: string,
  numbers: readonly string[],
  inClasses: readonly { readonly classNumber: string; readonly studentName: string }[],
): Promise<Candidate[]> {
  return db.query<Candidate>(
    `select s.id, s.name, s.identity_number as "identityNumber", s.student_number as "studentNumber", c.class_number as "classNumber",
       c.name as "className", s.class_id as "classId", s.grade_id as "gradeId"
     from student s left join school_class c on c.id = s.class_id
     where s.org_id = $1 and s.study_status = 'ZX' and (s.identity_number = any($2::text[])
       or (c.class_number, s.name) in (select * from unnest($3::text[], $4::text[])))`,
    [
      schoolId,
      numbers,
      inClasses.map(({ classNumber }) => classNumber),
      inClasses.map(({ studentName }) => studentName),
    ],
  )
}

/** What became of a file, to be entered into the report. */
export type FileOutcome = {
  readonly position: number
  readonly name: string
  readonly fault: PhotoFileFault | null
  readonly child: Candidate | null
}

/** Enters a chunk into the report and moves the cursor, in the transaction that sets its photographs (security: Laws). False when another has been there. */
export async function noteFiles(
  tx: Transaction,
  job: Pick<PackageJob, 'id' | 'orgPath'>,
  from: number,
  outcomes: readonly FileOutcome[],
  now: Date,
): Promise<boolean> {
  const moved = await tx.query(
    `update photo_package set done = done + $3, stored = stored + $4, heartbeat_at = $5 where id = $1 and status = 'running' and done = $2 returning 1`,
    [job.id, from, outcomes.length, outcomes.filter(({ fault }) => fault === null).length, now],
  )
  if (moved.length === 0) return false
  const rows = outcomes.map(({ position, name, fault, child }) => ({
    position,
    name,
    fault,
    studentId: child?.id,
    studentName: child?.name,
    className: child?.className,
  }))
  await tx.query(
    `insert into photo_package_file (package_id, org_path, position, name, fault, student_id, student_name, class_name)
     select $1, $2, position, name, fault, "studentId", "studentName", "className"
     from jsonb_to_recordset($3::jsonb) as f (position int, name text, fault text, "studentId" uuid, "studentName" text, "className" text)`,
    [job.id, job.orgPath, JSON.stringify(rows)],
  )
  return true
}

/** The id of the photograph in a place of a package: the same at every attempt, so that a file written twice is one file. */
export function photoIdOf(packageId: string, position: number): string {
  const bytes = createHash('sha256').update(`${packageId} ${position}`).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
