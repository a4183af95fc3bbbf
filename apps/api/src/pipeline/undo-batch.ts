import { type AuditLine, appendAudit } from '../platform/audit.ts'
import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { releaseClaims } from '../record/identity-claims.ts'
import { announceBatch, auditCommand, type Commander, lockBatch, readBatch } from './batch-lock.ts'
import { BatchCancelled, type FileFailure, IMPORT_PHASES, type ImportJob } from './import-store.ts'
import type { StoredBatch } from './import-view.ts'
import { appendEvents, type Signer } from './review-store.ts'
import type { Room } from './room.ts'

/** Items taken back by one set of statements. */
const CHUNK = 5_000
/** Progress once all items are taken back; their rows are left. */
const ITEMS_DONE = 75

type SubmittedItem = {
  readonly id: string
  readonly orgPath: string
  readonly applicantId: string
  readonly decided: boolean
}

/**
 * 撤回: a submitted batch nobody has decided anything about is given to its job, which takes it back. Whoever gives it is told at once where it is already too
 * late; a reviewer who is quicker than the job keeps all items.
 */
export async function beginUndo(
  tx: Transaction,
  platform: Pick<Platform, 'clock'>,
  room: Room,
  by: Commander,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<StoredBatch> {
  const batch = await lockBatch(tx, room, id, version)
  if (batch.status !== 'succeeded') refuse('import.notSubmitted')
  if (!batch.may_undo) refuse('import.undoTooLate')
  const { actor } = by
  await tx.query(
    `update import_batch set status = 'running', task = 'undo', phase = 'undoing', progress = $5, attempts = 0, failure = null, version = version + 1,
       heartbeat_at = $2, touched_at = $2, undo_by = $3, undo_name = $4 where id = $1`,
    [id, platform.clock.now(), actor.accountId, actor.displayName, UNDOING],
  )
  await auditCommand(tx, platform, by, 'import.undo', id, { rows: batch.valid_rows })
  return readBatch(tx, id)
}

const [, UNDOING] = IMPORT_PHASES.undoing

/**
 * Takes a submitted batch back in one transaction while nobody has decided anything about any of its items (decision 0009). Items end as removed, with an
 * event that says so; their identity numbers are free again; the rows wait for 提交 once more under new ids, for an item's id is used once. All or
 * nothing: a reviewer who is quicker with one item keeps all of them, and the batch says so; one who is slower finds none. May be killed anywhere and run
 * again; called off meanwhile, it leaves everything as it was.
 */
export async function runUndo(platform: Platform, job: ImportJob): Promise<void> {
  const { db, clock } = platform
  try {
    await db.inScopeOf(job, async (tx) => {
      const now = clock.now()
      // In the order in which reviewers lock them. The batch itself is locked last: its progress is written meanwhile.
      const items = await tx.query<SubmittedItem>(
        `select id, org_path as "orgPath", applicant_id as "applicantId", status not in ('checking', 'open', 'duplicate') or step > 0 or round > 0 as decided
         from review_item where import_batch_id = $1 order by id for update`,
        [job.id],
      )
      const tooLate = items.some((item) => item.decided)
      if (!tooLate) await takeBack(tx, platform, job, items, now.toISOString())
      await closeUndo(tx, job.id, tooLate ? { code: 'undoTooLate' } : null, now)
      await auditUndo(tx, platform, job, tooLate ? { failure: 'undoTooLate' } : { items: items.length })
    })
  } catch (error) {
    if (!(error instanceof BatchCancelled)) throw error
  }
  await announceBatch(platform, job.orgPath, { id: job.id, phase: 'finished', progress: 100 })
}

async function takeBack(
  tx: Transaction,
  platform: Platform,
  job: ImportJob,
  items: readonly SubmittedItem[],
  at: string,
): Promise<void> {
  const signer = { accountId: job.undoBy, displayName: job.undoName ?? '', orgName: job.orgName }
  for (let done = 0; done < items.length; done += CHUNK) {
    await report(platform, job, UNDOING + Math.round((ITEMS_DONE - UNDOING) * (done / items.length)))
    await recallItems(tx, items.slice(done, done + CHUNK), job.id, signer, at)
  }
  await report(platform, job, ITEMS_DONE)
  await renewRows(tx, job.id, platform.clock.newId)
}

/** Tells how far it is; throws when nobody waits for it any more. */
async function report(platform: Platform, { id, orgPath }: ImportJob, progress: number): Promise<void> {
  const [live] = await platform.db.system.query(
    `update import_batch set progress = $2, heartbeat_at = $3 where id = $1 and status = 'running' and task = 'undo' returning 1`,
    [id, progress, platform.clock.now()],
  )
  if (!live) throw new BatchCancelled()
  await announceBatch(platform, orgPath, { id, phase: 'undoing', progress })
}

/** Taken back, the batch waits for 提交; else it stays submitted and says why. Called off meanwhile, everything is rolled back. */
async function closeUndo(tx: Transaction, id: string, failure: FileFailure | null, now: Date): Promise<void> {
  const ended = failure
    ? `status = 'succeeded'`
    : `status = 'ready', task = 'check', submitted_by = null, submitter_name = null`
  const [live] = await tx.query(
    `update import_batch set ${ended}, failure = $2, phase = 'finished', progress = 100, version = version + 1, touched_at = $3
     where id = $1 and status = 'running' and task = 'undo' returning 1`,
    [id, failure ? JSON.stringify(failure) : null, now],
  )
  if (!live) throw new BatchCancelled()
}

const auditUndo = (tx: Transaction, { clock }: Platform, job: ImportJob, detail: AuditLine['detail']): Promise<void> =>
  appendAudit(tx, clock, [
    {
      actorId: job.undoBy,
      actorName: job.undoName ?? '',
      orgPath: job.orgPath,
      action: 'import.undone',
      target: job.id,
      detail,
      requestId: job.id,
    },
  ])

async function recallItems(
  tx: Transaction,
  items: readonly SubmittedItem[],
  batchId: string,
  signer: Signer,
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
  await appendEvents(tx, events, signer, at)
  await releaseClaims(tx, ids, at)
}

/** New ids for the rows, made in their order: items are listed by id. */
async function renewRows(tx: Transaction, batchId: string, newId: () => string): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await tx.query<{ row_number: number }>(
      'select row_number from import_row where batch_id = $1 and row_number > $2 order by row_number limit $3',
      [batchId, after, CHUNK],
    )
    await tx.query(
      `update import_row r set id = n.id from unnest($2::int[], $3::uuid[]) as n (row_number, id) where r.batch_id = $1 and r.row_number = n.row_number`,
      [batchId, rows.map((row) => row.row_number), rows.map(() => newId())],
    )
    if (rows.length < CHUNK) return
    after = rows.at(-1)!.row_number
  }
}
