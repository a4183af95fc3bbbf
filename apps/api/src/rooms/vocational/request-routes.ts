import { pageOf } from '@xueji/contracts/common/wire'
import {
  Acknowledged,
  Acknowledgement,
  RequestRow,
  RequestSearch,
} from '@xueji/contracts/rooms/vocational/vocational-request.api'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { auditCommand, commanderOf } from '../../pipeline/batch-lock.ts'
import { cappedTotal } from '../../pipeline/list-query.ts'
import { sessionOf } from '../../platform/http/authenticate.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { REQUEST_READERS } from './request.export.ts'
import { listRequests, presentRequest, REQUEST_TABLES, requestConditions } from './request.list.ts'

/** 中职调档查询 (menu §1) for schools and bureaus, and 重复录取处理 for senior schools (S4 attachment 2, decision 0018). */
export const requestRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const base = '/api/rooms/vocational/requests'
    const tags = ['中职接续']

    // A reading by POST: its conditions may name a child.
    app.post(
      `${base}/search`,
      {
        schema: { body: RequestSearch, response: { 200: pageOf(RequestRow) }, tags },
        config: { ...onlyRoles(...REQUEST_READERS), withoutIdempotencyKey: true },
      },
      async (request) => {
        const { view, limit, after, count, ...filter } = request.body
        return db.inScopeOf(sessionOf(request).actor, async (tx) => {
          const conditions = requestConditions(view, filter)
          const page = await listRequests(tx, conditions, limit, after)
          const rows = page.rows.map(presentRequest)
          if (!count) return { ...page, rows }
          return { ...page, rows, ...(await cappedTotal(tx, REQUEST_TABLES, conditions)) }
        })
      },
    )

    app.post(
      `${base}/acknowledgement`,
      {
        schema: { body: Acknowledgement, response: { 200: Acknowledged }, tags },
        config: onlyRoles('schoolRegistrar'),
      },
      async (request) => {
        const by = commanderOf(request)
        const ids = [...new Set(request.body.ids)]
        return db.inScopeOf(by.actor, async (tx) => {
          const found = await tx.query<{ state: string }>(
            'select state from vocational_request where id = any($1::uuid[]) order by id for update',
            [ids],
          )
          if (found.length < ids.length) refuse('notFound')
          if (found.some(({ state }) => state !== 'continued')) refuse('vocational.notContinued')
          // Who has seen it first stands there: a second look changes nothing.
          const seen = await tx.query<{ id: string }>(
            `update vocational_request set acknowledged_at = $2, acknowledged_by = $3
             where id = any($1::uuid[]) and acknowledged_at is null returning id`,
            [ids, clock.now(), by.actor.displayName],
          )
          const requests = seen.map(({ id }) => id)
          await auditCommand(tx, platform, by, 'vocational.acknowledge', by.actor.orgId, { requests })
          return { acknowledged: seen.length }
        })
      },
    )
  }
