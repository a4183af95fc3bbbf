import type {} from '@fastify/cookie'
import { hasRole } from '@xueji/domain/access/roles'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { appendAudit } from '../audit.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db.ts'
import { refuse } from '../refusal.ts'
import { findService } from './service-caller.ts'
import { ABSOLUTE_MILLIS, findSession, type LiveSession, sameSecret } from './session.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The session, on every route but public ones without a cookie. */
    live: LiveSession | undefined
  }
}

/** Name of the session cookie; the prefix binds it to this host, which browsers allow over TLS only. */
export const cookieName = (config: Config): string => (config.tls ? '__Host-xueji' : 'xueji')

/** Sets or clears the session cookie. */
export function setSessionCookie(reply: FastifyReply, config: Config, secret: string | undefined): void {
  const options = { path: '/', httpOnly: true, secure: config.tls, sameSite: 'strict' as const }
  if (secret) reply.setCookie(cookieName(config), secret, { ...options, maxAge: ABSOLUTE_MILLIS / 1000 })
  else reply.clearCookie(cookieName(config), options)
}

/** The signed-in caller; only behind a policy that asks for a session. */
export function sessionOf(request: FastifyRequest): LiveSession {
  return request.live ?? refuse('auth.required')
}

/** Days until the password must be changed; 0 or less when it is over (SEC-004). */
export function passwordDaysLeft(
  session: Pick<LiveSession, 'passwordChangedAt' | 'passwordValidDays'>,
  now: Date,
): number {
  const endsAt = session.passwordChangedAt.getTime() + session.passwordValidDays * 86_400_000
  return Math.ceil((endsAt - now.getTime()) / 86_400_000)
}

/** Session, CSRF, password and role checks for every request, by the route's declared policy. */
export function installAuthentication(app: FastifyInstance, db: Database, clock: Clock, config: Config): void {
  app.decorateRequest('live', undefined)
  app.decorateRequest('service', undefined)
  app.addHook('onRequest', async (request) => {
    const policy = request.routeOptions.config.policy
    // No policy: no route. The 404 handler answers.
    if (!policy) return
    checkOrigin(request)
    const secret = request.cookies[cookieName(config)]
    request.live = secret ? await findSession(db.system, clock, secret) : undefined
    if (policy.kind === 'public') return
    if (policy.kind === 'service') return requireService(request, db, clock)
    const session = sessionOf(request)
    checkToken(request, session)
    if (policy.kind === 'signedIn' && policy.beforePasswordChange) return
    if (session.mustChange) refuse('auth.mustChangePassword')
    if (passwordDaysLeft(session, clock.now()) <= 0) refuse('auth.passwordExpired')
    if (policy.kind === 'roles' && !hasRole(session.actor, policy.roles)) refuse('forbidden')
  })
  // In scope without the right, and out of scope: both leave a trace (security: Laws).
  app.addHook('onResponse', async (request, reply) => {
    const denied =
      reply.statusCode === 403 || (reply.statusCode === 404 && Object.keys(request.params ?? {}).length > 0)
    if (denied && request.live) await auditDenial(db, clock, request, request.live, reply.statusCode)
  })
}

/** The calling system by its key; whoever is signed in has no business here. */
async function requireService(request: FastifyRequest, { system }: Database, clock: Clock): Promise<void> {
  request.service = await findService(system, clock, request.headers.authorization)
  if (!request.service) refuse(request.live ? 'forbidden' : 'auth.required')
}

function checkToken(request: FastifyRequest, session: LiveSession): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const token = request.headers['x-csrf-token']
  if (typeof token !== 'string' || !sameSecret(token, session.csrfToken)) refuse('auth.csrf')
}

// A page of another site may send our cookie by accident of browser age: the origin must be our own.
function checkOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const origin = request.headers.origin
  if (origin === undefined) return
  if (URL.canParse(origin) && new URL(origin).host === request.host) return
  refuse('auth.csrf')
}

async function auditDenial(
  db: Database,
  clock: Clock,
  request: FastifyRequest,
  session: LiveSession,
  status: number,
): Promise<void> {
  await db.inScopeOf(session.actor, (tx) =>
    appendAudit(tx, clock, [
      {
        actorId: session.actor.accountId,
        actorName: session.actor.displayName,
        orgPath: session.actor.orgPath,
        action: status === 403 ? 'access.denied' : 'access.notFound',
        target: request.routeOptions.url ?? '',
        detail: { method: request.method, params: request.params ?? {} },
        requestId: request.id,
      },
    ]),
  )
}
