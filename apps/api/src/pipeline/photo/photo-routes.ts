import { Readable } from 'node:stream'
import { COUNT_CAP, Id, pageOf } from '@xueji/contracts/common/wire'
import { PhotoClass, PhotographedStudent, PhotoQuery } from '@xueji/contracts/pipeline/photo.api'
import { PHOTO_BYTES } from '@xueji/domain/photo/photo-size'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sessionOf } from '../../platform/http/authenticate.ts'
import { sealAnswer } from '../../platform/http/idempotency.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { STANDING_PHOTO, storePhotos } from '../../record/photos.ts'
import { auditCommand, commanderOf } from '../batch-lock.ts'
import { createImageReader } from '../image-reader.ts'
import { keyOf, pageAfter } from '../paging.ts'
import { receiveWhole } from '../receive-whole.ts'
import { PHOTO_READERS } from './photo-readers.ts'
import { presentStudent, STUDENT_COLUMNS, type StoredStudent } from './photo-view.ts'

const VIEWS = { all: '', missing: 'and p.id is null', present: 'and p.id is not null' }

/** 学生照片采集 of one's own school (menu §1, PHO-001…009): who has a photograph, the pictures, and setting a single one. */
export const photoRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, files } = platform
    const Params = z.object({ id: Id })
    const tags = ['学生照片采集']
    const readers = onlyRoles(...PHOTO_READERS)
    const reader = createImageReader(platform.log)
    app.addHook('onClose', async () => reader.close())

    app.get(
      '/api/photos/classes',
      { schema: { response: { 200: z.array(PhotoClass) }, tags }, config: readers },
      (request) => {
        const { actor } = sessionOf(request)
        return db.inScopeOf(actor, (tx) =>
          tx.query<PhotoClass>(
            `select s.class_id as "classId", coalesce(min(c.name), '未分班') as "className", min(g.id::text) as "gradeId", coalesce(min(g.name), '') as "gradeName",
               count(*)::int as students, count(p.id)::int as photos
             from student s left join school_class c on c.id = s.class_id left join grade g on g.id = s.grade_id ${STANDING_PHOTO}
             where s.org_id = $1 and s.study_status = 'ZX' group by s.class_id, g.entry_year, c.class_number order by g.entry_year desc, c.class_number nulls last`,
            [actor.orgId],
          ),
        )
      },
    )

    app.get(
      '/api/photos/students',
      { schema: { querystring: PhotoQuery, response: { 200: pageOf(PhotographedStudent) }, tags }, config: readers },
      async (request) => {
        const { actor } = sessionOf(request)
        const { classId, view, limit, after, count } = request.query
        const from = `from student s left join school_class c on c.id = s.class_id ${STANDING_PHOTO}
          where s.org_id = $1 and s.study_status = 'ZX' and s.class_id is not distinct from $2::uuid ${VIEWS[view]}`
        return db.inScopeOf(actor, async (tx) => {
          const rows = await tx.query<StoredStudent>(
            `select ${STUDENT_COLUMNS} ${from} and ($3::uuid is null or s.id > $3::uuid) order by s.id limit $4`,
            [actor.orgId, classId ?? null, after ? keyOf(after)[0] : null, limit + 1],
          )
          const page = pageAfter(rows, limit, (row) => [row.id])
          const shown = { ...page, rows: page.rows.map(presentStudent) }
          if (!count) return shown
          const [all] = await tx.query<{ n: number }>(
            `select count(*)::int as n from (select 1 ${from} limit ${COUNT_CAP}) as counted`,
            [actor.orgId, classId ?? null],
          )
          return { ...shown, total: all!.n }
        })
      },
    )

    app.get('/api/photos/:id', { schema: { params: Params, tags }, config: readers }, async (request, reply) => {
      const { id } = request.params
      const size = await db.inScopeOf(sessionOf(request).actor, async (tx) => {
        const [photo] = await tx.query<{ size: number; replaced: boolean; studentId: string }>(
          `select size, replaced_at is not null as replaced, student_id as "studentId" from student_photo where id = $1 and gone_at is null`,
          [id],
        )
        if (!photo) refuse('notFound')
        // Why anybody looks at what was replaced is asked for: it leaves a trace.
        if (photo.replaced)
          await auditCommand(tx, platform, commanderOf(request), 'photo.viewReplaced', photo.studentId, { photo: id })
        return photo.size
      })
      const stream = (await files.open(id)) ?? refuse('notFound')
      return reply
        .header('content-type', 'image/jpeg')
        .header('content-length', size)
        .header('content-disposition', 'inline')
        .header('content-security-policy', `default-src 'none'; sandbox`)
        .send(stream)
    })

    app.post(
      '/api/students/:id/photo',
      {
        schema: { params: Params, response: { 200: PhotographedStudent }, tags, consumes: ['multipart/form-data'] },
        config: onlyRoles('schoolRegistrar'),
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const studentId = request.params.id
        const received = await receiveWhole(request, PHOTO_BYTES - 1)
        if (!received) refuse('photo.noFile')
        // Whose it is comes before what it is: about a child out of range nothing is learnt.
        const [student] = await db.inScopeOf(actor, (tx) =>
          tx.query(`select 1 from student where id = $1 and org_id = $2 and study_status = 'ZX'`, [
            studentId,
            actor.orgId,
          ]),
        )
        if (!student) refuse('notFound')
        if (received === 'tooLarge') refuse('photo.tooLarge')
        if (!/\.jpe?g$/i.test(received.name ?? '')) refuse('photo.format')
        const photo = await reader.readPhoto(received.bytes)
        if ('fault' in photo) refuse(`photo.${photo.fault}`)
        const id = clock.newId()
        const { size, sha256 } = await files.write(id, Readable.from([photo.bytes]))
        const set = db.inScopeOf(actor, async (tx) => {
          const [stored] = await storePhotos(tx, clock, actor, [{ id, studentId, size, sha256 }], null)
          if (!stored) refuse('notFound')
          const [row] = await tx.query<StoredStudent>(
            `select ${STUDENT_COLUMNS} from student s left join school_class c on c.id = s.class_id ${STANDING_PHOTO} where s.id = $1`,
            [studentId],
          )
          const answer = presentStudent(row!)
          await sealAnswer(tx, request, answer, received.sha256)
          await auditCommand(tx, platform, commanderOf(request), 'photo.set', studentId, { photo: id, sha256 })
          return answer
        })
        return set.catch(async (error: unknown) => {
          await files.remove(id)
          throw error
        })
      },
    )
  }
