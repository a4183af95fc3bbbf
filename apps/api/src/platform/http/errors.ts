import type { RefusalId } from '@xueji/contracts/issues/refusals'
import { refusalMessage, refusalStatus } from '@xueji/contracts/issues/refusals'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { sqlState } from '../db.ts'
import { Refusal } from '../refusal.ts'

// PostgreSQL: shutting down, starting, too many clients, statement or lock timeout; the driver: no connection.
const DATABASE_AWAY = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '57014',
  '55P03',
  '25P03',
  '08006',
  '08001',
  '08003',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  // Prisma's words for the same: unreachable, timed out, closed, no connection free.
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2037',
])

// What has no code of its own, or one that says too little.
const AWAY_TEXT =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|not queryable|not currently accepting connections/

/** The one place where refusals, bad requests, faults and bugs become answers: stable id, Chinese sentence, request id, never a stack. */
export function installErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { id, details } = classify(error)
    const status = refusalStatus(id)
    if (status >= 500)
      request.log.error({ err: { message: error.message, stack: error.stack, code: error.code } }, 'request failed')
    return answer(request, reply, id, details)
  })
  app.setNotFoundHandler((request, reply) => answer(request, reply, 'notFound'))
}

/** A path the router cannot even read: it never reaches a route, but it gets the same kind of answer. */
export const answerUnreadablePath = (_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
  // No hook runs here, so the header that keeps browsers from guessing is set by hand.
  answer(request, reply.header('x-content-type-options', 'nosniff'), 'request.invalid')
}

function answer(request: FastifyRequest, reply: FastifyReply, id: RefusalId, details?: unknown): FastifyReply {
  if (id === 'unavailable') reply.header('retry-after', '2')
  return reply
    .status(refusalStatus(id))
    .header('cache-control', 'no-store')
    .send({
      error: { id, message: refusalMessage(id), requestId: request.id, ...(details === undefined ? {} : { details }) },
    })
}

function classify(error: FastifyError): { id: RefusalId; details?: unknown } {
  if (error instanceof Refusal) return { id: error.id, details: error.details }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const details = error.validation.map((issue) => ({
      field: issue.instancePath.replace(/^\//, '').replaceAll('/', '.'),
      message: issue.message,
    }))
    return { id: 'request.invalid', details }
  }
  if (isResponseSerializationError(error)) return { id: 'internal' }
  if (error.statusCode === 429) return { id: 'request.tooMany' }
  if (error.statusCode === 413) return { id: 'request.tooLarge' }
  if (error.statusCode === 503) return { id: 'unavailable' }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return { id: 'request.invalid' }
  // A form that breaks off or has no boundary; its parser throws plain errors.
  if (error.code === undefined && /multipart|^The needle/i.test(error.message)) return { id: 'request.invalid' }
  const state = stateOf(error)
  // Data exceptions: a value no column can hold came through a condition or a page key.
  if (state?.startsWith('22')) return { id: 'request.invalid' }
  const away = (state !== undefined && DATABASE_AWAY.has(state)) || AWAY_TEXT.test(error.message)
  return { id: away ? 'unavailable' : 'internal' }
}

/** PostgreSQL's own code, also where Prisma has wrapped it; else the driver's. */
function stateOf(error: unknown): string | undefined {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } }
  return meta?.driverAdapterError?.cause?.originalCode ?? sqlState(error)
}
