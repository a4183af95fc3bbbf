import { PageQuery, pageOf } from '@xueji/contracts/common/wire'
import { ForceOutRequest, ForceOutResponse, OnlineUser } from '@xueji/contracts/platform/auth.api'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { appendAudit } from '../audit.ts'
import type { Platform } from '../platform.ts'
import { refuse } from '../refusal.ts'
import { sessionOf } from './authenticate.ts'
import { onlyRoles } from './policy.ts'
import { IDLE_MILLIS } from './session.ts'

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
        const rows = await db.inScopeOf(session.actor, (tx) =>
          tx.query<Omit<OnlineUser, 'isSelf' | 'signedInAt' | 'lastSeenAt'> & { signedInAt: Date; lastSeenAt: Date }>(
            `select s.id_hash as "sessionKey", a.id as "accountId", a.username, a.display_name as "displayName", o.name as "orgName", o.level as "orgLevel", s.ip,
           s.created_at as "signedInAt", s.last_seen_at as "lastSeenAt"
         from account a join session s on s.account_id = a.id join organization o on o.id = a.org_id
         where s.last_seen_at > $1 and s.expires_at > $2 and ($3::text is null or strpos(a.username, $3) > 0 or strpos(a.display_name, $3) > 0 or strpos(o.name, $3) > 0)
         order by s.last_seen_at desc limit $4`,
            [
              new Date(clock.now().getTime() - IDLE_MILLIS),
              clock.now(),
              request.query.search || null,
              request.query.limit,
            ],
          ),
        )
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
