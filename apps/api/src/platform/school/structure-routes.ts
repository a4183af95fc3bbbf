import { Done, Id } from '@xueji/contracts/common/wire'
import { CreateClassRequest, CreateGradeRequest, SchoolStructure } from '@xueji/contracts/platform/organization.api'
import { canSee } from '@xueji/domain/access/can'
import { BUREAU_REGISTRARS } from '@xueji/domain/access/roles'
import {
  className,
  classNumber,
  classTypeFits,
  gradeName,
  nextClassOrdinal,
} from '@xueji/domain/organization/class-number'
import { type Stage, stagesOf } from '@xueji/domain/organization/school-kind'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { appendAudit } from '../audit.ts'
import { sqlState, type Transaction } from '../db.ts'
import { sessionOf } from '../http/authenticate.ts'
import { sealAnswer } from '../http/idempotency.ts'
import { onlyRoles } from '../http/policy.ts'
import type { Platform } from '../platform.ts'
import { refuse } from '../refusal.ts'
import { type GradeRecord, loadSchool, loadStructure } from './structure-store.ts'

/** 年级信息管理 and 班级信息管理 of one's own school (fields 3.4, 3.5; SCH-020, SCH-022). */
export const structureRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const readers = onlyRoles('schoolRegistrar', 'schoolLeader', 'newcomerClerk')
    const writers = onlyRoles('schoolRegistrar')
    const Params = z.object({ id: Id })

    app.get(
      '/api/school/structure',
      { schema: { response: { 200: SchoolStructure } }, config: readers },
      async (request) => {
        const { actor } = sessionOf(request)
        return db.inScopeOf(actor, (tx) => loadStructure(tx, clock.today(), { id: actor.orgId, name: actor.orgName }))
      },
    )

    app.get(
      '/api/schools/:id/structure',
      { schema: { params: Params, response: { 200: SchoolStructure } }, config: onlyRoles(...BUREAU_REGISTRARS) },
      async (request) => {
        const { actor } = sessionOf(request)
        const school = await platform.prisma.organization.findUnique({ where: { id: request.params.id } })
        if (school?.level !== 'school' || !canSee(actor, school.path)) refuse('notFound')
        return db.inScopeOf(actor, (tx) => loadStructure(tx, clock.today(), school))
      },
    )

    app.post(
      '/api/school/grades',
      { schema: { body: CreateGradeRequest, response: { 200: Done } }, config: writers },
      async (request) => {
        const { actor } = sessionOf(request)
        const { stage, entryYear } = request.body
        await change(request, 'grade.create', async (tx) => {
          const school = await loadSchool(tx, actor.orgId)
          if (!stagesOf(school).includes(stage as Stage)) refuse('grade.stage')
          const id = clock.newId()
          // A grade that was removed comes back with the class numbers it had used.
          const [made] = await tx.query<{ id: string }>(
            `insert into grade (id, school_id, org_path, stage, entry_year, name) values ($1, $2, $3, $4, $5, $6)
             on conflict (school_id, stage, entry_year) do update set status = 'active' where grade.status = 'removed' returning id`,
            [id, actor.orgId, actor.orgPath, stage, entryYear, gradeName(stage as Stage, entryYear)],
          )
          if (!made) refuse('grade.exists')
          return { id: made.id, stage, entryYear }
        })
        return { ok: true as const }
      },
    )

    app.post(
      '/api/school/classes',
      { schema: { body: CreateClassRequest, response: { 200: Done } }, config: writers },
      async (request) => {
        const { actor } = sessionOf(request)
        const { gradeId, classType, name, headTeacherName, count } = request.body
        await change(request, 'class.create', async (tx) => {
          const [grade] = await tx.query<GradeRecord>(
            `select id, stage, entry_year as "entryYear", name from grade where id = $1 and school_id = $2 and status = 'active' for update`,
            [gradeId, actor.orgId],
          )
          if (!grade) refuse('notFound')
          if (!classTypeFits(classType, grade.stage)) refuse('class.type')
          const numbers = await tx.query<{ class_number: string }>(
            'select class_number from school_class where grade_id = $1',
            [gradeId],
          )
          const first = nextClassOrdinal(numbers.map((row) => row.class_number))
          if (first === undefined || first + count - 1 > 99) refuse('class.full')
          const rows = Array.from({ length: count }, (_, index) => ({
            id: clock.newId(),
            classNumber: classNumber(grade.entryYear, grade.stage, first + index),
            name: count === 1 && name ? name : className(grade.stage, grade.entryYear, first + index),
          }))
          await tx.query(
            `insert into school_class (id, grade_id, school_id, org_path, class_number, name, class_type, head_teacher_name)
         select id, $2, $3, $4, "classNumber", name, $5, $6 from jsonb_to_recordset($1::jsonb) as c (id uuid, "classNumber" text, name text)`,
            [JSON.stringify(rows), gradeId, actor.orgId, actor.orgPath, classType, headTeacherName ?? null],
          )
          return { gradeId, classNumbers: rows.map((row) => row.classNumber) }
        })
        return { ok: true as const }
      },
    )

    app.delete(
      '/api/school/grades/:id',
      { schema: { params: Params, response: { 200: Done } }, config: writers },
      async (request) => {
        await remove(request, 'grade', request.params.id)
        return { ok: true as const }
      },
    )

    app.delete(
      '/api/school/classes/:id',
      { schema: { params: Params, response: { 200: Done } }, config: writers },
      async (request) => {
        await remove(request, 'school_class', request.params.id)
        return { ok: true as const }
      },
    )

    async function remove(request: FastifyRequest, table: 'grade' | 'school_class', id: string): Promise<void> {
      const { actor } = sessionOf(request)
      const column = table === 'grade' ? 'grade_id' : 'class_id'
      await change(request, table === 'grade' ? 'grade.remove' : 'class.remove', async (tx) => {
        const [row] = await tx.query<{ used: boolean }>(
          `select exists (select 1 from student where ${column} = $1) or exists (select 1 from review_item where ${column} = $1 and status not in ('ended', 'removed', 'rejected', 'refused'))
           ${table === 'grade' ? `or exists (select 1 from school_class where grade_id = $1 and status = 'active')` : ''} as used
         from ${table} where id = $1 and school_id = $2 and status = 'active'`,
          [id, actor.orgId],
        )
        if (!row) refuse('notFound')
        if (row.used) refuse('grade.inUse')
        // Kept and hidden: a class number is never given twice (SCH-020).
        await tx.query(`update ${table} set status = 'removed' where id = $1`, [id])
        return { id }
      })
    }

    /** A change with its audit line and its answer in one transaction: a retry never makes the classes again. */
    async function change(
      request: FastifyRequest,
      action: string,
      work: (tx: Transaction) => Promise<Record<string, unknown>>,
    ): Promise<void> {
      const { actor } = sessionOf(request)
      try {
        await db.inScopeOf(actor, async (tx) => {
          const detail = await work(tx)
          await appendAudit(tx, clock, [
            {
              actorId: actor.accountId,
              actorName: actor.displayName,
              orgPath: actor.orgPath,
              action,
              target: actor.orgId,
              detail,
              requestId: request.id,
            },
          ])
          await sealAnswer(tx, request, { ok: true })
        })
      } catch (error) {
        if (sqlState(error) === '23505') refuse('grade.exists')
        throw error
      }
    }
  }
