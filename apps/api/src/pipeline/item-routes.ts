import { Id, type Page, pageOf } from '@xueji/contracts/common/wire'
import {
  ItemDetail,
  ItemQuery,
  ItemRow,
  ItemSearch,
  SchoolSummaryRow,
  SummaryQuery,
} from '@xueji/contracts/pipeline/review.api'
import { flatten } from '@xueji/contracts/template/row-schema'
import type { Actor, Role } from '@xueji/domain/access/roles'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { appendAudit } from '../platform/audit.ts'
import type { Transaction } from '../platform/db.ts'
import { sessionOf } from '../platform/http/authenticate.ts'
import { onlyRoles } from '../platform/http/policy.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { loadSettings } from '../platform/settings.ts'
import { type Conditions, conditionsOf } from './item-filter.ts'
import { countBySchool } from './item-summary.ts'
import { LISTED_COLUMNS, type ListedItem, presentItem } from './item-view.ts'
import { cappedTotal } from './list-query.ts'
import { keyOf, pageAfter } from './paging.ts'
import type { Room } from './room.ts'
import { holderOf, type StoredEvent, timelineOf } from './timeline.ts'

/** Who may read a room's items; what they see of them is the scope layer's business. */
export const ITEM_READER_ROLES: readonly Role[] = [
  'schoolRegistrar',
  'schoolLeader',
  'newcomerClerk',
  'countyRegistrar',
  'cityRegistrar',
  'provinceRegistrar',
  'ministryRegistrar',
]
const ITEM_READERS = onlyRoles(...ITEM_READER_ROLES)

/** Who reviews or escalates. */
export const ITEM_REVIEWERS = onlyRoles(
  'schoolLeader',
  'schoolRegistrar',
  'countyRegistrar',
  'cityRegistrar',
  'provinceRegistrar',
)

/** Lists, school-by-school summary and detail of one room (menu §2.4–2.6): the same routes for every room. */
export const itemRoutes =
  (platform: Platform, room: Room): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = platform
    const base = `/api/rooms/${room.name}`
    const tags = [room.title]

    app.get(
      `${base}/items`,
      { schema: { querystring: ItemQuery, response: { 200: pageOf(ItemRow) }, tags }, config: ITEM_READERS },
      (request) => search(sessionOf(request).actor, request.query),
    )

    // A reading by POST: its conditions may name a child.
    app.post(
      `${base}/items/search`,
      {
        schema: { body: ItemSearch, response: { 200: pageOf(ItemRow) }, tags },
        config: { ...ITEM_READERS, withoutIdempotencyKey: true },
      },
      (request) => search(sessionOf(request).actor, request.body),
    )

    async function search(
      actor: Actor,
      { view, limit, after, count, ...filter }: z.infer<typeof ItemSearch>,
    ): Promise<Page<ItemRow>> {
      const conditions = conditionsOf(room, view, filter, actor)
      const settings = await loadSettings(db.system, actor.orgPath)
      return db.inScopeOf(actor, async (tx) => {
        const page = await listItems(tx, conditions, view === 'all', limit, after)
        const rows = page.rows.map((row) => presentItem(row, room, actor, settings))
        if (!count) return { ...page, rows }
        return { ...page, rows, ...(await cappedTotal(tx, conditions.from, conditions)) }
      })
    }

    app.get(
      `${base}/summary`,
      {
        schema: { querystring: SummaryQuery, response: { 200: pageOf(SchoolSummaryRow) }, tags },
        config: ITEM_REVIEWERS,
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const { view, limit, after, ...filter } = request.query
        const conditions = conditionsOf(room, view, filter, actor)
        const rows = await db.inScopeOf(actor, (tx) =>
          countBySchool(tx, conditions, after ? keyOf(after)[0]! : '', limit + 1),
        )
        const page = pageAfter(rows, limit, (row) => [row.orgPath])
        return {
          ...page,
          rows: page.rows.map(({ orgPath, oldestAt, ...row }) => ({
            ...row,
            schoolCode: orgPath.split(':')[1] ?? '',
            oldestAt: oldestAt.toISOString(),
          })),
        }
      },
    )

    app.get(
      `${base}/items/:id`,
      { schema: { params: z.object({ id: Id }), response: { 200: ItemDetail }, tags }, config: ITEM_READERS },
      async (request) => {
        const { actor } = sessionOf(request)
        const settings = await loadSettings(db.system, actor.orgPath)
        return db.inScopeOf(actor, async (tx) => {
          const item = await getListedItem(tx, room, request.params.id)
          const [more] = await tx.query<{
            payload: StudentValues
            applicantName: string
            duplicateHolder: string | null
          }>(
            `select i.payload, coalesce(a.display_name, '') as "applicantName", i.duplicate_holder as "duplicateHolder"
         from review_item i left join account a on a.id = i.applicant_id where i.id = $1`,
            [item.id],
          )
          const events = await tx.query<StoredEvent>(
            `select kind, round, step, opinion, detail, actor_name as "actorName", actor_org as "actorOrg", at from review_event where item_id = $1 order by at, id`,
            [item.id],
          )
          // The whole record of a child is shown here: that it was looked at is part of its history (security: Accounts).
          await appendAudit(tx, clock, [
            {
              actorId: actor.accountId,
              actorName: actor.displayName,
              orgPath: actor.orgPath,
              action: 'item.view',
              target: item.id,
              detail: {},
              requestId: request.id,
            },
          ])
          return {
            item: presentItem(item, room, actor, settings),
            schoolCode: item.orgPath.split(':')[1] ?? '',
            values: flatten(more!.payload),
            timeline: timelineOf(item, events),
            holder: holderOf(item),
            applicantName: more!.applicantName,
            verificationFault: item.verificationFault,
            duplicateHolder: more!.duplicateHolder,
          }
        })
      },
    )
  }

/** One item as lists show it, from inside the caller's range; 404 beyond it. */
export async function getListedItem(tx: Transaction, room: Pick<Room, 'name'>, id: string): Promise<ListedItem> {
  const [item] = await tx.query<ListedItem>(
    `select ${LISTED_COLUMNS} from review_item i join organization o on o.id = i.org_id where i.id = $1 and i.room = $2`,
    [id, room.name],
  )
  return item ?? refuse('notFound')
}

/** A page by key (path, id): one index serves every level, and a deep page costs what the first does. */
async function listItems(
  tx: Transaction,
  { from, path, id, where, values }: Conditions,
  newestFirst: boolean,
  limit: number,
  after: string | undefined,
): Promise<{ rows: ListedItem[]; next?: string }> {
  const [direction, beyond] = newestFirst ? ['desc', '<'] : ['asc', '>']
  const key = after ? keyOf(after) : []
  const rest = after ? `and (${path}, ${id}) ${beyond} ($${values.length + 2}, $${values.length + 3}::uuid)` : ''
  const rows = await tx.query<ListedItem>(
    `select ${LISTED_COLUMNS} from ${from} join organization o on o.id = i.org_id where ${where} ${rest}
     order by ${path} ${direction}, ${id} ${direction} limit $${values.length + 1}`,
    after ? [...values, limit + 1, key[0], key[1]] : [...values, limit + 1],
  )
  return pageAfter(rows, limit, (row) => [row.orgPath, row.id])
}
