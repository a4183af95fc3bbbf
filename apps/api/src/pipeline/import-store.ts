import type { Issue } from '@xueji/domain/kernel/issue'
import { passes } from '@xueji/domain/kernel/issue'
import type { Executor, Transaction } from '../platform/db.ts'
import { COPY_COLUMNS, copyLine, type StagedIssue, type StagedRow } from './row-stage.ts'

/** A batch as its job reads it. */
export type ImportJob = {
  readonly id: string
  readonly room: string
  readonly category: string
  readonly orgId: string
  readonly orgPath: string
  readonly orgName: string
  readonly fileId: string
  readonly fileName: string
  readonly fileHash: string
  /** Who files: the one who gave 提交, else the uploader. */
  readonly filerId: string
  readonly filerName: string
  readonly task: 'check' | 'submit' | 'submitClean' | 'undo'
  readonly submitMode: 'auto' | 'manual'
  readonly replaces: string | null
  readonly factsKey: string | null
  /** Who gave 撤回. */
  readonly undoBy: string | null
  readonly undoName: string | null
}

/** Why a whole file is refused, or a batch not taken back: a code of FILE_REFUSALS and, where it helps, what was found. */
export type FileFailure = { readonly code: string; readonly detail?: string }

/** The phases a registrar sees, with their share of the progress bar. */
export const IMPORT_PHASES = {
  queued: ['排队等待', 0],
  reading: ['读取并校验文件', 5],
  comparing: ['比对重复证件号', 75],
  submitting: ['发起注册', 90],
  entering: ['写入', 90],
  undoing: ['撤回注册申请', 5],
  finished: ['处理完毕', 100],
} as const

/** Name of a phase. */
export type ImportPhase = keyof typeof IMPORT_PHASES

/** Thrown to roll back the staging of a batch that was cancelled meanwhile. */
export class BatchCancelled extends Error {}

/** Takes a batch to work on; undefined when it is finished, cancelled or gone. */
export async function takeBatch(tx: Transaction, batchId: string, now: Date): Promise<ImportJob | undefined> {
  const [row] = await tx.query<ImportJob>(
    `update import_batch b set status = 'running', attempts = attempts + 1, started_at = coalesce(started_at, $2), heartbeat_at = $2,
       phase = case b.task when 'check' then 'reading' when 'undo' then 'undoing' else 'comparing' end
     from organization o where b.id = $1 and o.id = b.org_id and b.status in ('pending', 'running')
     returning b.id, b.room, b.category, b.org_id as "orgId", b.org_path as "orgPath", o.name as "orgName", b.file_id as "fileId",
       b.file_name as "fileName", b.file_hash as "fileHash", coalesce(b.submitted_by, b.uploaded_by) as "filerId",
       coalesce(b.submitter_name, b.uploader_name) as "filerName", b.task, b.submit_mode as "submitMode", b.replaces, b.facts_key as "factsKey",
       b.undo_by as "undoBy", b.undo_name as "undoName"`,
    [batchId, now],
  )
  return row
}

/** Locks a batch for its closing; false when it is no longer running. Rows refer to it, and go on being added: their keys are left alone. */
export async function isStillRunning(tx: Transaction, batchId: string): Promise<boolean> {
  const [live] = await tx.query<{ status: string }>('select status from import_batch where id = $1 for no key update', [
    batchId,
  ])
  return live?.status === 'running'
}

/**
 * Stages rows by COPY in the transaction given; what an earlier, killed attempt left is dropped first. A batch cancelled meanwhile keeps none: whoever
 * cancels waits for the lock taken at the end, or is seen by it.
 */
export async function stageRows(
  tx: Transaction,
  job: Pick<ImportJob, 'id' | 'orgPath'>,
  newId: () => string,
  rows: AsyncIterable<readonly StagedRow[]>,
): Promise<void> {
  await dropRows(tx, job.id)
  const lines = async function* (): AsyncGenerator<string> {
    for await (const chunk of rows)
      if (chunk.length > 0) yield chunk.map((row) => copyLine(newId(), job.id, job.orgPath, row)).join('')
  }
  await tx.copyFrom(`copy import_row (${COPY_COLUMNS}) from stdin`, lines())
  const [live] = await tx.query<{ status: string }>('select status from import_batch where id = $1 for share', [job.id])
  if (live?.status !== 'running') throw new BatchCancelled()
}

/** Takes every staged row of a batch away. */
export const dropRows = (db: Executor, batchId: string): Promise<unknown> =>
  db.query('delete from import_row where batch_id = $1', [batchId])

