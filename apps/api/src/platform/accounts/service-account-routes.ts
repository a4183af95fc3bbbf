import { randomBytes } from 'node:crypto'
import { Id } from '@xueji/contracts/common/wire'
import { NewServiceAccount, ServiceAccount, ServiceKey } from '@xueji/contracts/platform/service-account.api'
import { isWithin, rangeOf } from '@xueji/domain/organization/org-path'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { appendAudit } from '../audit.ts'
import type { Transaction } from '../db.ts'
import { sessionOf } from '../http/authenticate.ts'
import { onlyRoles } from '../http/policy.ts'
import { hashSecret } from '../http/session.ts'
import type { Platform } from '../platform.ts'
import { refuse } from '../refusal.ts'

type Row = Omit<ServiceAccount, 'createdAt' | 'expiresAt' | 'revokedAt'> & {
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
}

/**
 * 服务账号: keys for other systems, the vocational schools' among them. Made by administrators of the ministry and of provinces for an organisation of their
 * range; any administrator in range may revoke one, at once. A key is shown once and kept as a hash.
 */
export const serviceAccountRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const administrators = onlyRoles('systemAdministrator')
    const tags = ['服务账号']

    app.get(
      '/api/service-accounts',
      { schema: { response: { 200: z.array(ServiceAccount) }, tags }, config: administrators },
      async (request) => db.inScopeOf(sessionOf(request).actor, (tx) => list(tx)),
    )

    // No replay by key: its answer holds a secret, which is kept nowhere. A lost answer leaves an account to be revoked.
    app.post(
      '/api/service-accounts',
      {
        schema: { body: NewServiceAccount, response: { 200: ServiceKey }, tags },
        config: { ...administrators, withoutIdempotencyKey: true },
      },
      async (request) => {
        const { actor } = sessionOf(request)
        if (actor.orgLevel !== 'ministry' && actor.orgLevel !== 'province') refuse('service.provinceOnly')
        const { name, orgId = actor.orgId, validDays } = request.body
        const key = randomBytes(32).toString('base64url')
        const now = clock.now()
        return db.inScopeOf(actor, async (tx) => {
          const [org] = await tx.query<{ path: string }>(
            `select path from organization where id = $1 and status = 'active'`,
            [orgId],
          )
          if (!org || !isWithin(rangeOf(actor.orgPath), org.path)) refuse('notFound')
          const id = clock.newId()
          await tx.query(
            `insert into service_account (id, name, org_id, org_path, key_hash, created_by, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
            [
              id,
              name,
              orgId,
              org.path,
              hashSecret(key),
              actor.displayName,
              now,
              new Date(now.getTime() + validDays * 86_400_000),
            ],
          )
          await note(tx, request.id, actor, 'service.create', id, { name, orgId, validDays })
          return { account: (await list(tx, id))[0]!, key }
        })
      },
    )

    app.post(
      '/api/service-accounts/:id/revocation',
      { schema: { params: z.object({ id: Id }), response: { 200: ServiceAccount }, tags }, config: administrators },
      async (request) => {
        const { actor } = sessionOf(request)
        const { id } = request.params
        return db.inScopeOf(actor, async (tx) => {
          await tx.query('update service_account set revoked_at = coalesce(revoked_at, $2) where id = $1', [
            id,
            clock.now(),
          ])
          const [account] = await list(tx, id)
          if (!account) refuse('notFound')
          await note(tx, request.id, actor, 'service.revoke', id, { name: account.name })
          return account
        })
      },
    )

    async function list(tx: Transaction, id?: string): Promise<ServiceAccount[]> {
      const rows = await tx.query<Row>(
        `select s.id, s.name, o.name as "orgName", s.created_by as "createdBy", s.created_at as "createdAt", s.expires_at as "expiresAt", s.revoked_at as "revokedAt"
         from service_account s join organization o on o.id = s.org_id where $1::uuid is null or s.id = $1 order by s.org_path, s.id limit 500`,
        [id ?? null],
      )
      return rows.map((row) => ({
        ...row,
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        revokedAt: row.revokedAt?.toISOString() ?? null,
      }))
    }

    const note = (
      tx: Transaction,
      requestId: string,
      { accountId: actorId, displayName: actorName, orgPath }: ReturnType<typeof sessionOf>['actor'],
      action: string,
      target: string,
      detail: Record<string, unknown>,
    ): Promise<void> => appendAudit(tx, clock, [{ actorId, actorName, orgPath, action, target, detail, requestId }])
  }
