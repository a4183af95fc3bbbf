import { Id } from '@xueji/contracts/common/wire'
import { refusalMessage } from '@xueji/contracts/issues/refusals'
import {
  BatchCommandRequest,
  BatchCommandState,
  CommandRequest,
  CommandResponse,
} from '@xueji/contracts/pipeline/review.api'
import { QUEUES } from '@xueji/db/queues'
import type { Actor } from '@xueji/domain/access/roles'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Database, Transaction } from '../platform/db.ts'
import { sessionOf } from '../platform/http/authenticate.ts'
import { publishAll } from '../platform/live-events.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { loadSettings } from '../platform/settings.ts'
import { enlistTargets, listReasons } from './batch-targets.ts'
import { conditionsOf } from './item-filter.ts'
import { getListedItem, ITEM_REVIEWERS } from './item-routes.ts'
import { presentItem } from './item-view.ts'
import { runReviewBatch } from './review-batch.ts'
import { commandItems } from './review-command.ts'
import type { ReviewRoom } from './room.ts'

const MAX_TARGETS = 100_000
// Up to this many targets a batch command is carried out within the request.
const AT_ONCE = 200
const RECENT_MILLIS = 24 * 3600_000

/** Single and batch commands of one room: the same routes for every room (F-005, F-008, F-010). */
export const commandRoutes =
  (platform: Platform, room: ReviewRoom, findRoom: (name: string) => ReviewRoom | undefined): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const base = `/api/rooms/${room.name}`
    const tags = [room.title]
    const Params = z.object({ id: Id })

    app.post(
      `${base}/items/:id/commands`,
      {
        schema: { params: Params, body: CommandRequest, response: { 200: CommandResponse }, tags },
        config: ITEM_REVIEWERS,
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const settings = await loadSettings(db.system, actor.orgPath)
        const { command, opinion, version } = request.body
        const { item, notice } = await db.inScopeOf(actor, async (tx) => {
          const [outcome] = await commandItems(tx, platform, actor, settings, {
            room,
            command,
            opinion,
            ids: [request.params.id],
            version,
            requestId: request.id,
          })
          if (outcome?.refusal && !outcome.isReturned) refuse(outcome.refusal)
          const notice = outcome?.refusal && refusalMessage(outcome.refusal)
          return { item: await getListedItem(tx, room, request.params.id), notice }
        })
        const concerned = [...new Set([item.orgPath, item.chain[item.step]?.orgPath ?? item.orgPath])]
        await publishAll(
          db.system,
          concerned.map((orgPath) => ({ topic: 'queue', id: item.id, orgPath })),
        )
        return { item: presentItem(item, room, actor, settings), ...(notice ? { notice } : {}) }
      },
    )

    app.post(
      `${base}/review-batches`,
      { schema: { body: BatchCommandRequest, response: { 200: BatchCommandState }, tags }, config: ITEM_REVIEWERS },
      async (request) => {
        const { actor } = sessionOf(request)
        const { command, opinion, ids, filter } = request.body
        if (command === 'refuse' && opinion.trim() === '') refuse('review.opinionRequired')
        if (!ids && !filter) refuse('request.invalid', [{ field: 'ids', message: '请选择记录' }])
        const batchId = clock.newId()
        const total = await db.inScopeOf(actor, async (tx) => {
          const now = clock.now()
          const { from, id, where, values } = conditionsOf(
            room,
            command === 'escalate' ? 'escalate' : 'review',
            filter ?? {},
            actor,
          )
          await tx.query(
            `insert into review_batch (id, room, command, opinion, account_id, org_path, actor, request_id, total, created_at, heartbeat_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $9)`,
            [
              batchId,
              room.name,
              command,
              opinion,
              actor.accountId,
              actor.orgPath,
              JSON.stringify(actor),
              request.id,
              now,
            ],
          )
          const targets = ids
            ? await enlistTargets(tx, batchId, 'select unnest($1::uuid[]) as id', [ids])
            : await enlistTargets(
                tx,
                batchId,
                `select ${id} as id from ${from} where ${where} limit ${MAX_TARGETS + 1}`,
                values,
              )
          if (targets > MAX_TARGETS) refuse('review.batchTooLarge')
          await tx.query(
            `update review_batch set total = $2, status = case when $2 = 0 then 'finished' else status end where id = $1`,
            [batchId, targets],
          )
          return targets
        })
        // A few are done before the page asks; more go on in the background and may be left and found again.
        if (total > AT_ONCE) await platform.jobs.send(QUEUES.reviewBatch, { batchId }, { key: batchId })
        else await runReviewBatch(platform, findRoom, batchId)
        return loadBatchState(db, actor, batchId)
      },
    )

    app.get(
      `${base}/review-batches`,
      { schema: { response: { 200: z.array(BatchCommandState) }, tags }, config: ITEM_REVIEWERS },
      async (request) => {
        // Batches may be left and found again, on another computer too.
        const { actor } = sessionOf(request)
        const since = new Date(clock.now().getTime() - RECENT_MILLIS)
        return db.inScopeOf(actor, async (tx) => {
          const rows = await tx.query<{ id: string }>(
            'select id from review_batch where account_id = $1 and room = $2 and created_at > $3 order by id desc limit 10',
            [actor.accountId, room.name, since],
          )
          return loadBatchStates(
            tx,
            actor,
            rows.map(({ id }) => id),
          )
        })
      },
    )

    app.get(
      `${base}/review-batches/:id`,
      { schema: { params: Params, response: { 200: BatchCommandState }, tags }, config: ITEM_REVIEWERS },
      async (request) => loadBatchState(db, sessionOf(request).actor, request.params.id),
    )
  }

type StateRow = {
  id: string
  command: string
  status: 'running' | 'finished'
  total: number
  done: number
  skipped: number
  failed: number
  created_at: Date
  finished_at: Date | null
}

async function loadBatchState(db: Database, actor: Actor, batchId: string): Promise<BatchCommandState> {
  const [state] = await db.inScopeOf(actor, (tx) => loadBatchStates(tx, actor, [batchId]))
  return state ?? refuse('notFound')
}

/** Batch commands as their owner sees them, newest first, with the reasons of what was not done. Another's are left out. */
async function loadBatchStates(tx: Transaction, actor: Actor, ids: readonly string[]): Promise<BatchCommandState[]> {
  const batches = await tx.query<StateRow>(
    `select id, command, status, total, done, skipped, failed, created_at, finished_at
     from review_batch where id = any($1::uuid[]) and account_id = $2 order by id desc`,
    [ids, actor.accountId],
  )
  const reasons = await listReasons(
    tx,
    batches.map(({ id }) => id),
  )
  return batches.map(({ created_at, finished_at, ...state }) => ({
    ...state,
    createdAt: created_at.toISOString(),
    finishedAt: finished_at?.toISOString() ?? null,
    reasons: reasons
      .filter(({ batchId }) => batchId === state.id)
      .map(({ batchId: _, ...reason }) => ({ ...reason, message: refusalMessage(reason.reason) })),
  }))
}
