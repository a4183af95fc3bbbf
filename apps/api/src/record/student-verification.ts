import type { Executor, Transaction } from '../platform/db.ts'
import { openGroups, SYSTEM_SIGNER } from './problem-changes.ts'

/** A child of a load whose name and number the register has not been asked about. */
export type Unverified = { readonly id: string; readonly name: string; readonly identityNumber: string }

/** What the register said of one. */
export type Verified = { readonly id: string; readonly outcome: 'match' | 'notFound' | 'nameMismatch' }

// As the partial index has it. Who is 问题学籍 already is asked about when that is over: a wrong number needs no register, a shared one has to be settled first.
const WAITS = `category = 'L01' and verification_status = 0 and identity_type = '1' and not is_problem`

/** The next children who wait for the register, by id. */
export const takeUnverified = (db: Executor, after: string | null, most: number): Promise<Unverified[]> =>
  db.query<Unverified>(
    `select id, name, identity_number as "identityNumber" from student
     where ${WAITS} and identity_number is not null and study_status not in ('SC', 'SW') and ($1::uuid is null or id > $1::uuid) order by id limit $2`,
    [after, most],
  )

/** True while anybody waits. */
export async function isAnyUnverified(db: Executor): Promise<boolean> {
  return (await takeUnverified(db, null, 1)).length > 0
}

/**
 * Writes what the register said of children of loads. Known to it, they are verified, and who has a temporary number is issued the formal one, if nobody has it
 * (NUM-006, NUM-012); unknown, they become 历史问题学籍 of type 1 with the register's own error kind (PROB-001, codes 3.4). Whoever has changed since he was
 * asked about is left for the next time. A constant number of statements for the set.
 */
export async function writeVerifications(
  tx: Transaction,
  newId: () => string,
  answers: readonly Verified[],
  stamp: { readonly at: string; readonly today: string },
): Promise<void> {
  if (answers.length === 0) return
  const given = JSON.stringify(answers)
  await tx.query(
    `with fit as materialized (
       select s.id, s.org_path, s.student_number as old, 'G' || s.identity_number as formal
       from student s join jsonb_to_recordset($1::jsonb) as a (id uuid, outcome text) on a.id = s.id
       where a.outcome = 'match' and ${WAITS} order by s.id for update of s
     ), issued as (
       insert into student_number (number, student_id, issued_at) select formal, id, $2 from fit where old not like 'G%' order by formal
       on conflict do nothing returning number, student_id
     ), retired as (
       update student_number n set retired_at = $2 from fit join issued i on i.student_id = fit.id where n.number = fit.old
     ), noted as (
       insert into student_change (id, student_id, org_path, kind, occurred_on, summary, detail, at)
       select new_id(), fit.id, fit.org_path, 'renumber', $3, '身份认证通过，换发学籍号', jsonb_build_object('before', fit.old, 'after', i.number), $2
       from fit join issued i on i.student_id = fit.id
     )
     update student s set verification_status = 2, student_number = coalesce(i.number, s.student_number), version = s.version + 1
     from fit left join issued i on i.student_id = fit.id where s.id = fit.id`,
    [given, stamp.at, stamp.today],
  )
  const unknown = await tx.query<{ studentId: string; orgPath: string; fault: 'notFound' | 'nameMismatch' }>(
    `update student s set verification_status = 3 from jsonb_to_recordset($1::jsonb) as a (id uuid, outcome text)
     where a.id = s.id and a.outcome <> 'match' and ${WAITS} returning s.id as "studentId", s.org_path as "orgPath", a.outcome as fault`,
    [given],
  )
  await openGroups(
    tx,
    unknown.map(({ fault, ...party }) => ({
      groupId: newId(),
      problemType: 1,
      fault,
      isHistory: true,
      parties: [party],
    })),
    SYSTEM_SIGNER,
    stamp.at,
  )
}
