import type { Stage } from '@xueji/domain/organization/school-kind'
import type { ChainNode } from '@xueji/domain/review/chain'
import type { Transaction } from '../platform/db.ts'
import { claimForBatch } from '../record/identity-claims.ts'
import { enterItems } from './enter-items.ts'
import type { ImportJob } from './import-store.ts'
import type { ItemPlace, Room, RoomEntry } from './room.ts'

/** Thrown inside the transaction when another school took a number meanwhile: everything rolls back, and the rows are checked again (DUP-008). */
export class ClaimLost extends Error {}

const STAGED = 'select id, org_path, values, batch_id, row_number from import_row where batch_id = $1 and not dropped'

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
  chains: ReadonlyMap<Stage, readonly ChainNode[]>,
  now: Date,
): Promise<number> {
  const at = now.toISOString()
  const [asked] = await tx.query<{ rows: number; claimable: number }>(
    `select count(*)::int as rows, (count(*) filter (where values->>'identityNumber' is not null))::int as claimable
     from import_row where batch_id = $1 and not dropped`,
    [job.id],
  )
  if ((await claimForBatch(tx, job.id, at)) !== asked!.claimable) throw new ClaimLost()
  const entered = await enterItems(
    tx,
    { sql: STAGED, parameter: job.id },
    { room, entry, school: { id: job.orgId, name: job.orgName }, applicantId: job.filerId, place, chains, at },
  )
  // A clean row names a grade there is.
  if (entered !== asked!.rows) throw new Error(`${entered} items for ${asked!.rows} rows`)
  await tx.query(
    `insert into review_event (id, item_id, org_path, kind, round, actor_id, actor_name, actor_org, applicant_id, at)
     select new_id(), id, org_path, 'submit', 0, $2, $3, $4, $2, $5 from review_item where import_batch_id = $1`,
    [job.id, job.filerId, job.filerName, job.orgName, at],
  )
  return entered
}
