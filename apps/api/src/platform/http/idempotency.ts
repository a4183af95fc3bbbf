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
    /** True once what its answer can be made from again is kept in place of the answer. */
    answersAnew: boolean
  }
  interface FastifyContextConfig {
    /** Makes the answer once more from what `sealNote` kept: for answers that hold many children's data, which are not to lie about. */
    answerAgain?: (request: FastifyRequest, note: unknown) => Promise<unknown>
  }
}

// A request that died without an answer frees its key after this time.
const STALE_MILLIS = 60_000

/**
 * Retries are harmless (security: Laws): every mutating request carries a key; the first answer is replayed for 24 hours; the same key with
 * another content is an error. A failed attempt (5xx) frees the key, unless its effect was sealed.
 */
export function installIdempotency(app: FastifyInstance, db: Executor, clock: Clock): void {
  app.decorateRequest('idempotencyKey', undefined)
  app.decorateRequest('ownsIdempotencyKey', false)
  app.decorateRequest('answersAnew', false)

  app.addHook('preHandler', async (request, reply) => {
    if (!isMutation(request) || !request.live) return
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string' || !/^[\w-]{8,80}$/.test(key)) refuse('request.keyMissing')
    const accountId = request.live.actor.accountId
    const hash = fingerprintOf(request, request.isMultipart() ? '' : bodyText(request.body))
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
    if (!first) refuse('request.inProgress')
    // A file is hashed only when it comes again: the first time its content is known once it is stored.
    const again = first.status !== null && request.isMultipart() ? await uploadFingerprint(request) : hash
    if (first.request_hash !== hash && first.request_hash !== again) refuse('request.keyReused')
    if (first.status === null) refuse('request.inProgress')
    reply.status(first.status).header('idempotency-replayed', 'true')
    const { answerAgain } = request.routeOptions.config
    if (answerAgain && first.status === 200) return reply.send(await answerAgain(request, JSON.parse(first.body ?? '')))
    return reply.header('content-type', 'application/json; charset=utf-8').send(first.body)
  })

  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.ownsIdempotencyKey || !request.live) return payload
    if (request.answersAnew && reply.statusCode === 200) return payload
    const owner = [request.live.actor.accountId, request.idempotencyKey]
    try {
      if (reply.statusCode >= 500 || typeof payload !== 'string')
        await db.query('delete from idempotency_key where account_id = $1 and key = $2 and status is null', owner)
      else
        await db.query('update idempotency_key set status = $3, body = $4 where account_id = $1 and key = $2', [
          ...owner,
          reply.statusCode,
          payload,
        ])
    } catch (error) {
      // The caller still gets its answer; the key stays taken until it is stale.
      request.log.warn({ err: { message: (error as Error).message } }, 'idempotency key not closed')
    }
    return payload
  })
}

/**
 * Keeps the answer in the transaction of its effect: whatever happens to the process or the connection afterwards, a retry gets this answer and never
 * a second effect. For effects that nothing else keeps from happening twice. `contentHash` is the hash of an uploaded file.
 */
export async function sealAnswer(
  tx: Executor,
  request: FastifyRequest,
  answer: unknown,
  contentHash?: string,
): Promise<void> {
  if (!request.ownsIdempotencyKey || !request.live) return
  await tx.query(
    `update idempotency_key set status = 200, body = $3, request_hash = coalesce($4, request_hash) where account_id = $1 and key = $2`,
    [
      request.live.actor.accountId,
      request.idempotencyKey,
      JSON.stringify(answer),
      contentHash === undefined ? null : fingerprintOf(request, contentHash),
    ],
  )
}

/** As `sealAnswer`, for a route with `answerAgain`: keeps what the answer can be made from again, and never the answer. */
export async function sealNote(tx: Executor, request: FastifyRequest, note: unknown): Promise<void> {
  await sealAnswer(tx, request, note)
  request.answersAnew = true
}

const isMutation = (request: FastifyRequest): boolean =>
  request.method !== 'GET' && request.method !== 'HEAD' && !request.routeOptions.config.withoutIdempotencyKey

const fingerprintOf = (request: FastifyRequest, content: string): string =>
  createHash('sha256').update(`${request.method} ${request.url} ${content}`).digest('hex')

async function uploadFingerprint(request: FastifyRequest): Promise<string> {
  const part = await request.file({ limits: { fileSize: Number.MAX_SAFE_INTEGER } })
  const hash = createHash('sha256')
  if (part) for await (const chunk of part.file) hash.update(chunk as Buffer)
  return fingerprintOf(request, hash.digest('hex'))
}

// A body that nests deeper than JSON can be written again is nobody's request. Passwords stay out of what is kept, even as a hash: one that can be
// computed quickly can be guessed from.
function bodyText(body: unknown): string {
  try {
    return JSON.stringify(body ?? null, (name, value: unknown) => (name === 'password' ? '' : value))
  } catch {
    return refuse('request.invalid')
  }
}
