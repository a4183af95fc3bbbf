import { Readable } from 'node:stream'
import { Id, pageOf } from '@xueji/contracts/common/wire'
import { PhotoFile, PhotoFileQuery, PhotoPackage, PhotoPackageQuery } from '@xueji/contracts/pipeline/photo.api'
import { QUEUES } from '@xueji/db/queues'
import type { Actor } from '@xueji/domain/access/roles'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { createWorkbookStream } from '@xueji/workbook/write/workbook-stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Transaction } from '../../platform/db.ts'
import { sessionOf } from '../../platform/http/authenticate.ts'
import { sealAnswer } from '../../platform/http/idempotency.ts'
import { onlyRoles } from '../../platform/http/policy.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { auditCommand, commanderOf } from '../batch-lock.ts'
import { shownFileName } from '../file-name.ts'
import { keyOf, pageAfter } from '../paging.ts'
import { reportWorkbook } from './package-report.ts'
import { PHOTO_READERS } from './photo-readers.ts'
import {
  FILE_COLUMNS,
  PACKAGE_COLUMNS,
  presentFile,
  presentPackage,
  type StoredFile,
  type StoredPackage,
} from './photo-view.ts'

const MAX_BYTES = 256 * 1024 * 1024
const RECENT = 20
const VIEWS = { all: '', refused: 'and fault is not null', stored: 'and fault is null' }

/** Packages of photographs (PHO-007): uploaded for a class, a grade or the school, worked through by a job, reported file by file. */
export const photoPackageRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock, files } = platform
    const base = '/api/photo-packages'
    const Params = z.object({ id: Id })
    const tags = ['学生照片采集']
    const readers = onlyRoles(...PHOTO_READERS)

    app.post(
      base,
      {
        schema: {
          querystring: PhotoPackageQuery,
          response: { 200: PhotoPackage },
          tags,
          consumes: ['multipart/form-data'],
        },
        config: onlyRoles('schoolRegistrar'),
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const { target, targetId } = request.query
        const targetName = await db.inScopeOf(actor, (tx) => nameOf(tx, actor, target, targetId))
        const part = request.isMultipart()
          ? await request.file({ limits: { fileSize: MAX_BYTES + 1, files: 1, fields: 4 } })
          : undefined
        if (!part) refuse('photo.noFile')
        const [id, fileId] = [clock.newId(), clock.newId()]
        const received = await files.receive(fileId, part.file, MAX_BYTES)
        if (received === 'tooLarge') refuse('photo.packageTooLarge')
        const entered = db.inScopeOf(actor, async (tx) => {
          const [row] = await tx.query<StoredPackage>(
            `insert into photo_package (id, org_id, org_path, actor, target, target_id, target_name, file_id, file_name, created_at, heartbeat_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) returning ${PACKAGE_COLUMNS}`,
            [
              id,
              actor.orgId,
              actor.orgPath,
              JSON.stringify(actor),
              target,
              targetId ?? null,
              targetName,
              fileId,
              shownFileName(part.filename, '照片.zip'),
              clock.now(),
            ],
          )
          const answer = presentPackage(row!)
          await sealAnswer(tx, request, answer, received.sha256)
          await auditCommand(tx, platform, commanderOf(request), 'photo.upload', id, { target, targetId, ...received })
          return answer
        })
        const answer = await entered.catch(async (error: unknown) => {
          await files.remove(fileId)
          throw error
        })
        await platform.jobs.send(QUEUES.photoPackage, { packageId: id }, { key: id })
        return answer
      },
    )

    app.get(base, { schema: { response: { 200: z.array(PhotoPackage) }, tags }, config: readers }, async (request) => {
      const { actor } = sessionOf(request)
      const rows = await db.inScopeOf(actor, (tx) =>
        tx.query<StoredPackage>(
          `select ${PACKAGE_COLUMNS} from photo_package where org_path = $1 order by id desc limit ${RECENT}`,
          [actor.orgPath],
        ),
      )
      return rows.map(presentPackage)
    })

    app.get(
      `${base}/:id`,
      { schema: { params: Params, response: { 200: PhotoPackage }, tags }, config: readers },
      (request) =>
        db.inScopeOf(sessionOf(request).actor, async (tx) => presentPackage(await getPackage(tx, request.params.id))),
    )

    app.get(
      `${base}/:id/files`,
      {
        schema: { params: Params, querystring: PhotoFileQuery, response: { 200: pageOf(PhotoFile) }, tags },
        config: readers,
      },
      async (request) => {
        const { limit, after, view } = request.query
        return db.inScopeOf(sessionOf(request).actor, async (tx) => {
          const { id } = await getPackage(tx, request.params.id)
          const rows = await tx.query<StoredFile>(
            `select ${FILE_COLUMNS} from photo_package_file where package_id = $1 and position > $2 ${VIEWS[view]} order by position limit $3`,
            [id, after ? Number(keyOf(after)[0]) : -1, limit + 1],
          )
          const page = pageAfter(rows, limit, (row) => [String(row.position)])
          return { ...page, rows: page.rows.map(presentFile) }
        })
      },
    )

    app.get(`${base}/:id/report`, { schema: { params: Params, tags }, config: readers }, async (request, reply) => {
      const { pack, rows } = await db.inScopeOf(sessionOf(request).actor, async (tx) => {
        const stored = await getPackage(tx, request.params.id)
        if (stored.status === 'pending' || stored.status === 'running') refuse('photo.notFinished')
        const found = await tx.query<StoredFile>(
          `select ${FILE_COLUMNS} from photo_package_file where package_id = $1 order by position`,
          [stored.id],
        )
        // Names and numbers of children leave with it (EXP-009).
        await auditCommand(tx, platform, commanderOf(request), 'photo.report', stored.id, { count: found.length })
        return { pack: presentPackage(stored), rows: found.map(presentFile) }
      })
      const name = `照片上传结果-${pack.fileName.replace(/\.zip$/i, '').replace(/\p{Cs}/gu, '')}.xlsx`
      return reply
        .header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .send(Readable.from(createWorkbookStream(reportWorkbook(pack, rows), { codec: nodeCodec })))
    })
  }

async function getPackage(tx: Transaction, id: string): Promise<StoredPackage> {
  const [row] = await tx.query<StoredPackage>(`select ${PACKAGE_COLUMNS} from photo_package where id = $1`, [id])
  return row ?? refuse('notFound')
}

async function nameOf(
  tx: Transaction,
  actor: Actor,
  target: 'class' | 'grade' | 'school',
  id: string | undefined,
): Promise<string> {
  if (target === 'school') return '全校'
  const table = target === 'class' ? 'school_class' : 'grade'
  const [row] = await tx.query<{ name: string }>(`select name from ${table} where id = $1 and school_id = $2`, [
    id,
    actor.orgId,
  ])
  return row?.name ?? refuse('notFound')
}
