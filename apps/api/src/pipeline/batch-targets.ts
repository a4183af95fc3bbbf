import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { Executor, Transaction } from '../platform/db.ts'

/** Targets decided in one transaction: enough for set statements to pay, few enough that others wait briefly. */
export const BATCH_PART = 500

/** A part of a batch command that is being worked off. */
export type BatchPart = { readonly position: number; readonly itemIds: readonly string[] }

/** A target that was not done, and why: was not to be done, or could not be. */
export type RefusedTarget = {
  readonly id: string
  readonly outcome: 'skipped' | 'failed'
  readonly reason: RefusalId
}

/** Writes down the targets of a batch command, each once, in parts; returns how many there are. `from` is a select of their `id`, its parameters `values`. */
export async function enlistTargets(
  tx: Executor,
  batchId: string,
  from: string,
  values: readonly unknown[],
): Promise<number> {
  const parts = await tx.query<{ n: number }>(
    `insert into review_batch_part (batch_id, position, item_ids)
     select $${values.length + 1}::uuid, ((n - 1) / ${BATCH_PART})::int, array_agg(id order by n)
     from (select id, row_number() over (order by id) as n from (${from}) as target group by id) as numbered group by 2 returning cardinality(item_ids) as n`,
    [...values, batchId],
  )
  return parts.reduce((sum, { n }) => sum + n, 0)
}

/** Takes a part nobody is at and keeps it to the end of the transaction; undefined when there is none left to take. */
export async function takePart(tx: Transaction, batchId: string): Promise<BatchPart | undefined> {
  const [part] = await tx.query<BatchPart>(
    `select position, item_ids as "itemIds" from review_batch_part where batch_id = $1 and refused is null order by position limit 1 for update skip locked`,
    [batchId],
  )
  return part
}

/** Writes down what became of a part: done but for those refused. */
export async function closePart(
  tx: Transaction,
  batchId: string,
  { position }: BatchPart,
  refused: readonly RefusedTarget[],
): Promise<void> {
  await tx.query('update review_batch_part set refused = $3 where batch_id = $1 and position = $2', [
    batchId,
    position,
    JSON.stringify(refused),
  ])
}

/** Why targets of batches were not done: for each reason how many, and the names of the first few. */
export type BatchReason = {
  readonly batchId: string
  readonly reason: RefusalId
  readonly outcome: RefusedTarget['outcome']
  readonly count: number
  readonly examples: string[]
}

/** The reasons of these batches, the most frequent first. */
export const listReasons = (tx: Executor, batchIds: readonly string[]): Promise<BatchReason[]> =>
  tx.query<BatchReason>(
    `select p.batch_id as "batchId", r.reason, r.outcome, count(*)::int as count,
       coalesce((array_agg(i.student_name order by r.id) filter (where i.student_name is not null))[1:5], '{}') as examples
     from review_batch_part p cross join lateral jsonb_to_recordset(p.refused) as r (id uuid, outcome text, reason text) left join review_item i on i.id = r.id
     where p.batch_id = any($1::uuid[]) and p.refused <> '[]' group by 1, 2, 3 order by 4 desc`,
    [batchIds],
  )
