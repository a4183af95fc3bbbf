import { COUNT_CAP } from '@xueji/contracts/common/wire'
import { HomeView } from '@xueji/contracts/platform/home.api'
import { type Actor, hasRole } from '@xueji/domain/access/roles'
import type { ChainNode } from '@xueji/domain/review/chain'
import type { ReviewStatus } from '@xueji/domain/review/machine'
import { reviewStatusText } from '@xueji/domain/review/status-text'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Transaction } from '../platform/db.ts'
import { sessionOf } from '../platform/http/authenticate.ts'
import { anySignedIn } from '../platform/http/policy.ts'
import type { Platform } from '../platform/platform.ts'
import { maskNumber } from './item-view.ts'
import type { Room } from './room.ts'

type Line = HomeView['queue'][number]

const RECENT = 6

/** What awaits somebody in a room whose work is not the corridor's alone. */
export type RoomQueue = (tx: Transaction, actor: Actor) => Promise<Line[]>

/** The home page: what awaits me, by business, with counts and the oldest age; recent imports and results; where this year's newcomers stand. */
export const homeRoutes =
  (platform: Platform, rooms: readonly Room[], queues: readonly RoomQueue[]): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/api/home', { schema: { response: { 200: HomeView } }, config: anySignedIn }, async (request) => {
      const { actor } = sessionOf(request)
      return platform.db.inScopeOf(actor, async (tx) => ({
        queue: [...(await loadQueue(tx, actor, rooms)), ...(await loadOwnQueues(tx, actor, queues))],
        imports: await loadImports(tx, actor, rooms),
        batches: await loadBatches(tx, actor),
        results: await loadResults(tx, actor, rooms),
        progress: await loadProgress(tx, actor, rooms, schoolYearOf(platform.clock.today())),
      }))
    })
  }

const REVIEWERS = ['schoolLeader', 'countyRegistrar', 'cityRegistrar', 'provinceRegistrar'] as const
const FILERS = ['schoolRegistrar', 'newcomerClerk'] as const

const WAITING = `status = 'open' and waiting_path = $2`
const categoryOf = (entry: { readonly category: string }): string => entry.category

async function loadQueue(tx: Transaction, actor: Actor, rooms: readonly Room[]): Promise<Line[]> {
  const lines: Line[] = []
  for (const room of rooms) {
    for (const { key, title, path } of room.groups) {
      const group = { title, categories: room.entries.filter((entry) => entry.group === key).map(categoryOf) }
      if (hasRole(actor, REVIEWERS))
        lines.push(
          await count(
            tx,
            room,
            'review',
            '待审核',
            `${path}/review`,
            `${WAITING} and waiting_act = 'review'`,
            actor,
            group,
          ),
        )
      if (hasRole(actor, ['schoolRegistrar']))
        lines.push(
          await count(
            tx,
            room,
            'escalate',
            '待上报',
            `${path}/escalate`,
            `${WAITING} and waiting_act = 'escalate'`,
            actor,
            group,
          ),
        )
      if (hasRole(actor, FILERS)) lines.push(await countRosters(tx, room, `${path}/import`, actor, group))
    }
    if (hasRole(actor, FILERS))
      lines.push(
        await count(
          tx,
          room,
          'correct',
          '退回待修改',
          'registration/returned',
          `status = 'returned' and org_path = $2`,
          actor,
        ),
      )
    if (hasRole(actor, FILERS))
      lines.push(
        await count(
          tx,
          room,
          'checking',
          '查重认证中',
          'registration/search',
          `status in ('checking', 'duplicate') and org_path = $2`,
          actor,
        ),
      )
  }
  return lines
}

async function loadOwnQueues(tx: Transaction, actor: Actor, queues: readonly RoomQueue[]): Promise<Line[]> {
  const lines: Line[] = []
  for (const queue of queues) lines.push(...(await queue(tx, actor)))
  return lines
}

async function count(
  tx: Transaction,
  room: Room,
  act: string,
  title: string,
  page: string,
  where: string,
  actor: Actor,
  group?: { readonly title: string; readonly categories: readonly string[] },
): Promise<Line> {
  const [row] = await tx.query<{ n: number; oldest: Date | null }>(
    `select count(*)::int as n, min(waiting_since) as oldest from (select waiting_since from review_queue where room = $1 and ${where} and ($3::text[] is null or category = any($3)) limit ${COUNT_CAP + 1}) as counted`,
    [room.name, actor.orgPath, group?.categories ?? null],
  )
  return {
    room: room.name,
    act,
    title: `${group?.title ?? room.title}·${title}`,
    count: Math.min(row!.n, COUNT_CAP),
    capped: row!.n > COUNT_CAP,
    oldestAt: row!.oldest?.toISOString() ?? null,
    page,
  }
}