/** Adds issues found after staging as one layer; `valid` follows. One statement. */
export async function addIssues(
  tx: Transaction,
  batchId: string,
  layer: NonNullable<StagedIssue['layer']>,
  issues: ReadonlyMap<number, readonly Issue[]>,
): Promise<void> {
  if (issues.size === 0) return
  const late = [...issues].map(([row_number, list]) => ({
    row_number,
    issues: list.map((issue): StagedIssue => ({ ...issue, layer })),
    passes: passes(list),
  }))
  await tx.query(
    `update import_row r set issues = r.issues || late.issues, valid = r.valid and late.passes
     from jsonb_to_recordset($2::jsonb) as late (row_number int, issues jsonb, passes boolean) where r.batch_id = $1 and r.row_number = late.row_number`,
    [batchId, JSON.stringify(late)],
  )
}

/** Takes off what the nation answered earlier. One statement. */
export const removeHolderIssues = (tx: Transaction, batchId: string): Promise<unknown> =>
  tx.query(
    `update import_row set
       issues = (select coalesce(jsonb_agg(issue order by place), '[]') from jsonb_array_elements(issues) with ordinality as e (issue, place)
         where issue->>'layer' is distinct from 'holder'),
       valid = not exists (select 1 from jsonb_array_elements(issues) as issue
         where issue->>'layer' is distinct from 'holder' and issue->>'severity' = 'error')
     where batch_id = $1 and issues <> '[]' and issues @> '[{"layer":"holder"}]'`,
    [batchId],
  )

/** What a batch amounts to. */
export type RowCounts = {
  readonly total: number
  readonly valid: number
  readonly invalid: number
  readonly dropped: number
}

/** Counts the staged rows: those that may enter, may not, and were left out. */
export async function countRows(tx: Transaction, batchId: string): Promise<RowCounts> {
  const [row] = await tx.query<RowCounts>(
    `select count(*)::int as total, (count(*) filter (where valid and not dropped))::int as valid,
       (count(*) filter (where not valid and not dropped))::int as invalid, (count(*) filter (where dropped))::int as dropped
     from import_row where batch_id = $1`,
    [batchId],
  )
  return row!
}

/** A batch whose rows may enter as they are: none is wrong, and there is one. */
export const isClean = (counts: Pick<RowCounts, 'valid' | 'invalid'>): boolean =>
  counts.invalid === 0 && counts.valid > 0

/** How a job ends a batch. */
export type BatchResult = {
  readonly status: 'succeeded' | 'failed' | 'ready'
  readonly counts: RowCounts
  readonly at: Date
  readonly failure?: FileFailure
  readonly factsKey?: string
  readonly recognised?: number
  /** What rows that become no review items came to. */
  readonly outcome?: Readonly<Record<string, number>> | undefined
}

/** Closes a batch with its result. */
export async function closeBatch(tx: Transaction, batchId: string, result: BatchResult): Promise<void> {
  const { status, counts, at, failure, factsKey, recognised, outcome } = result
  await tx.query(
    `update import_batch set status = $2, total_rows = $3, valid_rows = $4, invalid_rows = $5, dropped_rows = $6, failure = $7, finished_at = $8,
       touched_at = $8, phase = 'finished', progress = 100, facts_key = coalesce($9, facts_key), recognised_rows = coalesce($10, recognised_rows),
       outcome = $11, version = version + 1
     where id = $1 and status = 'running'`,
    [
      batchId,
      status,
      counts.total,
      counts.valid,
      counts.invalid,
      counts.dropped,
      failure ? JSON.stringify(failure) : null,
      at,
      factsKey ?? null,
      recognised ?? null,
      outcome ? JSON.stringify(outcome) : null,
    ],
  )
}

/** What a batch was before its job began, for every task but the check of a file. */
export const STATUS_BEFORE = `case when task = 'undo' then 'succeeded' when invalid_rows = 0 and valid_rows > 0 then 'ready' else 'failed' end`

/** Gives up a submission, or the taking back of one: the batch stands where it stood before. Returns what it is then; undefined when it was neither. */
export async function putBack(tx: Transaction, batchId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ status: string }>(
    `update import_batch set status = ${STATUS_BEFORE}, phase = 'finished', progress = 100,
       version = version + 1
     where id = $1 and status = 'running' and task <> 'check' returning status`,
    [batchId],
  )
  return row?.status
}
