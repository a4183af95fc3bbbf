import { Readable } from 'node:stream'
import { findTemplate } from '@xueji/contracts/rooms/registration/registration.template'
import { flatten } from '@xueji/contracts/template/row-schema'
import type { Actor } from '@xueji/domain/access/roles'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { addExport, type NewExport } from '../pipeline/export-store.ts'
import { type FilingOutcome, fileItem } from '../pipeline/file-item.ts'
import { runImport } from '../pipeline/import-run.ts'
import { commandItems, type ItemOutcome } from '../pipeline/review-command.ts'
import { loadSettings } from '../platform/settings.ts'
import { findRoom } from '../rooms/index.ts'
import { registrationRoom } from '../rooms/registration/registration.room.ts'
import { rosterFile } from './roster-file.ts'
import type { TestPlatform } from './test-platform.ts'

/** Stores a file as an upload would and returns the batch it waits in. */
export async function stageUpload(
  platform: TestPlatform,
  actor: Actor,
  bytes: Uint8Array,
  category = 'R11',
  room = 'registration',
): Promise<string> {
  const { db, clock, files } = platform
  const [fileId, batchId] = [clock.newId(), clock.newId()]
  const received = await files.receive(fileId, Readable.from([Buffer.from(bytes)]), 1 << 28)
  if (received === 'tooLarge') throw new Error('test file too large')
  await db.inScopeOf(actor, (tx) =>
    tx.query(
      `insert into import_batch (id, room, category, org_id, org_path, file_id, file_name, file_hash, uploaded_by, uploader_name, uploaded_at)
       values ($1, $10, $2, $3, $4, $5, '名单.xlsx', $6, $7, $8, $9)`,
      [
        batchId,
        category,
        actor.orgId,
        actor.orgPath,
        fileId,
        received.sha256,
        actor.accountId,
        actor.displayName,
        clock.now(),
        room,
      ],
    ),
  )
  return batchId
}

/** Uploads children and runs the import to its end; returns the batch's id. */
export async function importChildren(
  platform: TestPlatform,
  actor: Actor,
  children: readonly StudentValues[],
  edit?: Parameters<typeof rosterFile>[1],
  category = 'R11',
): Promise<string> {
  const bytes = await rosterFile(children, edit, findTemplate(category))
  const batchId = await stageUpload(platform, actor, bytes, category)
  await runImport(platform, findRoom, batchId)
  return batchId
}

/** Marks every waiting item as the register would: all clear and matching, or as told. */
export async function passChecks(platform: TestPlatform, verificationStatus: 2 | 3 = 2): Promise<void> {
  await platform.db.system.query(
    `update review_item set status = 'open', duplicate_status = 2, verification_status = $1::int, verification_fault = case when $1::int = 3 then 'nameMismatch' end,
       waiting_path = chain->0->>'orgPath', waiting_act = chain->0->>'act', next_check_at = null where status = 'checking'`,
    [verificationStatus],
  )
}

/** Files a child by the form; the outcome as the route gets it. */
export async function fileChild(
  platform: TestPlatform,
  actor: Actor,
  category: string,
  child: StudentValues,
  evidenceIds: readonly string[] = [],
): Promise<FilingOutcome> {
  const settings = await loadSettings(platform.db.system, actor.orgPath)
  const { schoolCode: _, ...values } = flatten(child)
  return platform.db.inScopeOf(actor, (tx) =>
    fileItem(tx, platform, { actor, requestId: 'test' }, settings, registrationRoom, {
      category,
      values,
      evidenceIds,
    }),
  )
}

/** Gives one command to items as one set, in the actor's scope. */
export async function command(
  platform: TestPlatform,
  actor: Actor,
  name: 'approve' | 'refuse' | 'escalate' | 'remove',
  ids: readonly string[],
  opinion = '',
): Promise<readonly ItemOutcome[]> {
  const settings = await loadSettings(platform.db.system, actor.orgPath)
  return platform.db.inScopeOf(actor, (tx) =>
    commandItems(tx, platform, actor, settings, {
      room: registrationRoom,
      command: name,
      opinion,
      ids,
      requestId: 'test',
    }),
  )
}

/** Ids of the items of a batch in row order. */
export async function itemsOf(platform: TestPlatform, batchId: string): Promise<string[]> {
  const rows = await platform.db.system.query<{ id: string }>(
    'select id from review_item where import_batch_id = $1 order by id',
    [batchId],
  )
  return rows.map((row) => row.id)
}

/** Enters an export as the route does once it is authorised; returns its id. */
export function askExport(
  platform: TestPlatform,
  actor: Actor,
  authoriser: Actor,
  wish: Partial<Pick<NewExport, 'room' | 'list' | 'conditions' | 'columns'>> = {},
): Promise<string> {
  return platform.db.inScopeOf(actor, (tx) =>
    addExport(tx, platform.clock, {
      room: registrationRoom.name,
      list: 'items',
      actor,
      authoriserId: authoriser.accountId,
      authoriserName: authoriser.displayName,
      conditions: { view: 'all' },
      conditionsText: '无（全部）',
      columns: ['name', 'identityNumber', 'guardians.0.phone'],
      fileName: '导出.xlsx',
      requestId: 'test',
      ...wish,
    }),
  )
}
