import { COUNT_CAP, Id } from '@xueji/contracts/common/wire'
import { refusalMessage } from '@xueji/contracts/issues/refusals'
import {
  ExportCatalogue,
  ExportCatalogueQuery,
  ExportPreview,
  ExportPreviewRequest,
  ExportRequest,
  ExportRow,
} from '@xueji/contracts/pipeline/export.api'
import { QUEUES } from '@xueji/db/queues'
import { EXPORTERS, exportHindrance } from '@xueji/domain/access/may-export'
import type { Actor } from '@xueji/domain/access/roles'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { appendAudit } from '../platform/audit.ts'
import type { Transaction } from '../platform/db.ts'
import { sessionOf } from '../platform/http/authenticate.ts'
import { sealAnswer } from '../platform/http/idempotency.ts'
import { onlyRoles } from '../platform/http/policy.ts'
import { publish } from '../platform/live-events.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { loadSettings } from '../platform/settings.ts'
import { checkAuthoriser } from './export-authoriser.ts'
import { exportFileName } from './export-file.ts'
import type { ExportList } from './export-list.ts'
import { findExportList } from './export-lists.ts'
import { addExport, auditedConditions, cancelExport, listExports, type StoredExport } from './export-store.ts'
import { presentExport, wordsText } from './export-view.ts'
import type { ListingRoom } from './room.ts'

