import { isDeepStrictEqual } from 'node:util'
import { type IdentityHolder, identityKey } from '@xueji/domain/duplicates/holder'
import type { Issue } from '@xueji/domain/kernel/issue'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { appendAudit } from '../platform/audit.ts'
import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { findHoldersOfBatch, numbersOf } from '../record/identity-claims.ts'
import { leaveOutInvalid } from './correction-log.ts'
import {
  addIssues,
  type BatchResult,
  closeBatch,
  countRows,
  dropRows,
  type ImportJob,
  isClean,
  isStillRunning,
  type RowCounts,
  removeHolderIssues,
} from './import-store.ts'
import { removeBatch } from './remove-batch.ts'
import { loadChains } from './resolve-chain.ts'
import { type FileRoom, findEntry, type ImportEntry, type RowChecker, type RowSet, stagesOf } from './room.ts'
import { makeRowCheck } from './row-stage.ts'
import { recheckRow, STAGED_COLUMNS, type StagedRecord, writeRows } from './staged-rows.ts'
import { submitBatch } from './submit-batch.ts'

/** Rows read and checked again at a time. */
const CHUNK = 2_000

/** What closing a batch needs to know. */
export type Closing = {
  readonly platform: Platform
  readonly room: FileRoom
  readonly entry: ImportEntry
  readonly job: ImportJob
  readonly checker: RowChecker
  /** News that items are being made. */
  readonly announceSubmitting: () => Promise<void>
}

/**
 * Closes a batch that was read and staged: issues found by comparing rows and by asking the nation are added; a clean one submits itself or waits for
 * 提交, as its uploader wished. The batch it replaces goes with it. One transaction.
 */
export async function closeChecked(
  tx: Transaction,
  closing: Closing,
  fileIssues: ReadonlyMap<number, readonly Issue[]>,
): Promise<void> {
  const { platform, job, checker } = closing
  if (!(await isStillRunning(tx, job.id))) {
    await dropRows(tx, job.id)
    return
  }
  await addIssues(tx, job.id, 'file', fileIssues)
  await addIssues(tx, job.id, 'holder', await askNation(tx, job, checker))
  const recognised = job.replaces ? await countRecognised(tx, job.id, job.replaces) : 0
  let counts = await countRows(tx, job.id)
  if (closing.room.enterRows && closing.room.leavesOutInvalid) counts = await leaveOut(tx, closing, counts)
  const clean = isClean(counts)
  const submits = clean && job.submitMode === 'auto'
  const outcome = submits ? await submit(tx, closing) : undefined
  await close(tx, closing, {
    ...(outcome ? { outcome } : {}),
    status: submits ? 'succeeded' : clean ? 'ready' : 'failed',
    counts,
    recognised,
    factsKey: checker.factsKey,
    at: platform.clock.now(),
  })
  if (job.replaces) await removeReplaced(tx, platform, job, job.replaces)
}

/**
 * Closes a batch that somebody gave 提交 for, days after it was checked perhaps: rows are checked again where the facts have changed, the nation is
 * asked as it is now, and what is clean becomes items; otherwise the batch comes back with what stands against it. One transaction.
 */
export async function closeSubmission(tx: Transaction, closing: Closing): Promise<void> {
  const { platform, job, checker } = closing
  if (!(await isStillRunning(tx, job.id))) return
  if (job.factsKey !== checker.factsKey) await recheckAll(tx, closing)
  await removeHolderIssues(tx, job.id)
  await addIssues(tx, job.id, 'holder', await askNation(tx, job, checker))
  let counts = await countRows(tx, job.id)
  if (job.task === 'submitClean') counts = await leaveOut(tx, closing, counts)
  const clean = isClean(counts)
  const outcome = clean ? await submit(tx, closing) : undefined
  await close(tx, closing, {
    ...(outcome ? { outcome } : {}),
    status: clean ? 'succeeded' : 'failed',
    counts,
    factsKey: checker.factsKey,
    at: platform.clock.now(),
  })
}

/** Leaves out what may not enter, where something may. */
async function leaveOut(tx: Transaction, { platform, job }: Closing, counts: RowCounts): Promise<RowCounts> {
  if (counts.valid === 0 || counts.invalid === 0) return counts
  await leaveOutInvalid(tx, job, platform.clock.now())
  return countRows(tx, job.id)
}

