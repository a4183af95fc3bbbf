import { PageQuery, pageOf } from '@xueji/contracts/common/wire'
import { ForceOutRequest, ForceOutResponse, OnlineUser } from '@xueji/contracts/platform/auth.api'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { appendAudit } from '../audit.ts'
import type { Platform } from '../platform.ts'
import { refuse } from '../refusal.ts'
import { sessionOf } from './authenticate.ts'
import { listLiveUsers } from './online-users.ts'
import { onlyRoles } from './policy.ts'

/** 在线用户 (SEC-002, SEC-003): system administrators see and end the sessions within their range. */
export const onlineRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const administrators = onlyRoles('systemAdministrator')

    app.get(
      '/api/online-users',
      {
        schema: {
          querystring: PageQuery.extend({ search: z.string().trim().max(40).optional() }),
          response: { 200: pageOf(OnlineUser) },
        },
        config: administrators,
      },
      async (request) => {
        const session = sessionOf(request)
        const { search, limit } = request.query
        const rows = await db.inScopeOf(session.actor, (tx) => listLiveUsers(tx, { now: clock.now(), search, limit }))
        return {
          rows: rows.map((row) => ({
            ...row,
            signedInAt: row.signedInAt.toISOString(),
            lastSeenAt: row.lastSeenAt.toISOString(),
            isSelf: row.sessionKey === session.idHash,
          })),
        }
      },
    )

    app.post(
      '/api/online-users/force-out',
      { schema: { body: ForceOutRequest, response: { 200: ForceOutResponse } }, config: administrators },
      async (request) => {
        const { actor } = sessionOf(request)
        const { sessionKeys, all } = request.body
        if (!sessionKeys && !all) refuse('request.invalid', [{ field: 'sessionKeys', message: '请选择用户' }])
        return db.inScopeOf(actor, async (tx) => {
          // The range is the account's row-level security; never oneself (SEC-003).
          const ended = await tx.query<{ account_id: string }>(
            `delete from session s using account a where a.id = s.account_id and a.id <> $1 and ($2::text[] is null or s.id_hash = any($2)) returning s.account_id`,
            [actor.accountId, sessionKeys ?? null],
          )
          await appendAudit(tx, clock, [
            {
              actorId: actor.accountId,
              actorName: actor.displayName,
              orgPath: actor.orgPath,
              action: 'session.forceOut',
              target: all ? 'all' : 'selection',
              detail: { accounts: ended.map((row) => row.account_id) },
              requestId: request.id,
            },
          ])
          return { ended: ended.length }
        })
      },
    )
  }
