import type { Executor, Transaction } from '../platform/db.ts'

/** While an answer is awaited nobody else asks about the same items; the lease of a process that was killed runs out. */
const LEASE_SECONDS = 180

/** Takers go one after the other, for as long as it takes to read and note a few hundred ids. */
const TAKERS = 'identity-check'

/**
 * Leases items whose check is due to one asker and returns their ids, `most` at a time and those due first. One row for all of them: written into the items
 * a lease would cost as much as the answer (decision 0010).
 */
export async function leaseDue(
  tx: Transaction,
  { id, most, now }: { readonly id: string; readonly most: number; readonly now: Date },
): Promise<string[]> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [TAKERS])
  const rows = await tx.query<{ id: string }>('select due_checks($1, $2) as id', [now, most])
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  await tx.query('delete from check_lease where until <= $1', [now])
  await tx.query(
    'insert into check_lease (id, item_ids, until) values ($1, $2::uuid[], $3::timestamptz + make_interval(secs => $4))',
    [id, ids, now, LEASE_SECONDS],
  )
  return ids
}

/** Ends a lease with the transaction that writes the answers. */
export const endLease = (tx: Transaction, id: string): Promise<unknown> =>
  tx.query('delete from check_lease where id = $1', [id])

/** Seconds until an item comes due or a lease runs out, at least one; undefined when nothing is waited for. */
export async function secondsUntilDue(db: Executor, now: Date): Promise<number | undefined> {
  const [row] = await db.query<{ seconds: number | null }>(
    `select greatest(1, ceil(extract(epoch from least(
       (select min(next_check_at) from review_queue where status = 'checking' and item_id not in (select unnest(item_ids) from check_lease where until > $1)),
       (select min(until) from check_lease where until > $1)) - $1::timestamptz)))::int as seconds
     where exists (select 1 from review_queue where status = 'checking')`,
    [now],
  )
  return row?.seconds ?? undefined
}
