import { ProgressQuery, ProgressView, RegisterReminder } from '@xueji/contracts/rooms/registration/progress.api'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { sessionOf } from '../../platform/http/authenticate.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import type { Platform } from '../../platform/platform.ts'
import { deadlineFor, viewProgress } from './progress.view.ts'
import { countUnfinished } from './progress-store.ts'
import { registrationRoom } from './registration.room.ts'

const BUREAUS = ['countyRegistrar', 'cityRegistrar', 'provinceRegistrar'] as const
const SCHOOLS = ['schoolRegistrar', 'schoolLeader', 'newcomerClerk'] as const

/** 注册进度 and the reminder of its deadline (menu §2.6, §6 ⑨; TIME-001, PRE-018). Counts only: no child is named. */
export const progressRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const room = registrationRoom.name
    const base = `/api/rooms/${room}`
    const tags = [registrationRoom.title]

    app.get(
      `${base}/reminder`,
      { schema: { response: { 200: RegisterReminder }, tags }, config: onlyRoles(...SCHOOLS, ...BUREAUS) },
      async (request) => {
        const { actor } = sessionOf(request)
        const { entryYear, deadline } = await deadlineFor(db.system, actor.orgPath, clock.today())
        const counts = await db.inScopeOf(actor, (tx) => countUnfinished(tx, room, actor.orgPath, entryYear))
        return {
          entryYear,
          deadline,
          unfinished: counts.unfinished,
          schools: actor.orgLevel === 'school' ? null : counts.schools,
        }
      },
    )

    app.get(
      `${base}/progress`,
      {
        schema: { querystring: ProgressQuery, response: { 200: ProgressView }, tags },
        config: onlyRoles(...BUREAUS),
      },
      async (request) => {
        const { actor } = sessionOf(request)
        return db.inScopeOf(actor, (tx) => viewProgress(tx, room, actor, request.query.orgId, clock.today()))
      },
    )
  }
