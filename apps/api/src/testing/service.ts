import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { hashSecret } from '../platform/http/session.ts'
import { type Person, personOf } from './http.ts'
import type { World } from './world.ts'

/** A service account of an organisation of the world, good for a day; its key too. */
export async function addService(world: World, org: string): Promise<{ readonly id: string; readonly key: string }> {
  const key = randomBytes(32).toString('base64url')
  const id = randomUUID()
  const { id: orgId, path } = world.org[org]!
  await world.database.client.query(
    `insert into service_account (id, name, org_id, org_path, key_hash, created_by, created_at, expires_at)
     values ($1, '中职学生系统', $2, $3, $4, 'x', now(), now() + interval '1 day')`,
    [id, orgId, path, hashSecret(key)],
  )
  return { id, key }
}

/** Another system at the API: a key in every request, no cookie. */
export function serviceCaller(app: FastifyInstance, key: string): Person {
  const nobody = personOf(app, 'service', '', '')
  const call: Person['call'] = (method, url, options = {}) =>
    nobody.call(method, url, { ...options, headers: { authorization: `Bearer ${key}`, ...options.headers } })
  return { ...nobody, call, post: (url, body, options) => call('POST', url, { ...options, body }) }
}
