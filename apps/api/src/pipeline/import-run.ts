import { QUEUES } from '@xueji/db/queues'
import type { Issue } from '@xueji/domain/kernel/issue'
import type { Transaction } from '../platform/db.ts'
import { publish } from '../platform/live-events.ts'
import type { Platform } from '../platform/platform.ts'
import { loadSettings } from '../platform/settings.ts'
import { auditImport, type Closing, closeChecked, closeSubmission } from './import-close.ts'
import {
  BatchCancelled,
  closeBatch,
  type FileFailure,
  IMPORT_PHASES,
  type ImportJob,
  type ImportPhase,
  putBack,
  stageRows,
  takeBatch,
} from './import-store.ts'
import { openRoster, RosterEnded, type RosterRows } from './read-roster.ts'
import { type FileRoom, findEntry, type ImportEntry, type RowChecker } from './room.ts'
import { createFileComparison, makeRowCheck, type StagedRow } from './row-stage.ts'
import { ClaimLost } from './submit-batch.ts'
import { runUndo } from './undo-batch.ts'

// A number can be lost to another school between check and claim; each loss is seen by the next check, so this ends.
const SUBMIT_ATTEMPTS = 5

/**
 * Does what a batch waits for. A file: read → shape → rules → facts → nation → staged, and submitted whole if it is clean and not to wait, or kept with
 * every issue named (REG-006…010). A checked batch somebody gave 提交 for: asked about once more and submitted. A submitted one somebody gave 撤回 for:
 * taken back. One process at a time; may be killed
 * anywhere and run again: staging is one transaction, submission is another, and a finished batch is left alone.
 */
export async function runImport(
  platform: Platform,
  rooms: (name: string) => FileRoom | undefined,
  batchId: string,
): Promise<void> {
  await platform.db.exclusively(batchId, () => runAlone(platform, rooms, batchId))
}

async function runAlone(
  platform: Platform,
  rooms: (name: string) => FileRoom | undefined,
  batchId: string,
): Promise<void> {
  const { db, clock } = platform
  const job = await db.inSystem((tx) => takeBatch(tx, batchId, clock.now()))
  if (!job) return
  if (job.task === 'undo') return runUndo(platform, job)
  const room = rooms(job.room)
  const entry = room && findEntry<ImportEntry>(room, job.category)
  if (!room || !entry?.importable) return giveUp(platform, job, { code: 'otherTemplate' })
  const settings = await loadSettings(db.system, job.orgPath)
  const checker = await room.loadChecker(
    db.system,
    clock.today(),
    { id: job.orgId, path: job.orgPath, name: job.orgName },
    settings,
    entry,
  )
  if ('refusal' in checker) return giveUp(platform, job, { code: checker.refusal })
  const closing: Closing = {
    platform,
    room,
    entry,
    job,
    checker,
    announceSubmitting: () =>
      announce(platform, job, room.enterRows ? 'entering' : 'submitting', IMPORT_PHASES.submitting[1]),
  }
  if (job.task === 'check') {
    const comparison = await readAndStage(platform, job, entry, checker)
    if (!comparison) return
    if ('failure' in comparison) return giveUp(platform, job, comparison.failure)
    await report(platform, job, 'comparing').catch(passOverCancelled)
    await closeAgainstOthers(platform, job, (tx) => closeChecked(tx, closing, comparison.issues))
  } else await closeAgainstOthers(platform, job, (tx) => closeSubmission(tx, closing))
  await announce(platform, job, 'finished', 100)
  await platform.jobs.send(QUEUES.identityCheck, {}, { key: 'now' })
}

/** Closes a batch; where another school was quicker with a number, the nation is asked once more (DUP-008). */
async function closeAgainstOthers(
  { db }: Platform,
  job: ImportJob,
  close: (tx: Transaction) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.inScopeOf(job, close)
    } catch (error) {
      if (!(error instanceof ClaimLost) || attempt === SUBMIT_ATTEMPTS) throw error
    }
  }
}

type Staged = { readonly issues: ReadonlyMap<number, readonly Issue[]> } | { readonly failure: FileFailure }

/** Reads the file and stages its rows; undefined when the batch was cancelled meanwhile, which leaves none. */
async function readAndStage(
  platform: Platform,
  job: ImportJob,
  entry: ImportEntry,
  checker: RowChecker,
): Promise<Staged | undefined> {
  const roster = await openRoster(platform.files.pathOf(job.fileId), entry.template, platform.log)
  if ('refused' in roster) return { failure: roster.refused }
  try {
    return await stage(platform, job, entry, checker, roster)
  } catch (error) {
    if (error instanceof BatchCancelled || (await isGone(platform, job))) return undefined
    throw error
  } finally {
    roster.stop()
  }
}

// A cancelled batch may even be deleted while its rows arrive: they have nothing to belong to, and that is no fault.
async function isGone({ db }: Platform, job: ImportJob): Promise<boolean> {
  const [row] = await db.system.query<{ status: string }>('select status from import_batch where id = $1', [job.id])
  return row?.status !== 'running'
}

const passOverCancelled = (error: unknown): void => {
  if (!(error instanceof BatchCancelled)) throw error
}

async function stage(
  platform: Platform,
  job: ImportJob,
  entry: ImportEntry,
  checker: RowChecker,
  roster: RosterRows,
): Promise<Staged> {
  const { db, clock } = platform
  const check = makeRowCheck(entry.template, checker)
  const comparison = createFileComparison()
  let count = 0
  let reportedAt = clock.now().getTime()
  const checked = async function* (): AsyncGenerator<readonly StagedRow[]> {
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

/** Ends a file that is no roster of ours; a batch already checked goes back to where it was, for its rows are not at fault. */
async function giveUp(platform: Platform, job: ImportJob, failure: FileFailure): Promise<void> {
  await platform.db.inScopeOf(job, async (tx) => {
    if (job.task === 'check')
      await closeBatch(tx, job.id, { status: 'failed', counts: NO_ROWS, failure, at: platform.clock.now() })
    else await putBack(tx, job.id)
    await auditImport(platform, tx, job, { failure: failure.code })
  })
  await announce(platform, job, 'finished', 100)
}

const NO_ROWS = { total: 0, valid: 0, invalid: 0, dropped: 0 }

async function report(platform: Platform, job: ImportJob, phase: ImportPhase, rows?: number): Promise<void> {
  const [, start] = IMPORT_PHASES[phase]
  // The reader does not know the number of rows beforehand: the bar nears the next phase without reaching it.
  const progress =
    phase === 'reading' && rows ? Math.min(74, start + Math.round(69 * (1 - Math.exp(-rows / 20_000)))) : start
  const [live] = await platform.db.system.query(
    `update import_batch set phase = $2, progress = $3, total_rows = coalesce($4, total_rows), heartbeat_at = $5
     where id = $1 and status = 'running' returning 1`,
    [job.id, phase, progress, rows ?? null, platform.clock.now()],
  )
  // Nobody waits for it any more: the reader is stopped, what was staged is rolled back.
  if (!live) throw new BatchCancelled()
  await announce(platform, job, phase, progress)
}

// Within the closing transaction the batch is locked: news goes out, the row follows with the commit.
const announce = (platform: Platform, job: ImportJob, phase: ImportPhase, progress: number): Promise<void> =>
  publish(platform.db.system, { topic: 'import', id: job.id, orgPath: job.orgPath, phase, done: progress, total: 100 })
