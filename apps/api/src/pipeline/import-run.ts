import { QUEUES } from '@xueji/db/queues'
import type { Issue } from '@xueji/domain/kernel/issue'
import { passes } from '@xueji/domain/kernel/issue'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { appendAudit } from '../platform/audit.ts'
import type { Transaction } from '../platform/db.ts'
import { publish } from '../platform/live-events.ts'
import type { Platform } from '../platform/platform.ts'
import { loadSettings } from '../platform/settings.ts'
import { findHoldersOfBatch } from '../record/identity-claims.ts'
import {
  addIssues,
  closeBatch,
  countRows,
  type FileFailure,
  IMPORT_PHASES,
  type ImportJob,
  type ImportPhase,
  stageRows,
  takeBatch,
} from './import-store.ts'
import { openRoster, RosterEnded, type RosterRows } from './read-roster.ts'
import { loadChain } from './resolve-chain.ts'
import { findEntry, type Room, type RoomEntry, type RowChecker } from './room.ts'
import { type CheckedRow, createFileComparison, makeRowCheck } from './row-stage.ts'
import { ClaimLost, submitBatch } from './submit-batch.ts'

// A number can be lost to another school between check and claim; each loss is seen by the next check, so this ends.
const SUBMIT_ATTEMPTS = 5

/**
 * Runs one import batch to its end: read → shape → rules → facts → nation → staged → submitted whole, or refused with every issue named (REG-006…010).
 * One process at a time; may be killed anywhere and run again: staging is one transaction, submission is another, and a finished batch is left alone.
 */
export async function runImport(
  platform: Platform,
  rooms: (name: string) => Room | undefined,
  batchId: string,
): Promise<void> {
  await platform.db.exclusively(batchId, () => runAlone(platform, rooms, batchId))
}

async function runAlone(platform: Platform, rooms: (name: string) => Room | undefined, batchId: string): Promise<void> {
  const { db, clock } = platform
  const job = await db.inSystem((tx) => takeBatch(tx, batchId, clock.now()))
  if (!job) return
  const room = rooms(job.room)
  const entry = room && findEntry(room, job.category)
  if (!room || !entry?.template) return finishWith(platform, job, { code: 'otherTemplate' })
  const settings = await loadSettings(db.system, job.orgPath)
  const checker = await room.loadChecker(
    db.system,
    clock.today(),
    { id: job.orgId, path: job.orgPath, name: job.orgName },
    settings,
  )
  if ('refusal' in checker) return finishWith(platform, job, { code: checker.refusal })
  const roster = await openRoster(platform.files.pathOf(job.fileId), entry.template, platform.log)
  if ('refused' in roster) return finishWith(platform, job, roster.refused)
  const comparison = await stage(platform, job, entry, checker, roster)
  if ('failure' in comparison) return finishWith(platform, job, comparison.failure)
  await report(platform, job, 'comparing')
  for (let attempt = 1; ; attempt++) {
    try {
      await db.inScopeOf(job, (tx) => finish(platform, tx, room, entry, job, checker, comparison.issues))
      break
    } catch (error) {
      if (!(error instanceof ClaimLost) || attempt === SUBMIT_ATTEMPTS) throw error
    }
  }
  await publish(db.system, {
    topic: 'import',
    id: job.id,
    orgPath: job.orgPath,
    phase: 'finished',
    done: 100,
    total: 100,
  })
  await platform.jobs.send(QUEUES.identityCheck, {}, { key: 'now' })
}

async function stage(
  platform: Platform,
  job: ImportJob,
  entry: RoomEntry,
  checker: RowChecker,
  roster: RosterRows,
): Promise<{ readonly issues: ReadonlyMap<number, readonly Issue[]> } | { readonly failure: FileFailure }> {
  const { db, clock } = platform
  const check = makeRowCheck(entry.template!, checker)
  const comparison = createFileComparison()
  let count = 0
  let reportedAt = clock.now().getTime()
  const checked = async function* (): AsyncGenerator<readonly CheckedRow[]> {
    for await (const rows of roster.rows()) {
      const chunk = rows.map(check)
      chunk.forEach(comparison.add)
      count += chunk.length
      yield chunk
      const now = clock.now().getTime()
      if (now - reportedAt > 400) {
        reportedAt = now
        await report(platform, job, 'reading', count)
      }
    }
  }
  await report(platform, job, 'reading', 0)
  try {
    // Rows come once: a second attempt would stage none. The job as a whole is tried again with the file read anew.
    await db.inScopeOf(job, (tx) => stageRows(tx, job, clock.newId, checked()), 'once')
  } catch (error) {
    const failure = error instanceof RosterEnded ? roster.failure() : undefined
    if (failure) return { failure }
    throw error
  }
  if (count === 0) return { failure: { code: 'noRows' } }
  return { issues: checker.checkFile(comparison.rows()) }
}

