import { Id } from '@xueji/contracts/common/wire'
import {
  NewSubAccount,
  SubAccount,
  SubAccountChange,
  SubAccountPassword,
} from '@xueji/contracts/platform/sub-account.api'
import type { Actor } from '@xueji/domain/access/roles'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { appendAudit } from '../audit.ts'
import type { Transaction } from '../db.ts'
import { sessionOf } from '../http/authenticate.ts'
import { hashPassword } from '../http/passwords.ts'
import { onlyRoles } from '../http/policy.ts'
import { IDLE_MILLIS } from '../http/session.ts'
import type { Platform } from '../platform.ts'
import { refuse } from '../refusal.ts'
import { initialPassword } from './initial-password.ts'
import { addSubAccount, listSubAccounts, putPassword, putStatus } from './sub-account-store.ts'

/**
 * 新生注册专用账号 (SEC-001 XN, REG-035): the school's registrar gives each helper an account in the helper's own name, so that several work at once and
 * every act is signed by who did it. A password is shown once, to whoever made it, and has to be changed at the first sign-in.
 */
export const subAccountRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const registrars = onlyRoles('schoolRegistrar')
    const Params = z.object({ id: Id })
    const liveSince = (): Date => new Date(clock.now().getTime() - IDLE_MILLIS)

    const getOne = async (tx: Transaction, actor: Actor, id: string): Promise<SubAccount> =>
      (await listSubAccounts(tx, actor.orgId, liveSince(), id))[0] ?? refuse('notFound')

    const audit = (
      tx: Transaction,
      actor: Actor,
      requestId: string,
      action: string,
      account: SubAccount,
    ): Promise<void> =>
      appendAudit(tx, clock, [
        {
          actorId: actor.accountId,
          actorName: actor.displayName,
          orgPath: actor.orgPath,
          action,
          target: account.id,
          detail: { username: account.username, displayName: account.displayName, status: account.status },
          requestId,
        },
      ])

    app.get(
      '/api/school/sub-accounts',
      { schema: { response: { 200: z.array(SubAccount) } }, config: registrars },
      async (request) => {
        const { actor } = sessionOf(request)
        return db.inScopeOf(actor, (tx) => listSubAccounts(tx, actor.orgId, liveSince()))
      },
    )

    // No replay by key: its answer holds a password, which is kept nowhere. A lost answer leaves an account whose password is made anew.
    app.post(
      '/api/school/sub-accounts',
      {
        schema: { body: NewSubAccount, response: { 200: SubAccountPassword } },
        config: { ...registrars, withoutIdempotencyKey: true },
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const { displayName, username } = request.body
        const schoolCode = actor.orgPath.split(':')[1] ?? ''
        const password = initialPassword()
        const passwordHash = await hashPassword(password)
        return db.inScopeOf(actor, async (tx) => {
          const id = clock.newId()
          // The school's code in front: no school takes a name from another, or learns of it.
          const added = await addSubAccount(tx, {
            id,
            username: `${schoolCode}.${username}`,
            displayName,
            orgId: actor.orgId,
            orgPath: actor.orgPath,
            passwordHash,
            at: clock.now(),
          })
          if (!added) refuse('account.exists')
          const account = await getOne(tx, actor, id)
          await audit(tx, actor, request.id, 'account.create', account)
          return { account, password }
        })
      },
    )

    app.post(
      '/api/school/sub-accounts/:id/password',
      {
        schema: { params: Params, response: { 200: SubAccountPassword } },
        config: { ...registrars, withoutIdempotencyKey: true },
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const password = initialPassword()
        const passwordHash = await hashPassword(password)
        return db.inScopeOf(actor, async (tx) => {
          const { id } = await getOne(tx, actor, request.params.id)
          await putPassword(tx, id, passwordHash, clock.now())
          const account = await getOne(tx, actor, id)
          await audit(tx, actor, request.id, 'account.resetPassword', account)
          return { account, password }
        })
      },
    )

    app.put(
      '/api/school/sub-accounts/:id',
      { schema: { params: Params, body: SubAccountChange, response: { 200: SubAccount } }, config: registrars },
      async (request) => {
        const { actor } = sessionOf(request)
        return db.inScopeOf(actor, async (tx) => {
          const { id } = await getOne(tx, actor, request.params.id)
          await putStatus(tx, id, request.body.status)
          const account = await getOne(tx, actor, id)
          await audit(tx, actor, request.id, 'account.status', account)
          return account
        })
      },
    )
  }
