import { Id, PageQuery, pageOf } from '@xueji/contracts/common/wire'
import {
  ImportBatchRow,
  ImportDetail,
  IssueRow,
  IssueRowQuery,
  UploadResponse,
} from '@xueji/contracts/pipeline/import.api'
import { ItemFilter } from '@xueji/contracts/pipeline/review.api'
import { QUEUES } from '@xueji/db/queues'
import type { Role } from '@xueji/domain/access/roles'
import type { Issue } from '@xueji/domain/kernel/issue'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sessionOf } from '../platform/http/authenticate.ts'
import { sealAnswer } from '../platform/http/idempotency.ts'
import { onlyRoles } from '../platform/http/policy.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { loadSettings } from '../platform/settings.ts'
import { commanderOf } from './batch-lock.ts'
import { shownFileName } from './file-name.ts'
import { BATCH_COLUMNS, labelOf, presentBatch, presentIssueRow, type StoredBatch } from './import-view.ts'
import { keyOf, pageAfter } from './paging.ts'
import { type FileRoom, findEntry, type ImportEntry, schoolCodeOf, schoolOf } from './room.ts'
import { storeUpload } from './store-upload.ts'
import { templateWorkbook } from './template-file.ts'

const MAX_FILE_BYTES = 32 * 1024 * 1024

// A clean batch submits itself unless its uploader wishes to look first; it may take the place of an earlier one.
const UploadQuery = z.object({
  category: z.string().max(3),
  submit: z.enum(['auto', 'manual']).default('auto'),
  replaces: Id.optional(),
})

/** Who may look at the batches of reviewed business. */
const BATCH_READERS: readonly Role[] = ['schoolRegistrar', 'newcomerClerk', 'schoolLeader']

