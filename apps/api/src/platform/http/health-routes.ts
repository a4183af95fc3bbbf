import type { FastifyPluginAsync } from 'fastify'
import type { Platform } from '../platform.ts'
import { openToAll } from './policy.ts'

/** Liveness (the process answers) and readiness (the database answers): for load balancers and the start script. */
export const healthRoutes =
  (platform: Platform): FastifyPluginAsync =>
  async (app) => {
    app.get('/health/live', { config: openToAll('liveness probe') }, async () => ({ status: 'ok' }))
    app.get('/health/ready', { config: openToAll('readiness probe') }, async (_request, reply) => {
      try {
        await platform.db.system.query('select 1')
        return { status: 'ok' }
      } catch {
        return reply.status(503).send({ status: 'unavailable', waitsFor: 'database' })
      }
    })
  }
