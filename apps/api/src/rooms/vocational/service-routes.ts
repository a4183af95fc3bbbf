import {
  ServiceDecided,
  ServiceDecision,
  ServiceEntered,
  ServiceLines,
  ServiceQuery,
  ServiceRows,
} from '@xueji/contracts/rooms/vocational/vocational-service.api'
import { isWithin, rangeOf } from '@xueji/domain/organization/org-path'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Commander } from '../../pipeline/batch-lock.ts'
import { onlyServices } from '../../platform/http/policy.ts'
import { serviceOf } from '../../platform/http/service-caller.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { decideLines } from './decide-lines.ts'
import { announceEnded, wordOutcomes } from './decision-routes.ts'
import { enterSet } from './enter-set.ts'
import { presentLines } from './line-routes.ts'
import { listLines } from './line-store.ts'
import { schoolHindrance } from './vocational-checker.ts'

/**
 * 中职接续 for the vocational schools' own system (PRE-019): the same three steps as on the page, for sets of up to a thousand. The caller is a service account with a
 * key, no session and no cookie, so there is nothing to forge; commands say where lines stand, and can be given again when an answer was lost.
 */
export const serviceRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = platform
    const base = '/api/service/vocational'
    const schema = { tags: ['中职接续（服务账号）'], security: [{ service: [] }] }
    const config = { ...onlyServices, rateLimit: { max: 240, timeWindow: '1 minute' } }

    app.post(
      `${base}/lines`,
      { schema: { ...schema, body: ServiceLines, response: { 200: ServiceEntered } }, config },
      async (request) => {
        const by = await commanderOf(request, request.body.schoolCode)
        return { outcomes: await db.inScopeOf(by.actor, (tx) => enterSet(tx, platform, by, request.body.lines)) }
      },
    )

    app.post(
      `${base}/lines/search`,
      { schema: { ...schema, body: ServiceQuery, response: { 200: ServiceRows } }, config },
      async (request) => {
        const { actor } = await commanderOf(request, request.body.schoolCode)
        const lines = await db.inScopeOf(actor, (tx) => listLines(tx, request.body.ids))
        return { rows: await presentLines(platform, lines, actor) }
      },
    )

    app.post(
      `${base}/decisions`,
      { schema: { ...schema, body: ServiceDecision, response: { 200: ServiceDecided } }, config },
      async (request) => {
        const { schoolCode, ids, ...command } = request.body
        const by = await commanderOf(request, schoolCode)
        const { outcomes, ended, states } = await db.inScopeOf(by.actor, async (tx) => {
          const decided = await decideLines(tx, platform, by, { ...command, lines: ids.map((id) => ({ id })) })
          const lines = await listLines(tx, ids)
          return { ...decided, states: new Map(lines.map((line) => [line.id, line.state])) }
        })
        await announceEnded(platform, ended)
        const worded = wordOutcomes(outcomes).outcomes
        return { outcomes: worded.map((one) => ({ ...one, state: states.get(one.id) ?? null })) }
      },
    )

    /** The service acting for a vocational school of its range, under its own name. */
    async function commanderOf(request: FastifyRequest, schoolCode: string): Promise<Commander> {
      const service = serviceOf(request)
      const [school] = await db.system.query<{ id: string; name: string; path: string }>(
        `select id, name, path from organization where code = $1 and level = 'school' and status = 'active'`,
        [schoolCode],
      )
      if (!school || !isWithin(rangeOf(service.orgPath), school.path)) return refuse('notFound')
      const refusal = await schoolHindrance(db.system, school.id)
      if (refusal) refuse(refusal)
      const actor = {
        accountId: service.id,
        displayName: service.name,
        roles: [],
        orgId: school.id,
        orgName: school.name,
        orgPath: school.path,
        orgLevel: 'school' as const,
      }
      return { actor, requestId: request.id }
    }
  }
