import type { FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Executor } from '../db.ts'
import { refuse } from '../refusal.ts'
import { hashSecret } from './session.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The system that calls, on routes for services only. */
    service: ServiceCaller | undefined
  }
}

/** Another system: its account, its name in the audit, the range it acts in. */
export type ServiceCaller = { readonly id: string; readonly name: string; readonly orgPath: string }

/** The service whose key a request bears; undefined for none, for a key revoked or run out, and where its organisation is gone. */
export async function findService(
  db: Executor,
  clock: Clock,
  authorization: string | undefined,
): Promise<ServiceCaller | undefined> {
  const [, key] = /^Bearer ([\w-]{20,100})$/.exec(authorization ?? '') ?? []
  if (!key) return undefined
  const [service] = await db.query<ServiceCaller>(
    `select s.id, s.name, s.org_path as "orgPath" from service_account s join organization o on o.id = s.org_id
     where s.key_hash = $1 and s.revoked_at is null and s.expires_at > $2 and o.status = 'active'`,
    [hashSecret(key), clock.now()],
  )
  return service
}

/** The calling system; only behind a policy that asks for one. */
export const serviceOf = (request: FastifyRequest): ServiceCaller => request.service ?? refuse('auth.required')
