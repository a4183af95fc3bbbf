import { ProgressQuery, ProgressView, RegisterReminder } from '@xueji/contracts/rooms/registration/progress.api'
import type { Actor } from '@xueji/domain/access/roles'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { registerDeadline } from '@xueji/domain/rooms/registration/register-deadline'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { sessionOf } from '../../platform/http/authenticate.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { loadSettings } from '../../platform/settings.ts'
import { countUnfinished, loadProgress, loadTrail } from './progress-store.ts'
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

    const deadlineFor = async (actor: Pick<Actor, 'orgPath'>, today: PlainDate) => {
      const settings = await loadSettings(db.system, actor.orgPath)
      const entryYear = schoolYearOf(today)
      return { entryYear, deadline: registerDeadline(entryYear, settings['deadline.register'], today) }
    }

    app.get(
      `${base}/reminder`,
      { schema: { response: { 200: RegisterReminder }, tags }, config: onlyRoles(...SCHOOLS, ...BUREAUS) },
      async (request) => {
        const { actor } = sessionOf(request)
        const { entryYear, deadline } = await deadlineFor(actor, clock.today())
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
        const { entryYear, deadline } = await deadlineFor(actor, clock.today())
        return db.inScopeOf(actor, async (tx) => {
          const trail = await loadTrail(tx, actor.orgPath, request.query.orgId ?? actor.orgId)
          const above = trail.at(-1) ?? refuse('notFound')
          const rows = await loadProgress(tx, room, above, entryYear)
          return {
            entryYear,
            deadline,
            trail: trail.map(({ id, name }) => ({ id, name })),
            rows: rows.map(({ id, name, path: _, unfinishedSchools, ...row }) => ({
              orgId: id,
              orgName: name,
              ...row,
              overdue: deadline.overdue ? row.waiting + row.returned : 0,
              overdueSchools: deadline.overdue ? unfinishedSchools : 0,
            })),
          }
        })
      },
    )
  }
