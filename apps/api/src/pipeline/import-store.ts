import type { Transaction } from '../platform/db.ts'
import type { CheckedRow } from './row-stage.ts'
import { copyLine } from './row-stage.ts'

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
  readonly uploadedBy: string
  readonly uploaderName: string
  readonly status: string
}

/** Why a whole file is refused: a code of FILE_REFUSALS and, where it helps, what was found. */
export type FileFailure = { readonly code: string; readonly detail?: string }

/** The phases a registrar sees, with their share of the progress bar. */
export const IMPORT_PHASES = {
  queued: ['排队等待', 0],
  reading: ['读取并校验文件', 5],
  comparing: ['比对重复证件号', 75],
  submitting: ['发起注册', 90],
  finished: ['处理完毕', 100],
} as const

/** Name of a phase. */
export type ImportPhase = keyof typeof IMPORT_PHASES

/** Takes a batch to work on; undefined when it is finished or gone. */
export async function takeBatch(tx: Transaction, batchId: string, now: Date): Promise<ImportJob | undefined> {
  const [row] = await tx.query<ImportJob>(
    `update import_batch b set status = 'running', attempts = attempts + 1, started_at = coalesce(started_at, $2), heartbeat_at = $2,
       phase = 'reading'
     from organization o where b.id = $1 and o.id = b.org_id and b.status in ('pending', 'running')
     returning b.id, b.room, b.category, b.org_id as "orgId", b.org_path as "orgPath", o.name as "orgName", b.file_id as "fileId",
       b.file_name as "fileName", b.file_hash as "fileHash", b.uploaded_by as "uploadedBy", b.uploader_name as "uploaderName", b.status`,
    [batchId, now],
  )
  return row
}

/** Stages rows by COPY in the transaction given; what an earlier, killed attempt left is dropped first. */
export async function stageRows(
  tx: Transaction,
  job: Pick<ImportJob, 'id' | 'orgPath'>,
  newId: () => string,
  rows: AsyncIterable<readonly CheckedRow[]>,
): Promise<void> {
  await tx.query('delete from import_row where batch_id = $1', [job.id])
  const lines = async function* (): AsyncGenerator<string> {
    for await (const chunk of rows)
      if (chunk.length > 0) yield chunk.map((row) => copyLine(newId(), job.id, job.orgPath, row)).join('')
  }
  await tx.copyFrom(
    'copy import_row (id, batch_id, org_path, row_number, cells, values, issues, valid) from stdin',
    lines(),
  )
}

/** Adds issues found after staging; `valid` follows. One statement. */
export async function addIssues(
  tx: Transaction,
  batchId: string,
  issues: ReadonlyMap<number, readonly unknown[]>,
): Promise<void> {
  if (issues.size === 0) return
  await tx.query(
    `update import_row r set issues = r.issues || late.issues, valid = false
     from jsonb_to_recordset($2::jsonb) as late (row_number int, issues jsonb) where r.batch_id = $1 and r.row_number = late.row_number`,
    [batchId, JSON.stringify([...issues].map(([row_number, list]) => ({ row_number, issues: list })))],
  )
}

/** Rows staged and rows that may not enter. */
export async function countRows(tx: Transaction, batchId: string): Promise<{ total: number; invalid: number }> {
  const [row] = await tx.query<{ total: number; invalid: number }>(
    'select count(*)::int as total, (count(*) filter (where not valid))::int as invalid from import_row where batch_id = $1',
    [batchId],
  )
  return row!
}

/** Closes a batch with its result. */
export async function closeBatch(
  tx: Transaction,
  batchId: string,
  result: { status: 'succeeded' | 'failed'; total: number; invalid: number; failure?: FileFailure; at: Date },
): Promise<void> {
  await tx.query(
    `update import_batch set status = $2, total_rows = $3::int, invalid_rows = $4::int, valid_rows = $3::int - $4::int, failure = $5, finished_at = $6, phase = 'finished', progress = 100
     where id = $1 and status = 'running'`,
    [
      batchId,
      result.status,
      result.total,
      result.invalid,
      result.failure ? JSON.stringify(result.failure) : null,
      result.at,
    ],
  )
}
