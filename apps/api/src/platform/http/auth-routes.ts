import { Done } from '@xueji/contracts/common/wire'
import { ChangePasswordRequest, LoginRequest, SessionInfo, SignInPage } from '@xueji/contracts/platform/auth.api'
import type { Role } from '@xueji/domain/access/roles'
import { ROLES } from '@xueji/domain/access/roles'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { appendAudit } from '../audit.ts'
import type { Platform } from '../platform.ts'
import { refuse } from '../refusal.ts'
import { VERSION } from '../version.ts'
import { passwordDaysLeft, sessionOf, setSessionCookie } from './authenticate.ts'
import { hashPassword, isStrongPassword, verifyPassword } from './passwords.ts'
import { openToAll } from './policy.ts'
import { closeSession, findSession, type LiveSession, openSession } from './session.ts'
import { checkCredentials } from './sign-in.ts'

/** Password of every demo account; printed at start and on the sign-in page in demo mode, and never set outside it. */
export const DEMO_PASSWORD = 'Xueji@2026'

const BEFORE_CHANGE = { policy: { kind: 'signedIn', beforePasswordChange: true } } as const

/** Sign-in, sign-out, own password, session (security: Accounts and sessions). */
export const authRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, config } = platform

    app.get(
      '/api/auth/sign-in',
      { schema: { response: { 200: SignInPage } }, config: openToAll('the sign-in page itself') },
      async () => {
        if (!config.demo) return { demo: false, accounts: [], version: VERSION }
        const rows = await db.system.query<{ username: string; displayName: string; roles: Role[]; orgName: string }>(
          `select a.username, a.display_name as "displayName", o.name as "orgName", array_agg(g.role) as roles
       from account a join organization o on o.id = a.org_id join role_grant g on g.account_id = a.id
       where a.is_demo and a.status = 'active' group by a.id, o.id order by length(o.path) desc, o.path, a.username limit 60`,
        )
        return {
          demo: true,
          demoPassword: DEMO_PASSWORD,
          version: VERSION,
          accounts: rows.map(({ roles, ...row }) => ({ ...row, roleNames: roles.map((role) => ROLES[role].name) })),
        }
      },
    )

    app.post(
      '/api/auth/login',
      {
        schema: { body: LoginRequest, response: { 200: SessionInfo } },
        config: {
          ...openToAll('signing in'),
          withoutIdempotencyKey: true,
          rateLimit: { max: config.loginLimitPerMinute, timeWindow: '1 minute' },
        },
      },
      async (request, reply) => {
        const { username, password } = request.body
        const account = await checkCredentials(db.system, clock, username, password)
        // A session that was open before gets no second life: a new id at every sign-in.
        if (request.live) await closeSession(db.system, request.live.idHash)
        const secret = await openSession(
          db.system,
          clock,
          account.accountId,
          request.ip,
          request.headers['user-agent'] ?? '',
        )
        await db.inScopeOf(account, (tx) =>
          appendAudit(tx, clock, [
            {
              actorId: account.accountId,
              actorName: account.displayName,
              orgPath: account.orgPath,
              action: 'session.open',
              target: account.accountId,
              detail: { ip: request.ip },
              requestId: request.id,
            },
          ]),
        )
        setSessionCookie(reply, config, secret)
        const session = await findSession(db.system, clock, secret)
        return describe(platform, session ?? refuse('auth.required'))
      },
    )

    app.get(
      '/api/auth/session',
      { schema: { response: { 200: SessionInfo } }, config: BEFORE_CHANGE },
      async (request) => describe(platform, sessionOf(request)),
    )

    app.post(
      '/api/auth/logout',
      { schema: { response: { 200: Done } }, config: { ...BEFORE_CHANGE, withoutIdempotencyKey: true } },
      async (request, reply) => {
        const session = sessionOf(request)
        await closeSession(db.system, session.idHash)
        await auditOwn(platform, request, session, 'session.close')
        setSessionCookie(reply, config, undefined)
        return { ok: true as const }
      },
    )

    app.post(
      '/api/auth/password',
      {
        schema: { body: ChangePasswordRequest, response: { 200: SessionInfo } },
        config: { ...BEFORE_CHANGE, withoutIdempotencyKey: true },
      },
      async (request) => {
        const session = sessionOf(request)
        const { oldPassword, newPassword } = request.body
        const [account] = await db.system.query<{ password_hash: string }>(
          'select password_hash from account where id = $1',
          [session.actor.accountId],
        )
        if (!(await verifyPassword(account?.password_hash, oldPassword))) refuse('auth.wrongPassword')
        if (!isStrongPassword(newPassword, oldPassword, session.username)) refuse('auth.weakPassword')
        const changedAt = clock.now()
        await db.system.query(
          'update account set password_hash = $2, password_changed_at = $3, must_change = false where id = $1',
          [session.actor.accountId, await hashPassword(newPassword), changedAt],
        )
        // Whoever else sits in a session of this account is out.
        await db.system.query('delete from session where account_id = $1 and id_hash <> $2', [
          session.actor.accountId,
          session.idHash,
        ])
        await auditOwn(platform, request, session, 'account.password')
        return describe(platform, { ...session, passwordChangedAt: changedAt, mustChange: false })
      },
    )
  }

async function auditOwn(
  { db, clock }: Platform,
  request: FastifyRequest,
  { actor }: LiveSession,
  action: string,
): Promise<void> {
  await db.inScopeOf(actor, (tx) =>
    appendAudit(tx, clock, [
      {
        actorId: actor.accountId,
        actorName: actor.displayName,
        orgPath: actor.orgPath,
        action,
        target: actor.accountId,
        detail: {},
        requestId: request.id,
      },
    ]),
  )
}

async function describe({ db, clock, config }: Platform, session: LiveSession): Promise<SessionInfo> {
  const { actor } = session
  const trail = await db.system.query<{ name: string; code: string; id: string }>(
    `select id, name, code from organization where starts_with($1, path) and level <> 'ministry' order by length(path)`,
    [actor.orgPath],
  )
  const own = trail.find((org) => org.id === actor.orgId)
  return {
    accountId: actor.accountId,
    username: session.username,
    displayName: actor.displayName,
    roles: [...actor.roles],
    organization: {
      id: actor.orgId,
      name: actor.orgName,
      level: actor.orgLevel,
      path: actor.orgPath,
      code: own?.code ?? '',
    },
    trail: trail.map((org) => org.name),
    csrfToken: session.csrfToken,
    passwordDaysLeft: passwordDaysLeft(session, clock.now()),
    mustChangePassword: session.mustChange,
    today: clock.today(),
    schoolYear: schoolYearOf(clock.today()),
    demo: config.demo,
    version: VERSION,
  }
}