const RECENT = 20
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Exports of one room's lists: the same routes for every room (EXP-001…010). */
export const exportRoutes =
  (platform: Platform, room: ListingRoom): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, files } = platform
    const base = `/api/rooms/${room.name}/exports`
    const tags = [room.title]
    const Params = z.object({ id: Id })
    const exporters = onlyRoles(...EXPORTERS)
    const listOf = (name: string): ExportList => findExportList(room, name) ?? refuse('notFound')
    const present = (stored: StoredExport, { accountId }: Actor): ExportRow =>
      presentExport(stored, findExportList(room, stored.list), accountId)

    /** Settings of whoever may export; otherwise the refusal that says why not (EXP-004, EXP-005). */
    async function hindranceOf(actor: Actor) {
      const settings = await loadSettings(db.system, actor.orgPath)
      return { settings, hindrance: exportHindrance(actor, settings['export.countyEnabled']) }
    }

    app.get(
      `${base}/columns`,
      { schema: { querystring: ExportCatalogueQuery, response: { 200: ExportCatalogue }, tags }, config: exporters },
      async (request) => {
        const list = listOf(request.query.list)
        const { settings, hindrance } = await hindranceOf(sessionOf(request).actor)
        return {
          list: list.name,
          title: list.title,
          columns: list.columns.map(({ width: _, ...column }) => column),
          hindrance: hindrance ? { id: hindrance, message: refusalMessage(hindrance) } : null,
          keepHours: settings['export.keepHours'],
        }
      },
    )

    // A reading by POST: its conditions may name a child.
    app.post(
      `${base}/preview`,
      {
        schema: { body: ExportPreviewRequest, response: { 200: ExportPreview }, tags },
        config: { ...exporters, withoutIdempotencyKey: true },
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const list = listOf(request.body.list)
        const { conditions } = request.body
        return db.inScopeOf(actor, async (tx) => {
          const words = await list.describe(tx, conditions)
          const total = await list.count(tx, actor, conditions, COUNT_CAP + 1)
          return { words, total: Math.min(total, COUNT_CAP), capped: total > COUNT_CAP }
        })
      },
    )

    app.post(
      base,
      {
        schema: { body: ExportRequest, response: { 200: ExportRow }, tags },
        // Every call may try a password.
        config: { ...exporters, rateLimit: { max: platform.config.loginLimitPerMinute, timeWindow: '1 minute' } },
      },
      async (request) => {
        const { actor, username } = sessionOf(request)
        const { conditions, columns, authoriser } = request.body
        const list = listOf(request.body.list)
        const { hindrance } = await hindranceOf(actor)
        if (hindrance) refuse(hindrance)
        const known = new Set(list.columns.map(({ key }) => key))
        const chosen = [...new Set(columns)]
        if (!chosen.every((key) => known.has(key))) refuse('export.unknownColumn')
        const authorised = await checkAuthoriser(platform, { ...actor, username }, authoriser, list.readers)
        if ('refusal' in authorised) {
          await db.inScopeOf(actor, (tx) =>
            note(tx, request, 'export.refused', authorised.accountId ?? '', { reason: authorised.refusal }),
          )
          refuse(authorised.refusal)
        }
        const answer = await db.inScopeOf(actor, async (tx) => {
          const conditionsText = wordsText(await list.describe(tx, conditions))
          const id = await addExport(tx, clock, {
            room: room.name,
            list: list.name,
            actor,
            authoriserId: authorised.id,
            authoriserName: authorised.displayName,
            conditions,
            conditionsText,
            columns: chosen,
            fileName: exportFileName(list, actor.orgName, clock.now()),
            requestId: request.id,
          })
          await note(tx, request, 'export.request', id, {
            list: list.name,
            conditions: auditedConditions(conditions),
            fields: chosen,
            authoriserId: authorised.id,
            authoriserName: authorised.displayName,
          })
          const row = present(await getExport(tx, actor, id), actor)
          await sealAnswer(tx, request, row)
          return row
        })
        await platform.jobs.send(QUEUES.exportList, { exportId: answer.id }, { key: answer.id })
        return answer
      },
    )

    app.get(base, { schema: { response: { 200: z.array(ExportRow) }, tags }, config: exporters }, async (request) => {
      const { actor } = sessionOf(request)
      const rows = await db.inScopeOf(actor, (tx) => listExports(tx, room.name, actor.orgPath, { limit: RECENT }))
      return rows.map((row) => present(row, actor))
    })

    app.get(
      `${base}/:id`,
      { schema: { params: Params, response: { 200: ExportRow }, tags }, config: exporters },
      async (request) => {
        const { actor } = sessionOf(request)
        return present(await db.inScopeOf(actor, (tx) => getExport(tx, actor, request.params.id)), actor)
      },
    )

    app.post(
      `${base}/:id/cancel`,
      { schema: { params: Params, response: { 200: ExportRow }, tags }, config: exporters },
      async (request) => {
        const { actor } = sessionOf(request)
        const { id } = request.params
        const row = await db.inScopeOf(actor, async (tx) => {
          await getOwnExport(tx, actor, id)
          if (await cancelExport(tx, id, actor.accountId, clock.now())) await note(tx, request, 'export.cancel', id, {})
          return getExport(tx, actor, id)
        })
        await publish(db.system, { topic: 'export', id, orgPath: actor.orgPath, phase: row.status })
        return present(row, actor)
      },
    )

    app.get(`${base}/:id/file`, { schema: { params: Params, tags }, config: exporters }, async (request, reply) => {
      const { actor } = sessionOf(request)
      const stored = await db.inScopeOf(actor, (tx) => getOwnExport(tx, actor, request.params.id))
      if (stored.status === 'pending' || stored.status === 'running') refuse('export.notReady')
      const isKept = stored.status === 'ready' && stored.fileId && stored.expiresAt! > clock.now()
      const file = isKept ? await files.open(stored.fileId!) : undefined
      if (!file) refuse('export.gone')
      try {
        // Every download is noted before its first byte leaves (EXP-009).
        await db.inScopeOf(actor, (tx) =>
          note(tx, request, 'export.download', stored.id, { count: stored.done, size: stored.size }),
        )
      } catch (error) {
        file.destroy()
        throw error
      }
      return reply
        .header('content-type', stored.fileName.endsWith('.zip') ? 'application/zip' : XLSX)
        .header('content-length', stored.size)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(stored.fileName)}`)
        .send(file)
    })

    /** An export of the caller's organisation; 404 for any other, also for those of its schools. */
    async function getExport(tx: Transaction, actor: Actor, id: string): Promise<StoredExport> {
      const [stored] = await listExports(tx, room.name, actor.orgPath, { id, limit: 1 })
      return stored ?? refuse('notFound')
    }

    /** The same, of the caller himself: the authorisation was his. */
    async function getOwnExport(tx: Transaction, actor: Actor, id: string): Promise<StoredExport> {
      const stored = await getExport(tx, actor, id)
      return stored.accountId === actor.accountId ? stored : refuse('notFound')
    }

    function note(
      tx: Transaction,
      request: FastifyRequest,
      action: string,
      target: string,
      detail: Record<string, unknown>,
    ): Promise<void> {
      const { actor } = sessionOf(request)
      const { accountId: actorId, displayName: actorName, orgPath } = actor
      return appendAudit(tx, clock, [{ actorId, actorName, orgPath, action, target, detail, requestId: request.id }])
    }
  }
