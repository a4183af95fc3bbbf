import type { ItemFilter, ItemView } from '@xueji/contracts/pipeline/review.api'
import type { Actor } from '@xueji/domain/access/roles'
import { gatherConditions, type Where } from './list-query.ts'
import type { ReviewRoom, Room } from './room.ts'

/** A list of items as SQL: `from` names them `i`, `path`, `room` and `id` are the key they are ordered by; every value is a parameter. */
export type Conditions = Where & {
  readonly from: string
  readonly path: string
  readonly room: string
  readonly id: string
}

/** All items, ended ones too: by the index (org_path, room, id). */
const ALL = { from: 'review_item i', path: 'i.org_path', room: 'i.room', id: 'i.id' } as const

/**
 * Items under way by what the queue finds them by (decision 0010). Item by item and in the queue's order, whatever the planner thinks of two ranges at once:
 * a page reads as many items as it shows.
 */
const QUEUED = {
  from: 'review_queue q cross join lateral (select * from review_item where id = q.item_id offset 0) i',
  path: 'q.org_path',
  room: 'q.room',
  id: 'q.item_id',
} as const

const PASSED = `i.duplicate_status = 2 and (i.identity_type <> '1' or i.verification_status = 2)`

// 查重认证状态 (codes 2.25) as conditions.
const CHECKS: Record<NonNullable<ItemFilter['check']>, string> = {
  unchecked: `i.status = 'checking' and i.duplicate_status = 0`,
  running: `i.status = 'checking' and i.duplicate_status > 0`,
  passed: PASSED,
  duplicate: 'i.duplicate_status = 3',
  unverified: 'i.duplicate_status = 2 and i.verification_status = 3',
  clear: `(i.identity_type = 'Z' or ${PASSED})`,
}

// 注册状态 (codes 3.3) as conditions.
const STATUSES: Record<NonNullable<ItemFilter['status']>, string> = {
  checking: `i.status = 'checking'`,
  duplicate: `i.status = 'duplicate'`,
  schoolReview: `i.status = 'open' and i.waiting_act = 'review' and i.waiting_path = i.org_path`,
  escalate: `i.status = 'open' and i.waiting_act = 'escalate'`,
  bureauReview: `i.status = 'open' and i.waiting_act = 'review' and i.waiting_path <> i.org_path`,
  returned: `i.status = 'returned'`,
  effective: `i.status = 'effective'`,
  ended: `i.status in ('ended', 'rejected', 'refused')`,
  removed: `i.status = 'removed'`,
}

/**
 * The conditions of a list: the view (what waits for me, or everything), then what the query form says. Range is not among them: the scope layer adds it.
 * The same conditions list items and name the targets of a batch command, so 全部审核 means exactly what the list shows.
 */
export function conditionsOf(
  room: Pick<ReviewRoom, 'name'> & Partial<Pick<Room, 'entries'>>,
  view: ItemView,
  filter: ItemFilter & { readonly schoolIds?: readonly string[] },
  actor: Pick<Actor, 'orgPath'>,
): Conditions {
  const queued = view !== 'all' || filter.status === 'returned'
  const source = queued ? QUEUED : ALL
  const { must, add, say, where } = gatherConditions()
  // The first parameter is the room: exports page by it.
  must((p) => `${source.room} = ${p}`, room.name)
  if (view === 'review' || view === 'escalate') {
    say(`q.status = 'open'`)
    // Never left out, as an empty condition of the form is: the ministry's path is the empty text.
    must((p) => `q.waiting_path = ${p}`, actor.orgPath)
    must((p) => `q.waiting_act = ${p}`, view)
  }
  if (view === 'returned') must((p) => `q.org_path = ${p}`, actor.orgPath)
  if (view === 'returned' || filter.status === 'returned') say(`q.status = 'returned'`)
  add((p) => `i.org_id = ${p}::uuid`, filter.schoolId)
  add((p) => `i.org_id = any(${p}::uuid[])`, filter.schoolIds)
  add((p) => `strpos(i.org_name, ${p}) > 0`, filter.schoolName)
  add((p) => `i.org_path like '%:' || ${p} || '%'`, filter.schoolCode?.replace(/\D/g, ''))
  add((p) => `strpos(i.student_name, ${p}) > 0`, filter.studentName)
  add((p) => `i.identity_number = ${p}`, filter.identityNumber?.toUpperCase())
  add((p) => `i.category = ${p}`, filter.category)
  const { group } = filter
  if (group)
    must(
      (p) => `i.category = any(${p}::text[])`,
      (room.entries ?? []).filter((entry) => entry.group === group).map((entry) => entry.category),
    )
  add((p) => `i.grade_id = ${p}::uuid`, filter.gradeId)
  add((p) => `i.class_id = ${p}::uuid`, filter.classId)
  add((p) => `i.import_batch_id = ${p}::uuid`, filter.importBatchId)
  add((p) => `i.applied_at >= (${p}::date)::timestamp at time zone 'Asia/Shanghai'`, filter.appliedFrom)
  add((p) => `i.applied_at < (${p}::date + 1)::timestamp at time zone 'Asia/Shanghai'`, filter.appliedTo)
  if (filter.check) say(CHECKS[filter.check])
  if (filter.status) say(STATUSES[filter.status])
  return { ...source, ...where() }
}
