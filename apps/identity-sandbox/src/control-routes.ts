import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { ControlRequest, SandboxStats, StatsQuery } from './sandbox.api.ts'
import type { SandboxState } from './sandbox-state.ts'

/** Steering and counting from outside, so that tests can prove batching and bounded concurrency (DUP-009). */
export function controlRoutes(instance: FastifyInstance, state: SandboxState): void {
  const app = instance.withTypeProvider<ZodTypeProvider>()

  app.post(
    '/sandbox/control',
    { schema: { body: ControlRequest, response: { 200: SandboxStats } } },
    async ({ body }) => {
      if (body.reset) state.reset()
      state.control(body)
      return state.stats()
    },
  )

  app.get(
    '/sandbox/stats',
    { schema: { querystring: StatsQuery, response: { 200: SandboxStats } } },
    async ({ query }) => ({ ...state.stats(), ...(query.perRef === 'true' ? { perRef: state.perRef() } : {}) }),
  )
}
