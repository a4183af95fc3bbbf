import type { UploadResponse } from '@xueji/contracts/pipeline/import.api'
import type { Transaction } from '../platform/db.ts'
import type { ReceivedFile } from '../platform/files.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { auditCommand, type Commander } from './batch-lock.ts'
import { BATCH_COLUMNS, IDLE_STATUSES, presentBatch, type StoredBatch } from './import-view.ts'
import type { FileRoom } from './room.ts'

/** A file received, and what its uploader wishes. */
export type Upload = ReceivedFile & {
  readonly batchId: string
  readonly fileId: string
  readonly category: string
  readonly fileName: string
  readonly submitMode: 'auto' | 'manual'
  readonly replaces?: string
}

/** Makes a batch of a received file, to be worked on by its job; tells of an earlier upload of the same bytes. */
export async function storeUpload(
  tx: Transaction,
  platform: Pick<Platform, 'clock'>,
  by: Commander,
  room: Pick<FileRoom, 'name'>,
  upload: Upload,
): Promise<UploadResponse> {
  const { actor } = by
  const { batchId, fileId, category, fileName, sha256, size, submitMode, replaces } = upload
  if (replaces) await requireReplaceable(tx, actor.orgPath, room, category, replaces)
  const now = platform.clock.now()
  const [earlier] = await tx.query<StoredBatch>(
    `select ${BATCH_COLUMNS} from import_batch where org_path = $1 and room = $2 and category = $3 and file_hash = $4 order by id desc limit 1`,
    [actor.orgPath, room.name, category, sha256],
  )
  await tx.query(
    'insert into stored_file (id, org_path, name, size, sha256, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [fileId, actor.orgPath, fileName, size, sha256, actor.accountId, now],
  )
  const [batch] = await tx.query<StoredBatch>(
    `insert into import_batch (id, room, category, org_id, org_path, file_id, file_name, file_hash, uploaded_by, uploader_name, uploaded_at, touched_at,
       submit_mode, replaces)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13) returning ${BATCH_COLUMNS}`,
    [
      batchId,
      room.name,
      category,
      actor.orgId,
      actor.orgPath,
      fileId,
      fileName,
      sha256,
      actor.accountId,
      actor.displayName,
      now,
      submitMode,
      replaces ?? null,
    ],
  )
  await auditCommand(tx, platform, by, 'import.upload', batchId, {
    category,
    fileHash: sha256,
    size,
    submitMode,
    ...(replaces ? { replaces } : {}),
  })
  return { batch: presentBatch(batch!), earlier: earlier ? earlierOf(earlier) : null }
}

async function requireReplaceable(
  tx: Transaction,
  orgPath: string,
  room: Pick<FileRoom, 'name'>,
  category: string,
  id: string,
): Promise<void> {
  const [batch] = await tx.query<{ status: string; category: string; org_path: string }>(
    'select status, category, org_path from import_batch where id = $1 and room = $2',
    [id, room.name],
  )
  if (!batch) refuse('notFound')
  if (batch.category !== category || batch.org_path !== orgPath || !IDLE_STATUSES.includes(batch.status))
    refuse('import.notReplaceable')
}

function earlierOf(batch: StoredBatch): NonNullable<UploadResponse['earlier']> {
  const { id, uploadedAt, uploaderName, statusName } = presentBatch(batch)
  return { id, uploadedAt, uploaderName, statusName }
}
