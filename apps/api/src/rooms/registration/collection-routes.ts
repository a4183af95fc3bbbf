import {
  COLLECTION_PAGE,
  CollectionAnswer,
  CollectionRequest,
} from '@xueji/contracts/rooms/registration/collection.api'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { appendAudit } from '../../platform/audit.ts'
import { sessionOf } from '../../platform/http/authenticate.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { fillSheets, listClassChildren } from './collection-store.ts'
import { registrationRoom } from './registration.room.ts'

/**
 * 采集表, filled (fields.md 1.11). Printing is exporting (EXP-009): a school's own registrar only, as with an export from a page (EXP-005), in bounded sets,
 * and the audit says who, when, whom and how many. A reading by POST: what it names has no place in an address.
 */
export const collectionRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const room = registrationRoom.name

    app.post(
      `/api/rooms/${room}/collection-sheets`,
      {
        schema: {
          body: CollectionRequest,
          response: { 200: CollectionAnswer },
          tags: [registrationRoom.title],
        },
        config: { ...onlyRoles('schoolRegistrar'), withoutIdempotencyKey: true },
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const { ids, classId, after } = request.body
        return db.inScopeOf(actor, async (tx) => {
          const found = classId
            ? await listClassChildren(tx, { orgPath: actor.orgPath, classId, room }, after, COLLECTION_PAGE + 1)
            : { ids: ids ?? [], total: ids?.length ?? 0 }
          const page = found.ids.slice(0, COLLECTION_PAGE)
          const sheets = await fillSheets(tx, room, page)
          if (ids && sheets.length === 0) refuse('notFound')
          await appendAudit(tx, clock, [
            {
              actorId: actor.accountId,
              actorName: actor.displayName,
              orgPath: actor.orgPath,
              action: 'collection.print',
              target: classId ?? '',
              detail: { count: sheets.length, ids: sheets.map(({ id }) => id) },
              requestId: request.id,
            },
          ])
          const next = found.ids.length > page.length ? page.at(-1) : undefined
          return {
            schoolName: actor.orgName,
            schoolCode: actor.orgPath.split(':')[1] ?? '',
            sheets,
            total: found.total,
            ...(next ? { next } : {}),
          }
        })
      },
    )
  }
