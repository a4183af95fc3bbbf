import type { ChainNode } from '@xueji/domain/review/chain'
import type { Transaction } from '../platform/db.ts'
import { claimForBatch } from '../record/identity-claims.ts'
import type { ImportJob } from './import-store.ts'
import type { ItemPlace, Room, RoomEntry } from './room.ts'

/** Thrown inside the transaction when another school took a number meanwhile: everything rolls back, and the rows are checked again (DUP-008). */
export class ClaimLost extends Error {}

/**
 * Turns every row of a clean batch that was not left out into a review item, whole or not at all (REG-007): claims, items and their first events in four statements,
 * whatever the number of rows. An item keeps its row's id, so a second attempt cannot double it.
 */
export async function submitBatch(
  tx: Transaction,
  room: Room,
  entry: RoomEntry,
  job: ImportJob,
  place: ItemPlace,
  chain: readonly ChainNode[],
  now: Date,
): Promise<number> {
  const at = now.toISOString()
  const [claimable] = await tx.query<{ n: number }>(
    `select count(*)::int as n from import_row where batch_id = $1 and not dropped and values->>'identityNumber' is not null`,
    [job.id],
  )
  if ((await claimForBatch(tx, job.id, at)) !== claimable!.n) throw new ClaimLost()
  const checking = entry.identityClass !== 'undocumented'
  const first = chain[0]!
  const inserted = await tx.query<{ id: string }>(
    `insert into review_item (id, room, business, category, org_id, org_path, org_name, payload, chain, status, waiting_path, waiting_act, waiting_since,
       applicant_id, applied_at, import_batch_id, row_number, student_name, gender, birth_date, identity_type, identity_number, grade_id, grade_name,
       class_id, class_name, next_check_at)
     select r.id, $2, $3, $4, $5, r.org_path, $6, r.values, $7, $8, $9, $10, $11, $12, $11, r.batch_id, r.row_number, r.values->>'name',
       r.values->>'gender', (r.values->>'birthDate')::date, r.values->>'identityType', r.values->>'identityNumber', $13, $14, class.id, class.name, $15
     from import_row r
     left join jsonb_to_recordset($16::jsonb) as class (number text, id uuid, name text) on class.number = r.values->>'classNumber'
     where r.batch_id = $1 and not r.dropped order by r.row_number returning id`,
    [
      job.id,
      room.name,
      entry.business,
      entry.category,
      job.orgId,
      job.orgName,
      JSON.stringify(chain),
      checking ? 'checking' : 'open',
      checking ? null : first.orgPath,
      checking ? null : first.act,
      at,
      job.filerId,
      place.gradeId,
      place.gradeName,
      checking ? at : null,
      JSON.stringify([...place.classIds].map(([number, one]) => ({ number, ...one }))),
    ],
  )
  await tx.query(
    `insert into review_event (id, item_id, org_path, kind, round, actor_id, actor_name, actor_org, applicant_id, at)
     select new_id(), id, org_path, 'submit', 0, $2, $3, $4, $2, $5 from review_item where import_batch_id = $1`,
    [job.id, job.filerId, job.filerName, job.orgName, at],
  )
  return inserted.length
}
