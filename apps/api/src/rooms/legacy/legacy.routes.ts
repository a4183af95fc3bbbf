import { Id, pageOf } from '@xueji/contracts/common/wire'
import { LegacyProblemQuery, LegacyProblemRow } from '@xueji/contracts/rooms/legacy/legacy.api'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { maskNumber } from '../../pipeline/item-view.ts'
import { keyOf, pageAfter } from '../../pipeline/paging.ts'
import { sessionOf } from '../../platform/http/authenticate.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { LEGACY_LOADERS, legacyRoom } from './legacy.room.ts'

/** 存量学籍导入: what the corridor's report does not say, the children a load made 问题学籍, row by row. */
export const legacyRoutes =
  ({ db }: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      `/api/rooms/${legacyRoom.name}/imports/:id/problems`,
      {
        schema: {
          params: z.object({ id: Id }),
          querystring: LegacyProblemQuery,
          response: { 200: pageOf(LegacyProblemRow) },
          tags: [legacyRoom.title],
        },
        config: onlyRoles(...LEGACY_LOADERS),
      },
      async (request) => {
        const { limit, after, problemType } = request.query
        const page = await db.inScopeOf(sessionOf(request).actor, async (tx) => {
          const [batch] = await tx.query('select 1 from import_batch where id = $1 and room = $2', [
            request.params.id,
            legacyRoom.name,
          ])
          if (!batch) refuse('notFound')
          const rows = await tx.query<Omit<LegacyProblemRow, 'parties'>>(
            `select e.row_number as "rowNumber", o.name as "schoolName", s.name as "studentName", s.student_number as "studentNumber", g.id as "groupId",
               g.problem_type as "problemType", g.fault, g.is_cross_province as "isCrossProvince", g.status = 'ended' as "isEnded"
             from legacy_entry e join student s on s.id = e.student_id join organization o on o.id = s.org_id join problem_group g on g.id = e.group_id
             where e.batch_id = $1 and e.group_id is not null and e.row_number > $2 and ($3::int is null or g.problem_type = $3) order by e.row_number limit $4`,
            [request.params.id, after ? Number(keyOf(after)[0]) || 0 : 0, problemType ?? null, limit + 1],
          )
          return pageAfter(rows, limit, (row) => [String(row.rowNumber)])
        })
        // How many there are may be known of sides out of range, nothing else (DUP-007).
        const counts = await db.system.query<{ id: string; n: number }>(
          'select group_id as id, count(*)::int as n from problem_member where group_id = any($1::uuid[]) group by 1',
          [page.rows.map(({ groupId }) => groupId)],
        )
        const parties = new Map(counts.map(({ id, n }) => [id, n]))
        return {
          ...page,
          rows: page.rows.map((row) => ({
            ...row,
            studentNumber: maskNumber(row.studentNumber) ?? '',
            parties: parties.get(row.groupId) ?? 1,
          })),
        }
      },
    )
  }
