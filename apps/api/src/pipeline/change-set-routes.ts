import { COUNT_CAP, Done, Id, PageQuery, pageOf } from '@xueji/contracts/common/wire'
import {
  BatchVersion,
  CorrectionLine,
  CorrectionRequest,
  CorrectionResponse,
  ImportBatchRow,
  StagedRow,
  StagedRowQuery,
  SubmitRequest,
} from '@xueji/contracts/pipeline/import.api'
import { QUEUES } from '@xueji/db/queues'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sqlState, type Transaction } from '../platform/db.ts'
import { sessionOf } from '../platform/http/authenticate.ts'
import { sealAnswer, sealNote } from '../platform/http/idempotency.ts'
import { onlyRoles } from '../platform/http/policy.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { loadSettings } from '../platform/settings.ts'
import { announceBatch, commanderOf, lineOf, lockBatch } from './batch-lock.ts'
import { type Corrected, type CorrectionContext, correctBatch, undoCorrection } from './correct-batch.ts'
import { BATCH_COLUMNS, IDLE_STATUSES, labelOf, presentBatch, type StoredBatch } from './import-view.ts'
import { keyOf, pageAfter } from './paging.ts'
import { removeBatch } from './remove-batch.ts'
import { findEntry, type Room, type RowChecker, schoolOf } from './room.ts'
import { countChosen, listRows, presentRows } from './staged-row-view.ts'
import { loadRows } from './staged-rows.ts'
import { cancelBatch, submitStaged } from './submit-command.ts'
import { beginUndo } from './undo-batch.ts'

const LOCK_NOT_AVAILABLE = '55P03'
const CategoryQuery = z.object({ category: z.string().max(3) })

/** What is kept of a correction's answer for a retry. */
type CorrectionNote = { readonly version: number; readonly rowNumbers: readonly number[] }

