import { Id } from '@xueji/contracts/common/wire'
import {
  VocationalCandidates,
  VocationalConfirmation,
  VocationalRow,
} from '@xueji/contracts/rooms/vocational/vocational.api'
import { chooseAmong } from '@xueji/domain/continuation/match'
import { lineHindrance } from '@xueji/domain/rooms/vocational/line-matrix'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { auditCommand, commanderOf } from '../../pipeline/batch-lock.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { presentLines } from './line-routes.ts'
import { findLine, writeLine } from './line-store.ts'
import { presentCandidate } from './line-view.ts'
import { listCandidates } from './standing.ts'
import { askForChildren } from './write-requests.ts'

/** 学籍确认 (PRE-007, PRE-019): the records that may be the child's, and the choice among them. */
export const confirmRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const base = '/api/rooms/vocational/lines/:id'
    const tags = ['中职接续']
    const Params = z.object({ id: Id })
    const registrars = onlyRoles('vocationalRegistrar')

    // Whose records are looked at is noted: they are children of other schools.
    app.get(
      `${base}/candidates`,
      { schema: { params: Params, response: { 200: VocationalCandidates }, tags }, config: registrars },
      async (request) => {
        const by = commanderOf(request)
        const { line, candidates } = await db.inScopeOf(by.actor, async (tx) => {
          const line = await findLine(tx, request.params.id)
          if (!line) refuse('notFound')
          const hindrance = lineHindrance('confirm', { ...line, admitted: false })
          if (hindrance) refuse(hindrance)
          const candidates = await listCandidates(db.system, line.id)
          await auditCommand(tx, platform, by, 'vocational.candidates', line.id, {
            records: candidates.map(({ id }) => id),
          })
          return { line, candidates }
        })
        const [row] = await presentLines(platform, [line], by.actor)
        return { line: row!, candidates: candidates.map((one) => presentCandidate(one, by.actor.orgPath)) }
      },
    )

    app.post(
      `${base}/confirmation`,
      {
        schema: { params: Params, body: VocationalConfirmation, response: { 200: VocationalRow }, tags },
        config: registrars,
      },
      async (request) => {
        const by = commanderOf(request)
        const { studentId, version } = request.body
        const line = await db.inScopeOf(by.actor, async (tx) => {
          const stored = await findLine(tx, request.params.id, true)
          if (!stored) refuse('notFound')
          const hindrance = lineHindrance('confirm', { ...stored, admitted: false })
          if (hindrance) refuse(hindrance)
          if (stored.version !== version) refuse('vocational.changed')
          const offered = new Set((await listCandidates(db.system, stored.id)).map(({ id }) => id))
          const chosen = chooseAmong(studentId ?? undefined, offered)
          if (!chosen) refuse('vocational.noCandidate')
          await writeLine(tx, stored.id, stored, chosen)
          await askForChildren(tx, [stored.id], by.actor.orgPath, clock.now())
          await auditCommand(tx, platform, by, 'vocational.confirm', stored.id, { studentId })
          return (await findLine(tx, stored.id))!
        })
        return (await presentLines(platform, [line], by.actor))[0]!
      },
    )
  }
