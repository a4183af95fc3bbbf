import type { Readable } from 'node:stream'
import { Id } from '@xueji/contracts/common/wire'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import type { Actor } from '@xueji/domain/access/roles'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { appendAudit } from '../platform/audit.ts'
import { sessionOf } from '../platform/http/authenticate.ts'
import { onlyRoles } from '../platform/http/policy.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { openMarkedFile } from './marked-file.ts'
import { listMarks } from './marked-file-marks.ts'
import { type FileRoom, findEntry, type ImportEntry } from './room.ts'
import { createTurns } from './turns.ts'

/** Files looked at and planned at a time; others wait their turn. */
const PLANNED_AT_ONCE = 2
/** Files on their way at a time, each kept going by a process. */
const SENT_AT_ONCE = 12

type Batch = {
  status: string
  category: string
  file_id: string
  file_name: string
  file_hash: string
  issues: boolean
}

/** The uploaded file of an import with every bad cell coloured and commented, to be corrected in Excel and uploaded again. */
export const markedFileRoutes =
  (platform: Platform, room: FileRoom): FastifyPluginAsyncZod =>
  async (app) => {
    const turns = createTurns(PLANNED_AT_ONCE)
    let underway = 0
    app.get(
      `/api/rooms/${room.name}/imports/:id/marked-file`,
      {
        schema: { params: z.object({ id: Id }), tags: [room.title] },
        config: onlyRoles(...(room.enterRows ? room.readers : [...room.filers, 'schoolLeader' as const])),
      },
      async (request, reply) => {
        const { actor } = sessionOf(request)
        const { id } = request.params
        const { batch, template } = await openBatch(platform, room, actor, id, request.id)
        const endTurn = await turns.take()
        try {
          if (underway >= SENT_AT_ONCE) refuse('unavailable')
          const file = await makeFile(platform, actor, id, batch.file_id, template)
          underway++
          file.once('close', () => {
            underway--
          })
          return reply
            .header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
            .header('content-disposition', attachment(markedName(batch.file_name)))
            .send(file)
        } finally {
          endTurn()
        }
      },
    )
  }

/** A finished batch with something to mark, its leaving written to the audit: the file is full of personal data. */
async function openBatch(
  { db, clock }: Platform,
  room: FileRoom,
  actor: Actor,
  id: string,
  requestId: string,
): Promise<{ batch: Batch; template: RoomTemplate }> {
  return db.inScopeOf(actor, async (tx) => {
    const [batch] = await tx.query<Batch>(
      `select status, category, file_id, file_name, file_hash,
         exists (select from import_row r where r.batch_id = b.id and r.issues <> '[]') as issues
       from import_batch b where id = $1 and room = $2`,
      [id, room.name],
    )
    if (!batch) refuse('notFound')
    if (batch.status === 'pending' || batch.status === 'running') refuse('import.notFinished')
    const template = findEntry<ImportEntry>(room, batch.category)?.template
    if (!batch.issues || !template) refuse('import.nothingToMark')
    await appendAudit(tx, clock, [
      {
        actorId: actor.accountId,
        actorName: actor.displayName,
        orgPath: actor.orgPath,
        action: 'import.markedFile',
        target: id,
        detail: { category: batch.category, fileHash: batch.file_hash },
        requestId,
      },
    ])
    return { batch, template }
  })
}

/** The file marked in place; where that cannot be (not an .xlsx, say), its rows in the room's template with the same marks. */
async function makeFile(
  { db, files, log }: Platform,
  actor: Actor,
  batchId: string,
  fileId: string,
  template: RoomTemplate,
): Promise<Readable> {
  const marks = listMarks((work) => db.inScopeOf(actor, work), batchId, template)
  const marked = await openMarkedFile(files.pathOf(fileId), template, marks, log)
  if ('code' in marked) refuse('import.fileUnreadable')
  return marked
}

const SUFFIX = '-问题标注'

/** Marked once more, a file keeps its name. */
function markedName(fileName: string): string {
  const base = fileName.replace(/\.[^.]{1,5}$/, '')
  return `${base.endsWith(SUFFIX) ? base : base + SUFFIX}.xlsx`
}

/** RFC 5987; half a character, left where a long name was cut, cannot be encoded. */
function attachment(name: string): string {
  const encoded = encodeURIComponent(name.replace(/\p{Cs}/gu, '')).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="marked.xlsx"; filename*=UTF-8''${encoded}`
}