async function finish(
  platform: Platform,
  tx: Transaction,
  room: Room,
  entry: RoomEntry,
  job: ImportJob,
  checker: RowChecker,
  fileIssues: ReadonlyMap<number, readonly Issue[]>,
): Promise<void> {
  const now = platform.clock.now()
  const [live] = await tx.query<{ status: string }>('select status from import_batch where id = $1 for update', [
    job.id,
  ])
  if (live?.status !== 'running') return
  await addIssues(tx, job.id, await withHolders(tx, job, checker, fileIssues))
  const { total, invalid } = await countRows(tx, job.id)
  if (invalid === 0) {
    await announce(platform, job, 'submitting', IMPORT_PHASES.submitting[1])
    const chain = await loadChain(tx, job.orgId, entry.business, 1, room.escalateAfterSchool)
    await submitBatch(tx, room, entry, job, checker.place, chain, now)
  }
  await closeBatch(tx, job.id, { status: invalid === 0 ? 'succeeded' : 'failed', total, invalid, at: now })
  await audit(platform, tx, job, { rows: total, invalid })
}

/** Issues found in the file plus those of numbers that somebody in the nation already holds. */
async function withHolders(
  tx: Transaction,
  job: ImportJob,
  checker: RowChecker,
  fileIssues: ReadonlyMap<number, readonly Issue[]>,
): Promise<Map<number, readonly Issue[]>> {
  const issues = new Map(fileIssues)
  const holders = await findHoldersOfBatch(tx, job.id, job.orgPath)
  if (holders.size === 0) return issues
  const rows = await tx.query<{ row_number: number; values: StudentValues; issues: Issue[] }>(
    `select row_number, values, issues from import_row where batch_id = $1 and values->>'identityNumber' = any($2)`,
    [job.id, [...holders.keys()]],
  )
  for (const row of rows) {
    const holder = holders.get(row.values.identityNumber ?? '')
    if (!holder) continue
    const found = checker
      .checkHolder(row.values, holder)
      .filter((issue) => passes([issue]) || !row.issues.some((had) => had.code === issue.code))
    if (found.length > 0) issues.set(row.row_number, [...(issues.get(row.row_number) ?? []), ...found])
  }
  return issues
}

async function finishWith(platform: Platform, job: ImportJob, failure: FileFailure): Promise<void> {
  await platform.db.inScopeOf(job, async (tx) => {
    await closeBatch(tx, job.id, { status: 'failed', total: 0, invalid: 0, failure, at: platform.clock.now() })
    await audit(platform, tx, job, { failure: failure.code })
  })
  await publish(platform.db.system, {
    topic: 'import',
    id: job.id,
    orgPath: job.orgPath,
    phase: 'finished',
    done: 100,
    total: 100,
  })
}

async function audit(
  platform: Platform,
  tx: Transaction,
  job: ImportJob,
  detail: Record<string, unknown>,
): Promise<void> {
  await appendAudit(tx, platform.clock, [
    {
      actorId: job.uploadedBy,
      actorName: job.uploaderName,
      orgPath: job.orgPath,
      action: 'import.finish',
      target: job.id,
      detail: { category: job.category, fileHash: job.fileHash, ...detail },
      requestId: job.id,
    },
  ])
}

async function report(platform: Platform, job: ImportJob, phase: ImportPhase, rows?: number): Promise<void> {
  const [, start] = IMPORT_PHASES[phase]
  // The reader does not know the number of rows beforehand: the bar nears the next phase without reaching it.
  const progress =
    phase === 'reading' && rows ? Math.min(74, start + Math.round(69 * (1 - Math.exp(-rows / 20_000)))) : start
  await platform.db.system.query(
    `update import_batch set phase = $2, progress = $3, total_rows = coalesce($4, total_rows), heartbeat_at = $5
     where id = $1 and status = 'running'`,
    [job.id, phase, progress, rows ?? null, platform.clock.now()],
  )
  await announce(platform, job, phase, progress)
}

// Within the closing transaction the batch is locked: news goes out, the row follows with the commit.
const announce = (platform: Platform, job: ImportJob, phase: ImportPhase, progress: number): Promise<void> =>
  publish(platform.db.system, { topic: 'import', id: job.id, orgPath: job.orgPath, phase, done: progress, total: 100 })
