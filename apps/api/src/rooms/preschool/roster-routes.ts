import { Id, pageOf } from '@xueji/contracts/common/wire'
import {
  RosterEdit,
  RosterLineDetail,
  RosterRemoved,
  RosterRow,
  RosterSearch,
  RosterSelection,
  RosterSummary,
  RosterValues,
} from '@xueji/contracts/rooms/preschool/preschool.api'
import { rosterTexts } from '@xueji/domain/continuation/five-fields'
import { editLine, newLine } from '@xueji/domain/rooms/preschool/roster-line'
import { rosterHindrance } from '@xueji/domain/rooms/preschool/roster-matrix'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { auditCommand, commanderOf } from '../../pipeline/batch-lock.ts'
import { ARCHIVES, matchEvidence } from '../../pipeline/match-persons.ts'
import { sessionOf } from '../../platform/http/authenticate.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { loadSettings } from '../../platform/settings.ts'
import { checkLine, LISTED } from './check-line.ts'
import { listRoster, summariseRoster } from './roster-list.ts'
import { findLine, insertLine, lineOf, listLines, onePerson, stateOf, writeLine } from './roster-store.ts'
import { presentLine } from './roster-view.ts'

/** 学前调档名单管理 (menu §2.1): list, 新增, 修改, 删除. The school's registrar and newcomer clerk act, its leader reads. */
export const rosterRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const base = '/api/rooms/preschool'
    const tags = ['学前接续']
    const Params = z.object({ id: Id })
    const filers = onlyRoles('schoolRegistrar', 'newcomerClerk')
    const readers = onlyRoles('schoolRegistrar', 'newcomerClerk', 'schoolLeader')

    // A reading by POST: its conditions may name a child.
    app.post(
      `${base}/lines/search`,
      {
        schema: { body: RosterSearch, response: { 200: pageOf(RosterRow) }, tags },
        config: { ...readers, withoutIdempotencyKey: true },
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const settings = await loadSettings(db.system, actor.orgPath)
        const page = await db.inScopeOf(actor, (tx) =>
          listRoster(tx, request.body, settings['preschool.supplementUnmatched']),
        )
        return { ...page, rows: page.rows.map(presentLine) }
      },
    )

    app.get(
      `${base}/summary`,
      { schema: { response: { 200: RosterSummary }, tags }, config: readers },
      async (request) => {
        const { actor } = sessionOf(request)
        const settings = await loadSettings(db.system, actor.orgPath)
        const summary = await db.inScopeOf(actor, (tx) =>
          summariseRoster(tx, clock.today(), settings['deadline.register']),
        )
        return { ...summary, supplementUnmatched: settings['preschool.supplementUnmatched'] }
      },
    )

    app.get(
      `${base}/lines/:id`,
      { schema: { params: Params, response: { 200: RosterLineDetail }, tags }, config: filers },
      async (request) => {
        const by = commanderOf(request)
        return db.inScopeOf(by.actor, async (tx) => {
          const line = await findLine(tx, request.params.id)
          if (!line) refuse('notFound')
          // The one place where a number is shown whole.
          await auditCommand(tx, platform, by, 'preschool.view', line.id, {})
          return { ...presentLine(line), values: rosterTexts(line) }
        })
      },
    )

    app.post(
      `${base}/lines`,
      { schema: { body: RosterValues, response: { 200: RosterRow }, tags }, config: filers },
      async (request) => {
        const by = commanderOf(request)
        const { actor } = by
        const checked = await checkLine(db.system, clock.today(), actor.orgPath, request.body, null)
        if ('issues' in checked) refuse('preschool.lineInvalid', checked.issues)
        return db.inScopeOf(actor, async (tx) => {
          const line = newLine(checked.person, await matchEvidence(tx, ARCHIVES, onePerson(checked.person)))
          const id = clock.newId()
          const place = { id, orgId: actor.orgId, orgPath: actor.orgPath, addedBy: actor.accountId }
          if (!(await insertLine(tx, line, place, clock.now()))) refuse(LISTED)
          await auditCommand(tx, platform, by, 'preschool.add', id, { match: line.match.status })
          return presentLine((await findLine(tx, id))!)
        })
      },
    )

    app.put(
      `${base}/lines/:id`,
      { schema: { params: Params, body: RosterEdit, response: { 200: RosterRow }, tags }, config: filers },
      async (request) => {
        const by = commanderOf(request)
        const { actor } = by
        const { id } = request.params
        const { values, version } = request.body
        const checked = await checkLine(db.system, clock.today(), actor.orgPath, values, id)
        return db.inScopeOf(actor, async (tx) => {
          const stored = await findLine(tx, id, true)
          if (!stored) refuse('notFound')
          const hindrance = rosterHindrance('edit', stateOf(stored))
          if (hindrance) refuse(hindrance)
          if (stored.version !== version) refuse('preschool.changed')
          if ('issues' in checked) refuse('preschool.lineInvalid', checked.issues)
          const edited = editLine(
            lineOf(stored),
            checked.person,
            await matchEvidence(tx, ARCHIVES, onePerson(checked.person)),
          )
          if (!edited.ok) refuse(edited.refusal)
          if (!(await writeLine(tx, id, edited.value))) refuse(LISTED)
          await auditCommand(tx, platform, by, 'preschool.edit', id, { match: edited.value.match.status })
          return presentLine((await findLine(tx, id))!)
        })
      },
    )

    app.post(
      `${base}/lines/remove`,
      { schema: { body: RosterSelection, response: { 200: RosterRemoved }, tags }, config: filers },
      async (request) => {
        const by = commanderOf(request)
        const ids = [...new Set(request.body.ids)]
        return db.inScopeOf(by.actor, async (tx) => {
          const lines = await listLines(tx, ids, true)
          if (lines.length < ids.length) refuse('notFound')
          // All or none: the one that may not go is named by what stands in its way (PRE-010).
          for (const line of lines) {
            const hindrance = rosterHindrance('remove', stateOf(line))
            if (hindrance) refuse(hindrance, [{ field: line.id, message: line.name }])
          }
          await tx.query('delete from preschool_roster where id = any($1::uuid[])', [ids])
          await auditCommand(tx, platform, by, 'preschool.remove', by.actor.orgId, { lines: ids })
          return { removed: lines.length }
        })
      },
    )
  }
