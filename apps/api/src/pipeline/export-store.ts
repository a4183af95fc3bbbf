import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { ExportConditions, ExportListName, ExportStatus } from '@xueji/contracts/pipeline/export.api'
import type { Actor } from '@xueji/domain/access/roles'
import type { Clock } from '../platform/clock.ts'
import type { Executor, Transaction } from '../platform/db.ts'
import type { ReceivedFile } from '../platform/files.ts'
import { maskNumber } from './item-view.ts'

/** An export as its job reads it. */
export type ExportJob = {
  readonly id: string
  readonly room: string
  readonly list: string
  readonly orgPath: string
  readonly actor: Actor
  readonly authoriserId: string
  readonly authoriserName: string
  readonly conditions: ExportConditions
  readonly conditionsText: string
  readonly columns: readonly string[]
  readonly fileId: string
  readonly fileName: string
  readonly createdAt: Date
}

/** What an export is made of, when it is asked for. */
export type NewExport = Omit<ExportJob, 'id' | 'orgPath' | 'fileId' | 'createdAt'> & { readonly requestId: string }

const JOB_COLUMNS = `id, room, list, org_path as "orgPath", actor, authoriser_id as "authoriserId", authoriser_name as "authoriserName", conditions,
  conditions_text as "conditionsText", columns, file_id as "fileId", file_name as "fileName", created_at as "createdAt"`

/** Enters an export into the book; its file gets an id at once, so that whatever is left of it is found. Returns its id. */
export async function addExport(tx: Transaction, clock: Clock, wish: NewExport): Promise<string> {
  const id = clock.newId()
  await tx.query(
    `insert into export_job (id, room, list, org_id, org_path, account_id, actor, authoriser_id, authoriser_name, conditions, conditions_text, columns,
       file_id, file_name, request_id, created_at, heartbeat_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)`,
    [
      id,
      wish.room,
      wish.list,
      wish.actor.orgId,
      wish.actor.orgPath,
      wish.actor.accountId,
      JSON.stringify(wish.actor),
      wish.authoriserId,
      wish.authoriserName,
      JSON.stringify(wish.conditions),
      wish.conditionsText,
      wish.columns,
      clock.newId(),
      wish.fileName,
      wish.requestId,
      clock.now(),
    ],
  )
  return id
}

/** Takes an export to work on, from its beginning; undefined when it is finished, cancelled or gone. */
export async function takeExport(tx: Transaction, id: string, now: Date): Promise<ExportJob | undefined> {
  const [job] = await tx.query<ExportJob>(
    `update export_job set status = 'running', attempts = attempts + 1, started_at = coalesce(started_at, $2), heartbeat_at = $2, done = 0, total = null
     where id = $1 and status in ('pending', 'running') returning ${JOB_COLUMNS}`,
    [id, now],
  )
  return job
}

/** Gives up exports that nobody has worked on since `stale` and that have been begun `most` times; returns them as they were asked for. */
export async function giveUpExports(tx: Transaction, most: number, stale: Date, now: Date): Promise<ExportJob[]> {
  // The conditions are audited as they were: once ended, a job no longer holds the names and numbers among them.
  const jobs = await tx.query<ExportJob>(
    `select ${JOB_COLUMNS} from export_job where status in ('pending', 'running') and attempts >= $1 and heartbeat_at < $2 for update skip locked`,
    [most, stale],
  )
  await tx.query(
    `update export_job set status = 'failed', failure = $3, finished_at = $2, conditions = conditions - '{studentName,identityNumber,own}'::text[]
     where id = any($1::uuid[])`,
    [jobs.map(({ id }) => id), now, GIVEN_UP.failure],
  )
  return jobs
}

/** The end of an export that ended its process again and again. */
export const GIVEN_UP = { status: 'failed', failure: 'export.stopped' } as const satisfies ExportEnd

/** Notes how far an export is; false when it is to stop: cancelled meanwhile, or taken from us. */
export async function noteExport(
  db: Executor,
  id: string,
  progress: { readonly done: number; readonly total: number },
  now: Date,
): Promise<boolean> {
  const rows = await db.query(
    `update export_job set done = $2, total = $3, heartbeat_at = $4 where id = $1 and status = 'running' returning 1`,
    [id, progress.done, progress.total, now],
  )
  return rows.length > 0
}

