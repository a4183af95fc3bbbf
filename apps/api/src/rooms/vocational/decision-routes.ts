import { refusalMessage } from '@xueji/contracts/issues/refusals'
import { DecisionAnswer, LineDecision } from '@xueji/contracts/rooms/vocational/vocational.api'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { commanderOf } from '../../pipeline/batch-lock.ts'
import type { ItemToEnd } from '../../pipeline/room.ts'
import { sealAnswer } from '../../platform/http/idempotency.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import { publishAll } from '../../platform/live-events.ts'
import type { Platform } from '../../platform/platform.ts'
import { decideLines, type LineOutcome } from './decide-lines.ts'

/** Outcomes with their refusals in words. */
export const wordOutcomes = (outcomes: readonly LineOutcome[]): DecisionAnswer => ({
  outcomes: outcomes.map(({ id, refusal }) => ({
    id,
    refusal: refusal && { id: refusal, message: refusalMessage(refusal) },
  })),
})

/** News for the schools whose registrations ended. */
export const announceEnded = ({ db }: Pick<Platform, 'db'>, ended: readonly ItemToEnd[]): Promise<void> =>
  publishAll(
    db.system,
    ended.map(({ id, orgPath }) => ({ topic: 'queue', id, orgPath })),
  )

/** 继续接续 and 不继续 (PRE-019), for one child or a thousand. */
export const decisionRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = platform
    app.post(
      '/api/rooms/vocational/decisions',
      {
        schema: { body: LineDecision, response: { 200: DecisionAnswer }, tags: ['中职接续'] },
        config: onlyRoles('vocationalRegistrar'),
      },
      async (request) => {
        const by = commanderOf(request)
        const { answer, ended } = await db.inScopeOf(by.actor, async (tx) => {
          const { outcomes, ended } = await decideLines(tx, platform, by, request.body)
          const answer = wordOutcomes(outcomes)
          // An answer that was lost is asked for again: it must not say that everything was done already.
          await sealAnswer(tx, request, answer)
          return { answer, ended }
        })
        await announceEnded(platform, ended)
        return answer
      },
    )
  }
