import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Room } from '../../pipeline/room.ts'
import type { Platform } from '../../platform/platform.ts'
import { confirmRoutes } from './confirm-routes.ts'
import { rosterExportRoutes } from './export-routes.ts'
import { rosterRoutes } from './roster-routes.ts'
import { supplementRoutes } from './supplement-routes.ts'

/** Every route of 学前接续 besides those of the corridor; `registration` is the room its children are filed into. */
export const preschoolRoutes =
  (platform: Platform, registration: Room): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(rosterRoutes(platform))
    await app.register(confirmRoutes(platform))
    await app.register(rosterExportRoutes(platform, registration))
    await app.register(supplementRoutes(platform, registration))
  }
