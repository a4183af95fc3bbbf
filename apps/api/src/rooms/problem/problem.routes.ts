import { Id, pageOf } from '@xueji/contracts/common/wire'
import { type RefusalId, refusalMessage } from '@xueji/contracts/issues/refusals'
import {
  ArbitrationRequest,
  HandlingRequest,
  HandlingResponse,
  ProblemRow,
  ProblemSearch,
} from '@xueji/contracts/rooms/problem/problem.api'
import { CauseGroup, ProblemGroupView } from '@xueji/contracts/rooms/problem/problem-group.api'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ITEM_READER_ROLES } from '../../pipeline/item-routes.ts'
import { cappedTotal } from '../../pipeline/list-query.ts'
import { appendAudit } from '../../platform/audit.ts'
import { sessionOf } from '../../platform/http/authenticate.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import { publish, publishAll } from '../../platform/live-events.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { loadSettings } from '../../platform/settings.ts'
import { arbitrateGroup } from './problem.arbitration.ts'
import { groupByCause } from './problem.causes.ts'
import { type FilingOutcome, fileHandlings } from './problem.filing.ts'
import { PROBLEM_TABLES, problemConditions } from './problem.filter.ts'
import { listParties, presentParties } from './problem.list.ts'
import { loadNotices } from './problem.parties.ts'
import type { IdentityRegister } from './problem.precheck.ts'
import { problemRoom } from './problem.room.ts'
import { viewGroup } from './problem.view.ts'

// 新生注册专用账号 sees registration only (REG-035).
const READERS = onlyRoles(...ITEM_READER_ROLES.filter((role) => role !== 'newcomerClerk'))
const FILERS = onlyRoles('schoolRegistrar')
const ARBITERS = onlyRoles('countyRegistrar', 'cityRegistrar', 'provinceRegistrar', 'ministryRegistrar')

/** 问题学籍管理 (menu §3): lists, the page of a group, 变更/佐证/删除, 仲裁, the work list. Reviews go the corridor's way. */
export const problemRoutes =
  (platform: Platform, register: IdentityRegister): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const base = `/api/rooms/${problemRoom.name}`
    const tags = [problemRoom.title]
    const Params = z.object({ id: Id })

    // A reading by POST: its conditions may name a child.
    app.post(
      `${base}/parties/search`,
      {
        schema: { body: ProblemSearch, response: { 200: pageOf(ProblemRow) }, tags },
        config: { ...READERS, withoutIdempotencyKey: true },
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const { view, limit, after, count, ...filter } = request.body
        const conditions = problemConditions(view, filter, actor)
        return db.inScopeOf(actor, async (tx) => {
          const page = await listParties(tx, conditions, limit, after)
          const rows = await presentParties(db.system, page.rows, actor)
          if (!count) return { ...page, rows }
          return { ...page, rows, ...(await cappedTotal(tx, PROBLEM_TABLES, conditions)) }
        })
      },
    )

    app.get(
      `${base}/groups/:id`,
      { schema: { params: Params, response: { 200: ProblemGroupView }, tags }, config: READERS },
      async (request) => {
        const { actor } = sessionOf(request)
        const { id } = request.params
        return db.inScopeOf(actor, async (tx) => {
          const view = await viewGroup(tx, db.system, actor, id)
          await appendAudit(tx, clock, [
            {
              actorId: actor.accountId,
              actorName: actor.displayName,
              orgPath: actor.orgPath,
              action: 'problem.view',
              target: id,
              detail: {},
              requestId: request.id,
            },
          ])
          return view
        })
      },
    )

    app.get(
      `${base}/causes`,
      { schema: { response: { 200: z.array(CauseGroup) }, tags }, config: FILERS },
      async (request) => {
        const { actor } = sessionOf(request)
        return db.inScopeOf(actor, (tx) => groupByCause(tx, db.system, actor))
      },
    )

    app.post(
      `${base}/handlings`,
      { schema: { body: HandlingRequest, response: { 200: HandlingResponse }, tags }, config: FILERS },
      async (request) => {
        const { actor } = sessionOf(request)
        const targets = [...new Map(request.body.targets.map((target) => [target.studentId, target])).values()]
        const outcomes = await fileHandlings(platform, register, actor, { ...request.body, targets }, request.id)
        const [only] = outcomes
        // One child is answered as any single command is: what is wrong with it stands in the error.
        if (outcomes.length === 1 && only?.issues) refuse('register.rowInvalid', only.issues)
        if (outcomes.length === 1 && only?.refusal)
          refuse(only.refusal, only.detail ? [{ field: 'identityNumber', message: only.detail }] : undefined)
        await publish(db.system, { topic: 'queue', id: 'problem', orgPath: actor.orgPath })
        return { outcomes: outcomes.map(presentOutcome) }
      },
    )

    app.post(
      `${base}/groups/:id/arbitration`,
      {
        schema: { params: Params, body: ArbitrationRequest, response: { 200: ProblemGroupView }, tags },
        config: ARBITERS,
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const { id } = request.params
        const settings = await loadSettings(db.system, actor.orgPath)
        await db.inScopeOf(actor, (tx) =>
          arbitrateGroup(tx, platform, actor, id, request.body, {
            allowAllPass: settings['arbitration.allowAllPass'],
            requestId: request.id,
          }),
        )
        const parties = await loadNotices(db.system, [id])
        const concerned = [...new Set(parties.map((party) => party.orgPath))]
        await publishAll(
          db.system,
          concerned.map((orgPath) => ({ topic: 'queue', id, orgPath })),
        )
        return db.inScopeOf(actor, (tx) => viewGroup(tx, db.system, actor, id))
      },
    )
  }

function presentOutcome({
  studentId,
  refusal,
  detail,
  issues,
}: FilingOutcome): z.infer<typeof HandlingResponse>['outcomes'][number] {
  const id: RefusalId | undefined = refusal ?? (issues ? 'register.rowInvalid' : undefined)
  return {
    studentId,
    refusal: id ?? null,
    message: id ? `${refusalMessage(id)}${detail ? `（${detail}）` : ''}` : null,
  }
}
