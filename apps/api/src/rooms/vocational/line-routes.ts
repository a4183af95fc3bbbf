import { Id, pageOf } from '@xueji/contracts/common/wire'
import {
  VocationalDetail,
  VocationalEdit,
  VocationalRemoved,
  VocationalRow,
  VocationalSearch,
  VocationalSelection,
  VocationalSummary,
  VocationalValues,
} from '@xueji/contracts/rooms/vocational/vocational.api'
import type { Actor } from '@xueji/domain/access/roles'
import { rosterTexts } from '@xueji/domain/continuation/five-fields'
import { decideMatch } from '@xueji/domain/continuation/match'
import { lineHindrance } from '@xueji/domain/rooms/vocational/line-matrix'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { auditCommand, commanderOf } from '../../pipeline/batch-lock.ts'
import { sessionOf } from '../../platform/http/authenticate.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { loadSettings } from '../../platform/settings.ts'
import { searchLines, summariseLines } from './line-list.ts'
import { findLine, insertLines, isListed, listLines, onePerson, type StoredLine, writeLine } from './line-store.ts'
import { presentLine } from './line-view.ts'
import { recordEvidence } from './match-records.ts'
import { loadStandings } from './standing.ts'
import { listedIssue, makeLineCheck, schoolHindrance } from './vocational-checker.ts'
import { askForChildren, recallRequests } from './write-requests.ts'

/** Lines in the words of the page: what the nation knows of their children is asked for after they were read in range. */
export async function presentLines(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  lines: readonly StoredLine[],
  { orgPath }: Pick<Actor, 'orgPath'>,
): Promise<VocationalRow[]> {
  const open = lines.filter((line) => line.state === 'open').map(({ id }) => id)
  const standings = await loadStandings(db.system, open, orgPath)
  return lines.map((line) => presentLine(line, standings, schoolYearOf(clock.today())))
}

/** 学籍调档 (S4 attachment 2): list, 新增, 修改, 删除. The vocational school's registrar alone. */
export const lineRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const base = '/api/rooms/vocational'
    const tags = ['中职接续']
    const Params = z.object({ id: Id })
    const registrars = onlyRoles('vocationalRegistrar')
    const presentOne = async (line: StoredLine, actor: Actor): Promise<VocationalRow> =>
      (await presentLines(platform, [line], actor))[0]!

    // A reading by POST: its conditions may name a child.
    app.post(
      `${base}/lines/search`,
      {
        schema: { body: VocationalSearch, response: { 200: pageOf(VocationalRow) }, tags },
        config: { ...registrars, withoutIdempotencyKey: true },
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const page = await db.inScopeOf(actor, (tx) => searchLines(tx, request.body))
        return { ...page, rows: await presentLines(platform, page.rows, actor) }
      },
    )

    app.get(
      `${base}/summary`,
      { schema: { response: { 200: VocationalSummary }, tags }, config: registrars },
      async (request) => {
        const { actor } = sessionOf(request)
        const settings = await loadSettings(db.system, actor.orgPath)
        return db.inScopeOf(actor, (tx) => summariseLines(tx, clock.today(), settings['deadline.vocational']))
      },
    )

    app.get(
      `${base}/lines/:id`,
      { schema: { params: Params, response: { 200: VocationalDetail }, tags }, config: registrars },
      async (request) => {
        const by = commanderOf(request)
        const line = await db.inScopeOf(by.actor, async (tx) => {
          const found = await findLine(tx, request.params.id)
          if (!found) refuse('notFound')
          // The one place where numbers are shown whole: as the school itself wrote them.
          await auditCommand(tx, platform, by, 'vocational.view', found.id, {})
          return found
        })
        const values = { studentNumber: line.studentNumber ?? '', ...rosterTexts(line) }
        return { ...(await presentOne(line, by.actor)), values }
      },
    )

    app.post(
      `${base}/lines`,
      { schema: { body: VocationalValues, response: { 200: VocationalRow }, tags }, config: registrars },
      async (request) => {
        const by = commanderOf(request)
        const { actor } = by
        const refusal = await schoolHindrance(db.system, actor.orgId)
        if (refusal) refuse(refusal)
        const checked = makeLineCheck(clock.today())(request.body)
        if ('issues' in checked) refuse('vocational.lineInvalid', checked.issues)
        const { person } = checked
        const line = await db.inScopeOf(actor, async (tx) => {
          const listed = await isListed(tx, actor.orgId, person, null)
          if (listed) refuse('vocational.lineInvalid', [listedIssue(person)])
          const found = decideMatch(await recordEvidence(tx, onePerson(person)))
          const id = clock.newId()
          const place = { orgId: actor.orgId, orgPath: actor.orgPath, addedBy: actor.accountId }
          const entered = await insertLines(tx, place, [{ id, ...person, found }], clock.now())
          if (!entered.has(id)) refuse('vocational.listed')
          await askForChildren(tx, [id], actor.orgPath, clock.now())
          await auditCommand(tx, platform, by, 'vocational.add', id, { match: found.status })
          return (await findLine(tx, id))!
        })
        return presentOne(line, actor)
      },
    )

    app.put(
      `${base}/lines/:id`,
      { schema: { params: Params, body: VocationalEdit, response: { 200: VocationalRow }, tags }, config: registrars },
      async (request) => {
        const by = commanderOf(request)
        const { actor } = by
        const { id } = request.params
        const checked = makeLineCheck(clock.today())(request.body.values)
        const line = await db.inScopeOf(actor, async (tx) => {
          const stored = await findLine(tx, id, true)
          if (!stored) refuse('notFound')
          const hindrance = lineHindrance('edit', { ...stored, admitted: false })
          if (hindrance) refuse(hindrance)
          if (stored.version !== request.body.version) refuse('vocational.changed')
          if ('issues' in checked) refuse('vocational.lineInvalid', checked.issues)
          const { person } = checked
          const listed = await isListed(tx, actor.orgId, person, id)
          if (listed) refuse('vocational.lineInvalid', [listedIssue(person)])
          // Whoever was told of the line before is told that it asks no more; its child may be another now.
          await recallRequests(tx, [id], clock.now())
          const found = decideMatch(await recordEvidence(tx, onePerson(person)))
          if (!(await writeLine(tx, id, person, found))) refuse('vocational.listed')
          await askForChildren(tx, [id], actor.orgPath, clock.now())
          await auditCommand(tx, platform, by, 'vocational.edit', id, { match: found.status })
          return (await findLine(tx, id))!
        })
        return presentOne(line, actor)
      },
    )

    app.post(
      `${base}/lines/remove`,
      { schema: { body: VocationalSelection, response: { 200: VocationalRemoved }, tags }, config: registrars },
      async (request) => {
        const by = commanderOf(request)
        const ids = [...new Set(request.body.ids)]
        return db.inScopeOf(by.actor, async (tx) => {
          const lines = await listLines(tx, ids, true)
          if (lines.length < ids.length) refuse('notFound')
          // All or none: the one that may not go is named by what stands in its way.
          for (const line of lines) {
            const hindrance = lineHindrance('remove', { ...line, admitted: false })
            if (hindrance) refuse(hindrance, [{ field: line.id, message: line.name }])
          }
          await recallRequests(tx, ids, clock.now())
          await tx.query('delete from vocational_roster_line where id = any($1::uuid[])', [ids])
          await auditCommand(tx, platform, by, 'vocational.remove', by.actor.orgId, { lines: ids })
          return { removed: lines.length }
        })
      },
    )
  }