/** Upload, records and issues of one room's imports (menu §2.3): the same routes for every room. */
export const importRoutes =
  (platform: Platform, room: FileRoom): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const base = `/api/rooms/${room.name}`
    const Params = z.object({ id: Id })
    // Where rows are left out by themselves, they are what the record is about.
    const tellsLeftOut = room.enterRows !== undefined && room.leavesOutInvalid
    const readers = onlyRoles(...(room.enterRows ? room.readers : BATCH_READERS))

    app.get(
      `${base}/template/:category`,
      {
        schema: { params: z.object({ category: z.string().max(3) }), tags: [room.title] },
        config: onlyRoles(...room.filers),
      },
      async (request, reply) => {
        const entry = findEntry<ImportEntry>(room, request.params.category) ?? refuse('notFound')
        if (!entry.importable) refuse('register.notImportable')
        const { template } = entry
        const { actor } = sessionOf(request)
        const settings = await loadSettings(db.system, actor.orgPath)
        const checker = await room.loadChecker(db.system, clock.today(), schoolOf(actor), settings, entry)
        // A school that cannot file yet gets the template all the same, without grades to choose from.
        const place = 'refusal' in checker ? undefined : checker.place
        const stream = templateWorkbook(template, {
          schoolCode: schoolCodeOf(actor),
          entryYear: schoolYearOf(clock.today()),
          gradeNames: place?.named ? place.grades.map((grade) => grade.name) : [],
        })
        return reply
          .header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
          .header(
            'content-disposition',
            `attachment; filename*=UTF-8''${encodeURIComponent(`${template.title}模板.xlsx`)}`,
          )
          .send(stream)
      },
    )

    app.post(
      `${base}/imports`,
      {
        schema: {
          querystring: UploadQuery,
          response: { 200: UploadResponse },
          tags: [room.title],
          consumes: ['multipart/form-data'],
        },
        config: onlyRoles(...room.filers),
      },
      async (request) => {
        const entry = findEntry<ImportEntry>(room, request.query.category) ?? refuse('notFound')
        if (!entry.importable) refuse('register.notImportable')
        const { actor } = sessionOf(request)
        const settings = await loadSettings(db.system, actor.orgPath)
        const checker = await room.loadChecker(db.system, clock.today(), schoolOf(actor), settings, entry)
        if ('refusal' in checker) refuse(checker.refusal)
        const part = request.isMultipart()
          ? await request.file({ limits: { fileSize: MAX_FILE_BYTES + 1, files: 1, fields: 4 } })
          : undefined
        if (!part) refuse('import.noFile')
        const fileId = clock.newId()
        const received = await platform.files.receive(fileId, part.file, MAX_FILE_BYTES)
        if (received === 'tooLarge') refuse('import.tooLarge')
        const batchId = clock.newId()
        const { submit: submitMode, replaces } = request.query
        const stored = db.inScopeOf(actor, async (tx) => {
          const answer = await storeUpload(tx, platform, commanderOf(request), room, {
            batchId,
            fileId,
            category: entry.category,
            fileName: shownFileName(part.filename, '未命名.xlsx'),
            submitMode,
            ...received,
            ...(replaces ? { replaces } : {}),
          })
          await sealAnswer(tx, request, answer, received.sha256)
          return answer
        })
        const result = await stored.catch(async (error: unknown) => {
          // A file without a batch would lie there for ever.
          await platform.files.remove(fileId)
          throw error
        })
        await platform.jobs.send(QUEUES.importBatch, { batchId }, { key: batchId })
        return result
      },
    )

    app.get(
      `${base}/imports`,
      {
        schema: {
          querystring: PageQuery.extend({ category: z.string().max(3).optional(), group: ItemFilter.shape.group }),
          response: { 200: pageOf(ImportBatchRow) },
          tags: [room.title],
        },
        config: readers,
      },
      async (request) => {
        const { limit, after, category, group } = request.query
        const entries: readonly ImportEntry[] = room.entries
        const categories = entries
          .filter((entry) => (!category || entry.category === category) && (!group || entry.group === group))
          .map((entry) => entry.category)
        const rows = await db.inScopeOf(sessionOf(request).actor, (tx) =>
          tx.query<StoredBatch>(
            `select ${BATCH_COLUMNS} from import_batch where room = $1 and category = any($2::text[]) and ($3::uuid is null or id < $3::uuid)
         order by org_path desc, id desc limit $4`,
            [room.name, categories, after ? keyOf(after)[0] : null, limit + 1],
          ),
        )
        const page = pageAfter(rows, limit, (row) => [row.id])
        return { ...page, rows: page.rows.map(presentBatch) }
      },
    )

    app.get(
      `${base}/imports/:id`,
      { schema: { params: Params, response: { 200: ImportDetail }, tags: [room.title] }, config: readers },
      async (request) => {
        return db.inScopeOf(sessionOf(request).actor, async (tx) => {
          const [batch] = await tx.query<StoredBatch>(
            `select ${BATCH_COLUMNS} from import_batch where id = $1 and room = $2`,
            [request.params.id, room.name],
          )
          if (!batch) refuse('notFound')
          const template = findEntry<ImportEntry>(room, batch.category)?.template
          const kinds = await tx.query<{
            code: string
            field: string | null
            severity: string
            rows: number
            sample: Issue
          }>(
            `select issue->>'code' as code, issue->>'field' as field, issue->>'severity' as severity, count(*)::int as rows, (array_agg(issue))[1] as sample
         from import_row, jsonb_array_elements(issues) as issue where batch_id = $1 and issues <> '[]' and (not dropped or $2) group by 1, 2, 3 order by 3, 4 desc limit 300`,
            [request.params.id, tellsLeftOut],
          )
          const presented = kinds.map(({ code, field, severity, rows, sample }) => {
            const label = labelOf(template, field ?? undefined)
            return {
              code,
              label,
              severity,
              rows,
              message: presentIssueRow({ row_number: 0, cells: {}, issues: [sample], valid: false }, template)
                .issues[0]!.message,
            }
          })
          const warnings = presented
            .filter((kind) => kind.severity === 'warning')
            .reduce((sum, kind) => sum + kind.rows, 0)
          return { batch: presentBatch(batch), kinds: presented, warnings, mayFileCleanRows: room.mayFileCleanRows }
        })
      },
    )

    app.get(
      `${base}/imports/:id/issues`,
      {
        schema: { params: Params, querystring: IssueRowQuery, response: { 200: pageOf(IssueRow) }, tags: [room.title] },
        config: readers,
      },
      async (request) => {
        const { limit, after, code, field, severity } = request.query
        const kind = { ...(code ? { code } : {}), ...(field ? { field } : {}), ...(severity ? { severity } : {}) }
        return db.inScopeOf(sessionOf(request).actor, async (tx) => {
          const [batch] = await tx.query<StoredBatch>(
            `select ${BATCH_COLUMNS} from import_batch where id = $1 and room = $2`,
            [request.params.id, room.name],
          )
          if (!batch) refuse('notFound')
          const rows = await tx.query<{
            row_number: number
            cells: Record<string, string>
            issues: Issue[]
            valid: boolean
          }>(
            `select row_number, cells, issues, valid from import_row
         where batch_id = $1 and row_number > $2 and issues <> '[]' and (not dropped or $5) and ($3::jsonb is null or issues @> $3::jsonb) order by row_number limit $4`,
            [
              request.params.id,
              after ? Number(keyOf(after)[0]) : 0,
              Object.keys(kind).length > 0 ? JSON.stringify([kind]) : null,
              limit + 1,
              tellsLeftOut,
            ],
          )
          const template = findEntry<ImportEntry>(room, batch.category)?.template
          const page = pageAfter(rows, limit, (row) => [String(row.row_number)])
          return { ...page, rows: page.rows.map((row) => presentIssueRow(row, template)) }
        })
      },
    )
  }
