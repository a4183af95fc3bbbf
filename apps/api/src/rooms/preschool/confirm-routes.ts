import { Id } from '@xueji/contracts/common/wire'
import { RosterCandidates, RosterConfirmation, RosterRow } from '@xueji/contracts/rooms/preschool/preschool.api'
import { confirmLine } from '@xueji/domain/rooms/preschool/roster-line'
import { rosterHindrance } from '@xueji/domain/rooms/preschool/roster-matrix'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { auditCommand, commanderOf } from '../../pipeline/batch-lock.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { listCandidates } from './archive-store.ts'
import { findLine, lineOf, stateOf, writeLine } from './roster-store.ts'
import { presentCandidate, presentLine } from './roster-view.ts'

/** 学前学籍确认 (menu §2.1, PRE-007): the archives that may be the child's, and the choice among them. */
export const confirmRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = platform
    const base = '/api/rooms/preschool/lines/:id'
    const tags = ['学前接续']
    const Params = z.object({ id: Id })
    const filers = onlyRoles('schoolRegistrar', 'newcomerClerk')

    // Whose archives are looked at is noted: they are children of other institutions.
    app.get(
      `${base}/candidates`,
      { schema: { params: Params, response: { 200: RosterCandidates }, tags }, config: filers },
      async (request) => {
        const by = commanderOf(request)
        return db.inScopeOf(by.actor, async (tx) => {
          const line = await findLine(tx, request.params.id)
          if (!line) refuse('notFound')
          const hindrance = rosterHindrance('confirm', stateOf(line))
          if (hindrance) refuse(hindrance)
          const candidates = await listCandidates(tx, line.id)
          await auditCommand(tx, platform, by, 'preschool.candidates', line.id, { archives: candidates.length })
          return { line: presentLine(line), candidates: candidates.map(presentCandidate) }
        })
      },
    )

    app.post(
      `${base}/confirmation`,
      { schema: { params: Params, body: RosterConfirmation, response: { 200: RosterRow }, tags }, config: filers },
      async (request) => {
        const by = commanderOf(request)
        const { archiveId, version } = request.body
        return db.inScopeOf(by.actor, async (tx) => {
          const stored = await findLine(tx, request.params.id, true)
          if (!stored) refuse('notFound')
          if (stored.version !== version) refuse('preschool.changed')
          const offered = new Set((await listCandidates(tx, stored.id)).map((archive) => archive.id))
          const confirmed = confirmLine(lineOf(stored), archiveId ?? undefined, offered)
          if (!confirmed.ok) refuse(confirmed.refusal)
          await writeLine(tx, stored.id, confirmed.value)
          await auditCommand(tx, platform, by, 'preschool.confirm', stored.id, { archiveId })
          return presentLine((await findLine(tx, stored.id))!)
        })
      },
    )
  }
