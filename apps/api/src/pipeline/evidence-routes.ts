import { Readable } from 'node:stream'
import { Done, Id } from '@xueji/contracts/common/wire'
import { Evidence, FiledEvidence } from '@xueji/contracts/pipeline/evidence.api'
import type { Role } from '@xueji/domain/access/roles'
import { imageKindOf, imageKindOfName } from '@xueji/domain/image/image-kind'
import { EVIDENCE_BYTES } from '@xueji/domain/image/image-limits'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sessionOf } from '../platform/http/authenticate.ts'
import { sealAnswer } from '../platform/http/idempotency.ts'
import { onlyRoles } from '../platform/http/policy.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { auditCommand, commanderOf } from './batch-lock.ts'
import { addEvidence, dropEvidence, findEvidence, listEvidence } from './evidence-store.ts'
import { shownFileName } from './file-name.ts'
import type { CleanImage } from './image-protocol.ts'
import { createImageReader } from './image-reader.ts'
import { ITEM_READER_ROLES } from './item-routes.ts'
import { receiveWhole } from './receive-whole.ts'

/** Who files anything that takes evidence: schools their applications, bureaus what they handle themselves. */
const EVIDENCE_FILERS: readonly Role[] = [
  'schoolRegistrar',
  'newcomerClerk',
  'countyRegistrar',
  'cityRegistrar',
  'provinceRegistrar',
]

/** Evidence (证明材料, fields 1.8) for all rooms: uploaded one by one, filed with an item by its room (`linkEvidence`), looked at by whoever sees the item. */
export const evidenceRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, files } = platform
    const Params = z.object({ id: Id })
    const tags = ['证明材料']
    const reader = createImageReader(platform.log)
    app.addHook('onClose', async () => reader.close())

    app.post(
      '/api/evidence',
      {
        schema: { response: { 200: Evidence }, tags, consumes: ['multipart/form-data'] },
        config: onlyRoles(...EVIDENCE_FILERS),
      },
      async (request) => {
        const received = await receiveWhole(request, EVIDENCE_BYTES)
        if (!received) refuse('evidence.noFile')
        if (received === 'tooLarge') refuse('evidence.tooLarge')
        const name = shownFileName(received.name, '未命名.jpg')
        const image = await readEvidence(name, received.bytes)
        const id = clock.newId()
        const stored = await files.write(id, Readable.from([image.bytes]))
        const entered = db.inScopeOf(sessionOf(request).actor, async (tx) => {
          const evidence = await addEvidence(tx, clock, sessionOf(request).actor, { id, name, image, ...stored })
          const { width, height } = image
          await sealAnswer(tx, request, evidence, received.sha256)
          await auditCommand(tx, platform, commanderOf(request), 'evidence.upload', id, { ...stored, width, height })
          return evidence
        })
        return entered.catch(async (error: unknown) => {
          // A picture nobody knows of would lie there for ever.
          await files.remove(id)
          throw error
        })
      },
    )

    app.get(
      '/api/evidence/:id',
      { schema: { params: Params, tags }, config: onlyRoles(...ITEM_READER_ROLES) },
      async (request, reply) => {
        const { actor } = sessionOf(request)
        const { id } = request.params
        const found = await db.inScopeOf(actor, async (tx) => {
          const evidence = (await findEvidence(tx, actor, id)) ?? refuse('notFound')
          // What was filed about a child is looked at by others than its uploader: that is part of the child's history (security: Accounts).
          if (evidence.itemId)
            await auditCommand(tx, platform, commanderOf(request), 'evidence.view', evidence.itemId, { evidence: id })
          return evidence
        })
        const stream = (await files.open(id)) ?? refuse('notFound')
        return reply
          .header('content-type', `image/${found.kind}`)
          .header('content-length', found.size)
          .header('content-disposition', 'inline')
          .header('content-security-policy', `default-src 'none'; sandbox`)
          .send(stream)
      },
    )

    app.delete(
      '/api/evidence/:id',
      { schema: { params: Params, response: { 200: Done }, tags }, config: onlyRoles(...EVIDENCE_FILERS) },
      async (request) => {
        const { actor } = sessionOf(request)
        await db.inScopeOf(actor, async (tx) => {
          await dropEvidence(tx, clock, actor, request.params.id)
          await auditCommand(tx, platform, commanderOf(request), 'evidence.remove', request.params.id, {})
        })
        return { ok: true as const }
      },
    )

    app.get(
      '/api/items/:id/evidence',
      {
        schema: { params: Params, response: { 200: z.array(FiledEvidence) }, tags },
        config: onlyRoles(...ITEM_READER_ROLES),
      },
      (request) =>
        db.inScopeOf(
          sessionOf(request).actor,
          async (tx) => (await listEvidence(tx, request.params.id)) ?? refuse('notFound'),
        ),
    )

    /** The picture written anew; refused when it is no picture, or another than its name says (SEC-011). */
    async function readEvidence(name: string, bytes: Uint8Array): Promise<CleanImage> {
      const named = imageKindOfName(name)
      if (!named) refuse('evidence.wrongName')
      const kind = imageKindOf(bytes)
      if (!kind) refuse('evidence.notImage')
      if (kind !== named) refuse('evidence.wrongKind')
      const outcome = await reader.read(bytes)
      return 'fault' in outcome ? refuse(`evidence.${outcome.fault}`) : outcome
    }
  }
