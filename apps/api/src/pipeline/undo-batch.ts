import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { releaseClaims } from '../record/identity-claims.ts'
import { auditCommand, type Commander, lockBatch, readBatch } from './batch-lock.ts'
import type { StoredBatch } from './import-view.ts'
import { appendEvents } from './review-store.ts'
import type { Room } from './room.ts'

/** Items taken back by one set of statements: a request's statements are short. */
const CHUNK = 5_000

type SubmittedItem = {
  readonly id: string
  readonly orgPath: string
  readonly applicantId: string
  readonly decided: boolean
}

/**
 * 撤回: takes a submitted batch back in one step while nobody has decided anything about any of its items (decision 0009). Items end as removed, with an
 * event that says so; their identity numbers are free again; the rows wait for 提交 once more under new ids, for an item's id is used once. All or
 * nothing: a reviewer who is quicker with one item keeps all of them, one who is slower finds none.
 */
export async function undoSubmission(
  tx: Transaction,
  platform: Pick<Platform, 'clock'>,
  room: Room,
  by: Commander,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<StoredBatch> {
  const batch = await lockBatch(tx, room, id, version)
  if (batch.status !== 'succeeded') refuse('import.notSubmitted')
  if (!batch.may_undo) refuse('import.undoTooLate')
  const now = platform.clock.now()
  // In the order in which reviewers lock them.
  const items = await tx.query<SubmittedItem>(
    `select id, org_path as "orgPath", applicant_id as "applicantId", status not in ('checking', 'open', 'duplicate') or step > 0 or round > 0 as decided
     from review_item where import_batch_id = $1 order by id for update`,
    [id],
  )
  if (items.some((item) => item.decided)) refuse('import.undoTooLate')
  for (let at = 0; at < items.length; at += CHUNK)
    await recallItems(tx, items.slice(at, at + CHUNK), id, by, now.toISOString())
  await renewRows(tx, id, batch.total_rows, platform.clock.newId)
  await tx.query(
    `update import_batch set status = 'ready', task = 'check', version = version + 1, touched_at = $2, submitted_by = null, submitter_name = null
     where id = $1`,
    [id, now],
  )
  await auditCommand(tx, platform, by, 'import.undo', id, { items: items.length })
  return readBatch(tx, id)
}

async function recallItems(
  tx: Transaction,
  items: readonly SubmittedItem[],
  batchId: string,
  by: Commander,
  at: string,
): Promise<void> {
  const ids = items.map((item) => item.id)
  // Out of its batch: what is submitted next from the same rows is all the batch has.
  await tx.query(
    `update review_item set status = 'removed', waiting_path = null, waiting_act = null, waiting_since = $2, next_check_at = null, version = version + 1,
       import_batch_id = null where id = any($1::uuid[])`,
    [ids, at],
  )
  const events = items.map(({ id: itemId, orgPath, applicantId }) => ({
    itemId,
    orgPath,
    kind: 'recall',
    round: 0,
    step: null,
    opinion: '',
    detail: { batchId },
    applicantId,
  }))
  await appendEvents(tx, events, by.actor, at)
  await releaseClaims(tx, ids, at)
}

/** New ids for the rows, made in their order: items are listed by id. */
async function renewRows(tx: Transaction, batchId: string, total: number, newId: () => string): Promise<void> {
  for (let after = 0, seen = 0; seen < total; ) {
    const rows = await tx.query<{ row_number: number }>(
      'select row_number from import_row where batch_id = $1 and row_number > $2 order by row_number limit $3',
      [batchId, after, CHUNK],
    )
    if (rows.length === 0) return
    await tx.query(
      `update import_row r set id = n.id from unnest($2::int[], $3::uuid[]) as n (row_number, id) where r.batch_id = $1 and r.row_number = n.row_number`,
      [batchId, rows.map((row) => row.row_number), rows.map(() => newId())],
    )
    seen += rows.length
    after = rows.at(-1)!.row_number
  }
}
