import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Platform } from '../../platform/platform.ts'
import { confirmRoutes } from './confirm-routes.ts'
import { decisionRoutes } from './decision-routes.ts'
import { lineRoutes } from './line-routes.ts'
import { requestRoutes } from './request-routes.ts'
import { serviceRoutes } from './service-routes.ts'

/** Every route of 中职接续 besides those of the corridor. */
export const vocationalRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(lineRoutes(platform))
    await app.register(confirmRoutes(platform))
    await app.register(decisionRoutes(platform))
    await app.register(requestRoutes(platform))
    await app.register(serviceRoutes(platform))
  }
