import { FileItemRequest, FileItemResponse, RoomEntryRow } from '@xueji/contracts/pipeline/review.api'
import { QUEUES } from '@xueji/db/queues'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sessionOf } from '../platform/http/authenticate.ts'
import { sealAnswer } from '../platform/http/idempotency.ts'
import { anySignedIn, onlyRoles } from '../platform/http/policy.ts'
import { publish } from '../platform/live-events.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { loadSettings } from '../platform/settings.ts'
import { commanderOf } from './batch-lock.ts'
import { fileItem } from './file-item.ts'
import { getListedItem } from './item-routes.ts'
import { presentItem } from './item-view.ts'
import type { Room } from './room.ts'

/** The ways into a room, and filing one child by a form: the same routes for every room. */
export const filingRoutes =
  (platform: Platform, room: Room): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = platform

    app.get(
      `/api/rooms/${room.name}/entries`,
      {
        schema: {
          response: { 200: z.array(RoomEntryRow) },
          tags: [room.title],
        },
        config: anySignedIn,
      },
      async () =>
        room.entries.map(({ category, name, group, identityClass, importable, fileable }) => ({
          category,
          name,
          group,
          identityClass,
          importable,
          fileable,
        })),
    )

    app.post(
      `/api/rooms/${room.name}/items`,
      {
        schema: { body: FileItemRequest, response: { 200: FileItemResponse }, tags: [room.title] },
        config: onlyRoles(...room.filers),
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const settings = await loadSettings(db.system, actor.orgPath)
        const answer = await db.inScopeOf(actor, async (tx) => {
          const outcome = await fileItem(tx, platform, commanderOf(request), settings, room, request.body)
          if ('refusal' in outcome) return refuse(outcome.refusal)
          if ('issues' in outcome) return refuse('register.rowInvalid', outcome.issues)
          const item = await getListedItem(tx, room, outcome.id)
          const filed = { item: presentItem(item, room, actor, settings), warnings: [...outcome.warnings] }
          // A form whose answer was lost is sent again: it must not become a second child.
          await sealAnswer(tx, request, filed)
          return filed
        })
        if (answer.item.status === 'checking') await platform.jobs.send(QUEUES.identityCheck, {}, { key: 'now' })
        await publish(db.system, { topic: 'queue', id: answer.item.id, orgPath: actor.orgPath })
        return answer
      },
    )
  }