/** Preview, correction and submission of one room's batches: the same routes for every room. They show whole records, so they are the filers' alone. */
export const changeSetRoutes =
  (platform: Platform, room: Room): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const base = `/api/rooms/${room.name}`
    const Params = z.object({ id: Id })
    const tags = [room.title]
    const config = onlyRoles(...room.filers)
    const byId = `${base}/imports/:id`

    /** A batch of the room and its template, within the caller's range. */
    async function getBatch(tx: Transaction, id: string) {
      const [batch] = await tx.query<StoredBatch>(
        `select ${BATCH_COLUMNS} from import_batch where id = $1 and room = $2`,
        [id, room.name],
      )
      if (!batch) refuse('notFound')
      const entry = findEntry(room, batch.category) ?? refuse('notFound')
      return { batch, entry, template: entry.template }
    }

    async function loadChecker(request: FastifyRequest, batchId: string): Promise<RowChecker> {
      const { actor } = sessionOf(request)
      const { entry } = await db.inScopeOf(actor, (tx) => getBatch(tx, batchId))
      const settings = await loadSettings(db.system, actor.orgPath)
      const checker = await room.loadChecker(db.system, clock.today(), schoolOf(actor), settings, entry)
      return 'refusal' in checker ? refuse(checker.refusal) : checker
    }

    /** Gives a command whose answer is the batch: the answer is kept with its effect, the news goes out after it. */
    async function command(
      request: FastifyRequest,
      give: (tx: Transaction) => Promise<StoredBatch>,
    ): Promise<ImportBatchRow> {
      const { actor } = sessionOf(request)
      const { batch, shown } = await db.inScopeOf(actor, async (tx) => {
        const batch = await give(tx)
        const shown = presentBatch(batch)
        await sealAnswer(tx, request, shown)
        return { batch, shown }
      })
      await announceBatch(platform, actor.orgPath, batch)
      return shown
    }

    async function correct(
      request: FastifyRequest,
      id: string,
      give: (context: CorrectionContext) => Promise<Corrected>,
    ): Promise<CorrectionResponse> {
      const { actor } = sessionOf(request)
      const checker = await loadChecker(request, id)
      const { batch, rows } = await db.inScopeOf(actor, async (tx) => {
        const corrected = await give({ tx, platform, room, checker, by: commanderOf(request) })
        const rowNumbers = corrected.rows.map((row) => row.rowNumber)
        await sealNote(tx, request, { version: corrected.batch.version, rowNumbers } satisfies CorrectionNote)
        return corrected
      })
      await announceBatch(platform, actor.orgPath, batch)
      return { batch: presentBatch(batch), rows: [...rows] }
    }

    // Rows of children are not kept for a retry: they are read again, and only as long as they are what the first answer said.
    const answerAgain = (request: FastifyRequest, note: unknown): Promise<CorrectionResponse> => {
      const { version, rowNumbers } = note as CorrectionNote
      return db.inScopeOf(sessionOf(request).actor, async (tx) => {
        const { batch, template } = await getBatch(tx, (request.params as z.infer<typeof Params>).id)
        if (batch.version !== version) refuse('import.changed')
        const rows = await loadRows(tx, batch.id, rowNumbers)
        return { batch: presentBatch(batch), rows: await presentRows(tx, room, template, batch.id, rows) }
      })
    }
    const correcting = { ...config, answerAgain }

    app.get(
      `${byId}/rows`,
      { schema: { params: Params, querystring: StagedRowQuery, response: { 200: pageOf(StagedRow) }, tags }, config },
      async (request) => {
        const { limit, after, count, from, ...choice } = request.query
        const start = Math.max(from ?? 1, after ? Number(keyOf(after)[0]) + 1 : 1)
        return db.inScopeOf(sessionOf(request).actor, async (tx) => {
          const { batch, template } = await getBatch(tx, request.params.id)
          const page = pageAfter(await listRows(tx, batch.id, choice, start, limit + 1), limit, (row) => [
            String(row.rowNumber),
          ])
          const rows = await presentRows(tx, room, template, batch.id, page.rows)
          if (!count) return { ...page, rows }
          const total = await countChosen(tx, batch.id, choice, COUNT_CAP)
          return { ...page, rows, total: Math.min(total, COUNT_CAP), capped: total > COUNT_CAP }
        })
      },
    )

    app.post(
      `${byId}/corrections`,
      {
        schema: { params: Params, body: CorrectionRequest, response: { 200: CorrectionResponse }, tags },
        config: correcting,
      },
      (request) =>
        correct(request, request.params.id, (context) => correctBatch(context, request.params.id, request.body)),
    )

    app.post(
      `${byId}/corrections/undo`,
      {
        schema: { params: Params, body: BatchVersion, response: { 200: CorrectionResponse }, tags },
        config: correcting,
      },
      (request) =>
        correct(request, request.params.id, (context) =>
          undoCorrection(context, request.params.id, request.body.version),
        ),
    )

    app.get(
      `${byId}/corrections`,
      { schema: { params: Params, querystring: PageQuery, response: { 200: pageOf(CorrectionLine) }, tags }, config },
      async (request) => {
        const { limit, after } = request.query
        return db.inScopeOf(sessionOf(request).actor, async (tx) => {
          const { batch, template } = await getBatch(tx, request.params.id)
          const rows = await tx.query<Omit<CorrectionLine, 'at' | 'label'> & { at: Date; field: string | null }>(
            `select id, at, account_name as "accountName", act, row_number as "rowNumber", field, before, after, undone from import_correction
             where batch_id = $1 and ($2::uuid is null or id < $2::uuid) order by id desc limit $3`,
            [batch.id, after ? keyOf(after)[0] : null, limit + 1],
          )
          const page = pageAfter(rows, limit, (row) => [row.id])
          return {
            ...page,
            rows: page.rows.map(({ at, field, ...line }) => ({
              ...line,
              at: at.toISOString(),
              label: labelOf(template, field ?? undefined),
            })),
          }
        })
      },
    )

    app.post(
      `${byId}/submit`,
      { schema: { params: Params, body: SubmitRequest, response: { 200: ImportBatchRow }, tags }, config },
      async (request) => {
        // Told at once rather than by a job that gives up.
        const { id } = request.params
        await loadChecker(request, id)
        const shown = await command(request, (tx) =>
          submitStaged(tx, platform, room, commanderOf(request), { id, ...request.body }),
        )
        await platform.jobs.send(QUEUES.importBatch, { batchId: id }, { key: id })
        return shown
      },
    )

    app.post(
      `${byId}/undo`,
      { schema: { params: Params, body: BatchVersion, response: { 200: ImportBatchRow }, tags }, config },
      async (request) => {
        const { id } = request.params
        const shown = await command(request, (tx) =>
          beginUndo(tx, platform, room, commanderOf(request), { id, ...request.body }),
        )
        await platform.jobs.send(QUEUES.importBatch, { batchId: id }, { key: id })
        return shown
      },
    )

    app.post(
      `${byId}/cancel`,
      { schema: { params: Params, response: { 200: ImportBatchRow }, tags }, config },
      async (request) => {
        try {
          return await command(request, (tx) =>
            cancelBatch(tx, platform, room, commanderOf(request), request.params.id),
          )
        } catch (error) {
          if (sqlState(error) === LOCK_NOT_AVAILABLE) refuse('import.submitting')
          throw error
        }
      },
    )

    app.delete(byId, { schema: { params: Params, response: { 200: Done }, tags }, config }, async (request) => {
      const by = commanderOf(request)
      await db.inScopeOf(by.actor, async (tx) => {
        const batch = await lockBatch(tx, room, request.params.id)
        if (!IDLE_STATUSES.includes(batch.status)) refuse('import.notFinished')
        const line = { ...lineOf(by), action: 'import.remove', detail: {} }
        await removeBatch(tx, platform, { id: batch.id, fileId: batch.file_id }, line)
      })
      return { ok: true as const }
    })

    const { checkFacts } = room
    if (checkFacts)
      app.get(
        `${base}/check-facts`,
        { schema: { querystring: CategoryQuery, response: { 200: checkFacts.schema }, tags }, config },
        async (request) => {
          const { actor } = sessionOf(request)
          const entry = findEntry(room, request.query.category) ?? refuse('notFound')
          const settings = await loadSettings(db.system, actor.orgPath)
          const loaded = await checkFacts.load(db.system, clock.today(), schoolOf(actor), settings, entry)
          return 'refusal' in loaded ? refuse(loaded.refusal) : loaded.facts
        },
      )
  }