/** How an export ended. */
export type ExportEnd =
  | { readonly status: 'ready'; readonly rows: number; readonly file: ReceivedFile; readonly expiresAt: Date }
  | { readonly status: 'failed'; readonly failure: RefusalId }

/** Closes an export; false when it was cancelled before. The names and numbers among its conditions have done their duty. */
export async function closeExport(tx: Transaction, job: ExportJob, end: ExportEnd, now: Date): Promise<boolean> {
  const ready = end.status === 'ready' ? end : undefined
  const rows = await tx.query(
    `update export_job set status = $2::text, done = coalesce($3::int, done), total = coalesce($3::int, total), size = $4, expires_at = $5, failure = $6,
       finished_at = $7, conditions = conditions - '{studentName,identityNumber,own}'::text[] where id = $1 and status = 'running' returning 1`,
    [
      job.id,
      end.status,
      ready?.rows ?? null,
      ready?.file.size ?? null,
      ready?.expiresAt ?? null,
      end.status === 'failed' ? end.failure : null,
      now,
    ],
  )
  if (rows.length > 0 && ready)
    await tx.query(
      `insert into stored_file (id, org_path, name, size, sha256, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (id) do update set size = excluded.size, sha256 = excluded.sha256`,
      [job.fileId, job.orgPath, job.fileName, ready.file.size, ready.file.sha256, job.actor.accountId, now],
    )
  return rows.length > 0
}

/** Cancels what has not ended; true when there was something to cancel. */
export async function cancelExport(tx: Transaction, id: string, accountId: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    `update export_job set status = 'cancelled', finished_at = $3, conditions = conditions - '{studentName,identityNumber,own}'::text[]
     where id = $1 and account_id = $2 and status in ('pending', 'running') returning 1`,
    [id, accountId, now],
  )
  return rows.length > 0
}

/** An export as lists show it. */
export type StoredExport = {
  readonly id: string
  readonly list: ExportListName
  readonly accountId: string
  readonly askerName: string
  readonly authoriserName: string
  readonly conditionsText: string
  readonly columns: readonly string[]
  readonly status: ExportStatus
  readonly total: number | null
  readonly done: number
  readonly failure: RefusalId | null
  readonly fileId: string | null
  readonly fileName: string
  readonly size: number | null
  readonly createdAt: Date
  readonly finishedAt: Date | null
  readonly expiresAt: Date | null
}

const STORED_COLUMNS = `id, list, account_id as "accountId", actor->>'displayName' as "askerName", authoriser_name as "authoriserName",
  conditions_text as "conditionsText", columns, status, total, done, failure, file_id as "fileId", file_name as "fileName", size,
  created_at as "createdAt", finished_at as "finishedAt", expires_at as "expiresAt"`

/** Exports made in an organisation, newest first: all of a room, or one by its id. */
export const listExports = (
  tx: Transaction,
  room: string,
  orgPath: string,
  which: { readonly id?: string; readonly limit: number },
): Promise<StoredExport[]> =>
  tx.query<StoredExport>(
    `select ${STORED_COLUMNS} from export_job where org_path = $1 and room = $2 and ($3::uuid is null or id = $3::uuid) order by id desc limit $4`,
    [orgPath, room, which.id ?? null, which.limit],
  )

/** Conditions as the audit keeps them: which child was meant can be checked against them, but not read from them, for the audit is for ever. */
export function auditedConditions({
  studentName,
  identityNumber,
  own,
  ...rest
}: ExportConditions): Record<string, unknown> {
  return {
    ...rest,
    ...(own
      ? { own: Object.fromEntries(Object.entries(own).map(([key, value]) => [key, auditedValue(key, value)])) }
      : {}),
    ...(studentName ? { studentName: `${studentName.slice(0, 1)}*` } : {}),
    ...(identityNumber ? { identityNumber: maskNumber(identityNumber) } : {}),
  }
}

function auditedValue(key: string, value: string | number | boolean): string | number | boolean | null {
  if (key === 'studentName') return `${String(value).slice(0, 1)}*`
  return key.endsWith('Number') ? maskNumber(String(value)) : value
}
