import type { SharingChild } from '@xueji/domain/duplicates/connected'
import type { Executor, Transaction } from '../platform/db.ts'
import { lockPersons } from './same-persons.ts'

// 在籍 (codes 2.22), as REG-032 compares children without document; who is gone holds no number (DUP-003).
const ENROLLED = `('ZX', 'XX', 'YSCX', 'CX')`
const GONE = `('SC', 'SW')`

/** A child that shares its number, and whether somebody in the nation has that number to himself. */
export type SharingNumber = SharingChild & { readonly isClaimed: boolean }

const STANDING = `left join problem_member m on m.student_id = s.id and m.is_live left join problem_group g on g.id = m.group_id`
const ENROLLED_CHILD = `s.id as "studentId", s.org_path as "orgPath", null::int as "rowNumber", g.id as "groupId", coalesce(g.status = 'open', false) as "isGroupOpen"`
const ENTERING_CHILD = `l.row_number, null::uuid as "groupId", false as "isGroupOpen"`

/**
 * The first nationwide duplicate check of a load: every new child whose number stands in the load twice or has a holder anywhere, and every child enrolled
 * under such a number, in the order of their arrival (DUP-003, PROB-001). One statement: the load by its numbers, one join with the nation's claims, and
 * only what is shared is looked up further.
 */
export const findSharedNumbers = (nation: Executor, batchId: string): Promise<SharingNumber[]> =>
  nation.query<SharingNumber>(
    `with load as not materialized (
       select student_id, org_path, row_number, identity_type, identity_number from legacy_entry
       where batch_id = $1 and result = 'created' and identity_number is not null
     ), claimed as materialized (
       select l.identity_type, l.identity_number from load l
       join identity_claim c on c.identity_number = l.identity_number and c.identity_type = l.identity_type and c.released_at is null
     ), shared as materialized (
       select identity_type, identity_number, bool_or(is_claimed) as is_claimed from (
         select identity_type, identity_number, false as is_claimed from load group by 1, 2 having count(*) > 1
         union all select identity_type, identity_number, true from claimed) as found
       group by 1, 2
     )
     select key, "studentId", "orgPath", "rowNumber", "groupId", "isGroupOpen", "isClaimed" from (
       select k.identity_type || k.identity_number as key, k.is_claimed as "isClaimed", ${ENROLLED_CHILD}, s.created_at
       from shared k join student s on s.identity_number = k.identity_number and s.identity_type = k.identity_type and s.study_status not in ${GONE} ${STANDING}
       union all
       select k.identity_type || k.identity_number, k.is_claimed, l.student_id, l.org_path, ${ENTERING_CHILD}, null
       from shared k join load l on l.identity_number = k.identity_number and l.identity_type = k.identity_type) as child
     order by created_at nulls last, "rowNumber", "studentId"`,
    [batchId],
  )

/** Locks who the children without document of a load are, as approvals do: of two at once the second sees the first. */
export const lockPersonsOfLoad = (tx: Transaction, batchId: string): Promise<unknown> =>
  tx.query(
    lockPersons(
      `select (r.values->>'birthDate') || (r.values->>'gender') || (r.values->>'name') as person
       from legacy_entry e join import_row r on r.batch_id = e.batch_id and r.row_number = e.row_number
       where e.batch_id = $1 and e.result = 'created' and e.identity_type = 'Z'`,
    ),
    [batchId],
  )

/** New children without document who are called, sexed and born like another one of the load or like an enrolled one anywhere (REG-032, PROB-001). */
export const findSamePersonsOfLoad = (nation: Executor, batchId: string): Promise<SharingChild[]> =>
  nation.query<SharingChild>(
    `with load as materialized (
       select e.student_id, e.org_path, e.row_number, r.values->>'name' as name, (r.values->>'gender')::char(1) as gender, (r.values->>'birthDate')::date as birth_date
       from legacy_entry e join import_row r on r.batch_id = e.batch_id and r.row_number = e.row_number
       where e.batch_id = $1 and e.result = 'created' and e.identity_type = 'Z'
     ), enrolled as materialized (
       select distinct on (s.id) s.id, s.org_path, s.created_at, l.name, l.gender, l.birth_date from load l
       join student s on s.birth_date = l.birth_date and s.gender = l.gender and s.name = l.name and s.identity_type = 'Z' and s.study_status in ${ENROLLED}
     ), shared as materialized (
       select name, gender, birth_date from load group by 1, 2, 3 having count(*) > 1
       union select name, gender, birth_date from enrolled
     )
     select key, "studentId", "orgPath", "rowNumber", "groupId", "isGroupOpen" from (
       select s.birth_date::text || s.gender || s.name as key, ${ENROLLED_CHILD}, s.created_at from enrolled s ${STANDING}
       union all
       select l.birth_date::text || l.gender || l.name, l.student_id, l.org_path, ${ENTERING_CHILD}, null
       from shared k join load l on l.name = k.name and l.gender = k.gender and l.birth_date = k.birth_date) as child
     order by created_at nulls last, "rowNumber", "studentId"`,
    [batchId],
  )

/** Claims every right number of the new children that nobody has, for the first row that bears it; returns how many there were to claim, and how many were won. */
export async function claimForLoad(
  tx: Transaction,
  batchId: string,
  at: string,
): Promise<{ readonly asked: number; readonly won: number }> {
  const [claims] = await tx.query<{ asked: number; won: number }>(
    `with asked as materialized (
       select distinct on (identity_number, identity_type) identity_number, identity_type, org_path, student_id from legacy_entry
       where batch_id = $1 and result = 'created' and identity_number is not null order by identity_number, identity_type, row_number
     ), won as (
       insert into identity_claim (id, identity_type, identity_number, org_path, student_id, claimed_at)
       select new_id(), identity_type, identity_number, org_path, student_id, $2 from asked order by identity_number
       on conflict (identity_number, identity_type) where released_at is null do nothing returning 1
     )
     select (select count(*)::int from asked) as asked, (select count(*)::int from won) as won`,
    [batchId, at],
  )
  return claims!
}