/** Makes the rows what they are meant to be: review items, or records of the room's own, of which it tells the counts. */
async function submit(
  tx: Transaction,
  { platform, room, job, checker, announceSubmitting }: Closing,
): Promise<BatchResult['outcome']> {
  await announceSubmitting()
  const now = platform.clock.now()
  if (room.enterRows) return room.enterRows(tx, job, now)
  const entry = findEntry(room, job.category)!
  const chains = await loadChains(tx, job.orgId, entry.business, stagesOf(checker.place), room.escalateAfterSchool)
  await submitBatch(tx, room, entry, job, checker.place, chains, now)
  return undefined
}

async function close(tx: Transaction, { platform, job }: Closing, result: BatchResult): Promise<void> {
  await closeBatch(tx, job.id, result)
  const { total, invalid, dropped } = result.counts
  await auditImport(platform, tx, job, { rows: total, invalid, dropped, to: result.status })
}

/** One line about what became of a batch. */
export const auditImport = (
  platform: Platform,
  tx: Transaction,
  job: ImportJob,
  detail: Record<string, unknown>,
): Promise<void> =>
  appendAudit(tx, platform.clock, [
    {
      actorId: job.filerId,
      actorName: job.filerName,
      orgPath: job.orgPath,
      action: 'import.finish',
      target: job.id,
      detail: { category: job.category, fileHash: job.fileHash, ...detail },
      requestId: job.id,
    },
  ])

/** Issues of rows whose identity numbers somebody in the nation already holds, and of those the room itself asks the database about. */
async function askNation(
  tx: Transaction,
  job: ImportJob,
  checker: RowChecker,
): Promise<ReadonlyMap<number, readonly Issue[]>> {
  const { checkHolder } = checker
  const holders = checkHolder ? await findHoldersOfBatch(tx, job.id, job.orgPath) : new Map<string, IdentityHolder>()
  const rows =
    holders.size === 0
      ? []
      : await tx.query<{ row_number: number; values: StudentValues }>(
          `select row_number, values from import_row where batch_id = $1 and not dropped and values->>'identityNumber' = any($2)`,
          [job.id, numbersOf(holders)],
        )
  const issues = new Map<number, readonly Issue[]>()
  for (const row of rows) {
    const holder = holders.get(identityKey(row.values.identityType, row.values.identityNumber))
    const found = holder && checkHolder ? checkHolder(row.values, holder) : []
    if (found.length > 0) issues.set(row.row_number, found)
  }
  for (const [row, found] of (await checker.checkSet?.(stagedRows(job.id))) ?? [])
    issues.set(row, [...(issues.get(row) ?? []), ...found])
  return issues
}

/** The staged rows of a batch that are to enter. */
const stagedRows = (batchId: string): RowSet => ({
  select: 'select row_number, values from import_row where batch_id = $1 and not dropped',
  parameters: [batchId],
})

/** Checks every row by itself against the facts of now; only those of which it says something else are written. */
async function recheckAll(tx: Transaction, { job, entry, checker }: Closing): Promise<void> {
  const check = makeRowCheck(entry.template, checker)
  for (let after = 0; ; ) {
    const rows = await tx.query<StagedRecord>(
      `select ${STAGED_COLUMNS} from import_row where batch_id = $1 and row_number > $2 order by row_number limit $3`,
      [job.id, after, CHUNK],
    )
    const changed = rows.flatMap((row) => {
      const now = recheckRow(row, check)
      return isDeepStrictEqual([row.values, row.issues], [now.values, now.issues]) ? [] : [now]
    })
    await writeRows(tx, job.id, changed)
    if (rows.length < CHUNK) return
    after = rows.at(-1)!.rowNumber
  }
}

/** Rows that stand word for word in the batch replaced: one hash join. */
async function countRecognised(tx: Transaction, batchId: string, replaced: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `select count(*)::int as n from import_row r where r.batch_id = $1
       and exists (select 1 from import_row old where old.batch_id = $2 and old.cells::jsonb = r.cells::jsonb)`,
    [batchId, replaced],
  )
  return row!.n
}

async function removeReplaced(tx: Transaction, platform: Platform, job: ImportJob, replaced: string): Promise<void> {
  // It may have been submitted or deleted meanwhile: then it stays as it is.
  const [old] = await tx.query<{ id: string; file_id: string }>(
    `select id, file_id from import_batch where id = $1 and room = $2 and category = $3 and org_path = $4
       and status in ('failed', 'ready', 'cancelled') for update`,
    [replaced, job.room, job.category, job.orgPath],
  )
  if (!old) return
  await removeBatch(
    tx,
    platform,
    { id: old.id, fileId: old.file_id },
    {
      actorId: job.filerId,
      actorName: job.filerName,
      orgPath: job.orgPath,
      action: 'import.replaced',
      detail: { by: job.id },
      requestId: job.id,
    },
  )
}
