import type { Actor } from '@xueji/domain/access/roles'
import type { FastifyRequest } from 'fastify'
import { type AuditLine, appendAudit } from '../platform/audit.ts'
import type { Transaction } from '../platform/db.ts'
import { sessionOf } from '../platform/http/authenticate.ts'
import { publish } from '../platform/live-events.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { BATCH_COLUMNS, type StoredBatch } from './import-view.ts'
import type { Room } from './room.ts'

/** Who commands, and by which request. */
export type Commander = { readonly actor: Actor; readonly requestId: string }

/** The caller of a request. */
export const commanderOf = (request: FastifyRequest): Commander => ({
  actor: sessionOf(request).actor,
  requestId: request.id,
})

/** A batch locked for a command. */
export type LockedBatch = StoredBatch & { readonly org_path: string; readonly file_id: string }

const LOCKED_COLUMNS = `${BATCH_COLUMNS}, org_path, file_id`

/** Locks a batch of the room within the caller's range; a version that is not the one its giver saw is refused. Rows may go on referring to it. */
export async function lockBatch(
  tx: Transaction,
  room: Pick<Room, 'name'>,
  id: string,
  version?: number,
): Promise<LockedBatch> {
  const [batch] = await tx.query<LockedBatch>(
    `select ${LOCKED_COLUMNS} from import_batch where id = $1 and room = $2 for no key update of import_batch`,
    [id, room.name],
  )
  if (!batch) refuse('notFound')
  if (version !== undefined && batch.version !== version) refuse('import.changed')
  return batch
}

/** Rows of a batch may be corrected while it has rows and has not become items. */
export function requireCorrectable(batch: StoredBatch): void {
  const open = (batch.status === 'failed' || batch.status === 'ready') && batch.failure === null
  if (!open) refuse('import.notCorrectable')
}

/** The batch as it is now, inside the transaction that changed it. */
export async function readBatch(tx: Transaction, id: string): Promise<StoredBatch> {
  const [batch] = await tx.query<StoredBatch>(`select ${BATCH_COLUMNS} from import_batch where id = $1`, [id])
  return batch!
}

/** One audit line for a command on a batch. */
export const auditCommand = (
  tx: Transaction,
  { clock }: Pick<Platform, 'clock'>,
  { actor, requestId }: Commander,
  action: string,
  target: string,
  detail: AuditLine['detail'],
): Promise<void> => appendAudit(tx, clock, [{ ...lineOf({ actor, requestId }), action, target, detail }])

/** The part of an audit line that says who. */
export const lineOf = ({ actor, requestId }: Commander): Omit<AuditLine, 'action' | 'target' | 'detail'> => ({
  actorId: actor.accountId,
  actorName: actor.displayName,
  orgPath: actor.orgPath,
  requestId,
})

/** News for whoever looks at the batch. */
export const announceBatch = (
  { db }: Pick<Platform, 'db'>,
  orgPath: string,
  batch: Pick<StoredBatch, 'id' | 'phase' | 'progress'>,
): Promise<void> =>
  publish(db.system, { topic: 'import', id: batch.id, orgPath, phase: batch.phase, done: batch.progress, total: 100 })