/** Uploaded rosters that wait for their registrar: to be corrected, or to be submitted. */
async function countRosters(
  tx: Transaction,
  room: Room,
  page: string,
  actor: Actor,
  group: { readonly title: string; readonly categories: readonly string[] },
): Promise<Line> {
  const [row] = await tx.query<{ n: number; oldest: Date | null }>(
    `select count(*)::int as n, min(touched_at) as oldest from (select touched_at from import_batch
       where org_path = $2 and room = $1 and category = any($3) and status in ('failed', 'ready') and failure is null limit ${COUNT_CAP + 1}) as counted`,
    [room.name, actor.orgPath, group.categories],
  )
  return {
    room: room.name,
    act: 'finish',
    title: `${group.title}·名单待改正或提交`,
    count: Math.min(row!.n, COUNT_CAP),
    capped: row!.n > COUNT_CAP,
    oldestAt: row!.oldest?.toISOString() ?? null,
    page,
  }
}

async function loadImports(tx: Transaction, actor: Actor, rooms: readonly Room[]): Promise<HomeView['imports']> {
  if (!hasRole(actor, ['schoolRegistrar', 'newcomerClerk', 'schoolLeader'])) return []
  const rows = await tx.query<Omit<HomeView['imports'][number], 'uploadedAt'> & { uploadedAt: Date }>(
    `select id, file_name as "fileName", uploaded_at as "uploadedAt", status, total_rows as "totalRows", invalid_rows as "invalidRows", uploader_name as "uploaderName"
     from import_batch where org_path = $1 and room = any($2) order by id desc limit ${RECENT}`,
    [actor.orgPath, rooms.map((room) => room.name)],
  )
  return rows.map((row) => ({ ...row, uploadedAt: row.uploadedAt.toISOString() }))
}

async function loadBatches(tx: Transaction, actor: Actor): Promise<HomeView['batches']> {
  if (!hasRole(actor, [...REVIEWERS, 'schoolRegistrar'])) return []
  const rows = await tx.query<Omit<HomeView['batches'][number], 'createdAt'> & { createdAt: Date }>(
    `select id, room, command, actor->>'displayName' as "actorName", status, total, done, created_at as "createdAt"
     from review_batch where org_path = $1 order by id desc limit ${RECENT}`,
    [actor.orgPath],
  )
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}

async function loadResults(tx: Transaction, actor: Actor, rooms: readonly Room[]): Promise<HomeView['results']> {
  if (actor.orgLevel !== 'school') return []
  const rows = await tx.query<{
    itemId: string
    room: string
    studentName: string
    orgName: string
    status: ReviewStatus
    chain: ChainNode[]
    step: number
    studentNumber: string | null
    at: Date
  }>(
    `select id as "itemId", room, student_name as "studentName", org_name as "orgName", status, chain, step, student_number as "studentNumber", waiting_since as at
     from review_item where org_path = $1 and status in ('effective', 'returned', 'ended', 'rejected', 'refused') order by waiting_since desc limit ${RECENT}`,
    [actor.orgPath],
  )
  return rows.map(({ room, status, chain, step, ...row }) => ({
    ...row,
    studentNumber: maskNumber(row.studentNumber),
    statusText: reviewStatusText({ status, chain, step }, rooms.find((one) => one.name === room)?.doneText ?? ''),
    at: row.at.toISOString(),
  }))
}

/** The stages of 新生注册进度, in the order a registration goes through them. */
const STAGES = [
  ['checking', '查重认证'],
  ['school', '待学校审核'],
  ['escalate', '待上报'],
  ['bureau', '待主管部门审核'],
  ['returned', '退回修改'],
  ['effective', '已注册'],
] as const

/** Where this school year's newcomers of the range stand: of the tally, whose size is that of schools and not of children (decision 0020). */
async function loadProgress(
  tx: Transaction,
  actor: Actor,
  rooms: readonly Room[],
  entryYear: number,
): Promise<HomeView['progress']> {
  if (!hasRole(actor, [...REVIEWERS, ...FILERS, 'ministryRegistrar'])) return []
  const rows = await tx.query<{ stage: string; count: number }>(
    'select stage, sum(items)::int as count from item_tally where room = any($1) and entry_year = $2 group by 1',
    [rooms.map((room) => room.name), entryYear],
  )
  const counts = new Map(rows.map((row) => [row.stage, row.count]))
  return STAGES.map(([stage, label]) => ({ label, count: counts.get(stage) ?? 0 }))
}
