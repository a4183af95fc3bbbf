import { Done } from '@xueji/contracts/common/wire'
import { ChangePasswordRequest, LoginRequest, SessionInfo, SignInPage } from '@xueji/contracts/platform/auth.api'
import type { Role } from '@xueji/domain/access/roles'
import { ROLES } from '@xueji/domain/access/roles'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { appendAudit } from '../audit.ts'
import type { Transaction } from '../db.ts'
import type { Platform } from '../platform.ts'
import { refuse } from '../refusal.ts'
import { loadSettings } from '../settings.ts'
import { VERSION } from '../version.ts'
import { passwordDaysLeft, sessionOf, setSessionCookie } from './authenticate.ts'
import { hashPassword, isStrongPassword, verifyPassword } from './passwords.ts'
import { openToAll } from './policy.ts'
import { closeSession, findSession, type LiveSession, openSession } from './session.ts'
import { checkCredentials, countGuess, forgetGuesses } from './sign-in.ts'

/** Password of every demo account; printed at start and on the sign-in page in demo mode, and never set outside it. */
export const DEMO_PASSWORD = 'Xueji@2026'

const BEFORE_CHANGE = { policy: { kind: 'signedIn', beforePasswordChange: true } } as const

/** Sign-in, sign-out, own password, session (security: Accounts and sessions). */
export const authRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, config, prisma } = platform

    app.get(
      '/api/auth/sign-in',
      { schema: { response: { 200: SignInPage } }, config: openToAll('the sign-in page itself') },
      async () => {
        if (!config.demo) return { demo: false, accounts: [], version: VERSION }
        const accounts = await prisma.account.findMany({
          where: { isDemo: true, status: 'active' },
          include: { organization: true, grants: true },
          orderBy: { id: 'asc' },
          take: 100,
        })
        return {
          demo: true,
          demoPassword: DEMO_PASSWORD,
          version: VERSION,
          accounts: accounts.map(({ username, displayName, organization, grants }) => ({
            username,
            displayName,
            orgName: organization.name,
            roleNames: grants.map(({ role }) => ROLES[role as Role].name),
          })),
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
        const account = await checkCredentials(db, clock, { ...request.body, ip: request.ip, requestId: request.id })
        const secret = await db.inSystem(async (tx) => {
          // A session that was open before gets no second life: a new id at every sign-in.
          if (request.live) await closeSession(tx, request.live.idHash)
          const opened = await openSession(
            tx,
            clock,
            account.accountId,
            request.ip,
            request.headers['user-agent'] ?? '',
          )
          await appendAudit(tx, clock, [
            {
              actorId: account.accountId,
              actorName: account.displayName,
              orgPath: account.orgPath,
              action: 'session.open',
              target: account.accountId,
              detail: { ip: request.ip },
              requestId: request.id,
            },
          ])
          return opened
        })
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
        await db.inSystem(async (tx) => {
          await closeSession(tx, session.idHash)
          await auditOwn(tx, platform, request, session, 'session.close')
        })
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
        const account = await prisma.account.findUniqueOrThrow({ where: { id: session.actor.accountId } })
        // A session left open is no place to guess at the password either.
        await countGuess(db.system, clock, session.username)
        if (!(await verifyPassword(account.passwordHash, oldPassword))) refuse('auth.wrongPassword')
        await forgetGuesses(db.system, session.username)
        if (!isStrongPassword(newPassword, oldPassword, session.username)) refuse('auth.weakPassword')
        const changedAt = clock.now()
        const stored = await hashPassword(newPassword)
        await db.inSystem(async (tx) => {
          await tx.query(
            'update account set password_hash = $2, password_changed_at = $3, must_change = false where id = $1',
            [session.actor.accountId, stored, changedAt],
          )
          // Whoever else sits in a session of this account is out.
          await tx.query('delete from session where account_id = $1 and id_hash <> $2', [
            session.actor.accountId,
            session.idHash,
          ])
          await auditOwn(tx, platform, request, session, 'account.password')
        })
        return describe(platform, { ...session, passwordChangedAt: changedAt, mustChange: false })
      },
    )
  }

async function auditOwn(
  tx: Transaction,
  { clock }: Platform,
  request: FastifyRequest,
  { actor }: LiveSession,
  action: string,
): Promise<void> {
  await appendAudit(tx, clock, [
    {
      actorId: actor.accountId,
      actorName: actor.displayName,
      orgPath: actor.orgPath,
      action,
      target: actor.accountId,
      detail: {},
      requestId: request.id,
    },
  ])
}

async function describe({ db, prisma, clock, config }: Platform, session: LiveSession): Promise<SessionInfo> {
  const { actor } = session
  const prefixes = Array.from({ length: actor.orgPath.length }, (_, index) => actor.orgPath.slice(0, index + 1))
  const trail = await prisma.organization.findMany({ where: { path: { in: prefixes } }, orderBy: { path: 'asc' } })
  const own = trail.find((org) => org.id === actor.orgId)
  const settings = await loadSettings(db.system, actor.orgPath)
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
    evidenceMost: settings['evidence.maxCount'],
    today: clock.today(),
    schoolYear: schoolYearOf(clock.today()),
    demo: config.demo,
    version: VERSION,
  }
}
