import { Id } from '@xueji/contracts/common/wire'
import { CommandResponse, CorrectionRequest } from '@xueji/contracts/pipeline/review.api'
import { QUEUES } from '@xueji/db/queues'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sessionOf } from '../platform/http/authenticate.ts'
import { onlyRoles } from '../platform/http/policy.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { loadSettings } from '../platform/settings.ts'
import { resubmitItem } from './correction.ts'
import { getListedItem } from './item-routes.ts'
import { presentItem } from './item-view.ts'
import { commandItems } from './review-command.ts'
import type { Room } from './room.ts'

/** Correcting and removing what came back to the school (D7, D8): the same routes for every room. */
export const correctionRoutes =
  (platform: Platform, room: Room): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = platform
    const base = `/api/rooms/${room.name}`
    const Params = z.object({ id: Id })
    const filers = onlyRoles(...room.filers)

    app.put(
      `${base}/items/:id`,
      {
        schema: { params: Params, body: CorrectionRequest, response: { 200: CommandResponse }, tags: [room.title] },
        config: filers,
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const settings = await loadSettings(db.system, actor.orgPath)
        const item = await db.inScopeOf(actor, async (tx) => {
          const outcome = await resubmitItem(tx, platform, actor, settings, room, {
            id: request.params.id,
            ...request.body,
            requestId: request.id,
          })
          if (outcome.refusal) refuse(outcome.refusal)
          if (outcome.issues) refuse('register.rowInvalid', outcome.issues)
          return getListedItem(tx, room, request.params.id)
        })
        if (item.status === 'checking') await platform.jobs.send(QUEUES.identityCheck, {}, { key: 'now' })
        return { item: presentItem(item, room, actor, settings) }
      },
    )

    app.delete(
      `${base}/items/:id`,
      { schema: { params: Params, response: { 200: CommandResponse }, tags: [room.title] }, config: filers },
      async (request) => {
        const { actor } = sessionOf(request)
        const settings = await loadSettings(db.system, actor.orgPath)
        const item = await db.inScopeOf(actor, async (tx) => {
          const [outcome] = await commandItems(tx, platform, actor, settings, {
            room,
            command: 'remove',
            opinion: '',
            ids: [request.params.id],
            requestId: request.id,
          })
          if (outcome?.refusal) refuse(outcome.refusal)
          return getListedItem(tx, room, request.params.id)
        })
        return { item: presentItem(item, room, actor, settings) }
      },
    )
  }
