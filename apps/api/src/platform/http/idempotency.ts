import { createHash } from 'node:crypto'
import type {} from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Executor } from '../db.ts'
import { refuse } from '../refusal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller's key of a mutating request. */
    idempotencyKey: string | undefined
    /** True once this request owns its key and has to store its answer. */
    ownsIdempotencyKey: boolean
  }
}

// A request that died without an answer frees its key after this time.
const STALE_MILLIS = 60_000

/**
 * Retries are harmless (security: Laws): every mutating request carries a key; the first answer is replayed for 24 hours; the same key with
 * another content is an error. A failed attempt (5xx) frees the key.
 */
export function installIdempotency(app: FastifyInstance, db: Executor, clock: Clock): void {
  app.decorateRequest('idempotencyKey', undefined)
  app.decorateRequest('ownsIdempotencyKey', false)

  app.addHook('preHandler', async (request, reply) => {
    if (!isMutation(request) || !request.live) return
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string' || !/^[\w-]{8,80}$/.test(key)) refuse('request.keyMissing')
    const accountId = request.live.actor.accountId
    const hash = createHash('sha256')
      .update(`${request.method} ${request.url} ${bodyText(request)}`)
      .digest('hex')
    const now = clock.now()
    const [made] = await db.query(
      `insert into idempotency_key (account_id, key, request_hash, created_at) values ($1, $2, $3, $4)
       on conflict (account_id, key) do update set created_at = excluded.created_at
         where idempotency_key.status is null and idempotency_key.created_at < $5 and idempotency_key.request_hash = excluded.request_hash
       returning key`,
      [accountId, key, hash, now, new Date(now.getTime() - STALE_MILLIS)],
    )
    request.idempotencyKey = key
    if (made) {
      request.ownsIdempotencyKey = true
      return
    }
    const [first] = await db.query<{ request_hash: string; status: number | null; body: string | null }>(
      'select request_hash, status, body from idempotency_key where account_id = $1 and key = $2',
      [accountId, key],
    )
    if (first && first.request_hash !== hash) refuse('request.keyReused')
    if (!first || first.status === null) refuse('request.inProgress')
    return reply
      .status(first.status)
      .header('content-type', 'application/json; charset=utf-8')
      .header('idempotency-replayed', 'true')
      .send(first.body)
  })

  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.ownsIdempotencyKey || !request.live) return payload
    const accountId = request.live.actor.accountId
    if (reply.statusCode >= 500 || typeof payload !== 'string')
      await db.query('delete from idempotency_key where account_id = $1 and key = $2', [
        accountId,
        request.idempotencyKey,
      ])
    else
      await db.query('update idempotency_key set status = $3, body = $4 where account_id = $1 and key = $2', [
        accountId,
        request.idempotencyKey,
        reply.statusCode,
        payload,
      ])
    return payload
  })
}

const isMutation = (request: FastifyRequest): boolean =>
  request.method !== 'GET' && request.method !== 'HEAD' && !request.routeOptions.config.withoutIdempotencyKey

// A file's bytes are not read here; its content is recognised by its own hash.
const bodyText = (request: FastifyRequest): string =>
  request.isMultipart?.() ? 'multipart' : JSON.stringify(request.body ?? null)
