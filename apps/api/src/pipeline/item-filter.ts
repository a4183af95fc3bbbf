import type { ItemFilter, ItemView } from '@xueji/contracts/pipeline/review.api'
import type { Actor } from '@xueji/domain/access/roles'
import type { Room } from './room.ts'

/** SQL conditions over `review_item i` with their values; every value is a parameter. */
export type Conditions = { readonly where: string; readonly values: unknown[] }

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
  room: Pick<Room, 'name' | 'entries'>,
  view: ItemView,
  filter: ItemFilter & { readonly schoolIds?: readonly string[] },
  actor: Pick<Actor, 'orgPath'>,
): Conditions {
  const values: unknown[] = [room.name]
  const parts = ['i.room = $1']
  // Never left out, as an empty condition of the form is: the ministry's path is the empty text.
  const must = (make: (parameter: string) => string, value: unknown): void => {
    values.push(value)
    parts.push(make(`$${values.length}`))
  }
  const add = (make: (parameter: string) => string, value: unknown): void => {
    if (value !== undefined && value !== '') must(make, value)
  }
  if (view === 'review' || view === 'escalate') {
    parts.push(`i.status = 'open'`)
    must((p) => `i.waiting_path = ${p}`, actor.orgPath)
    must((p) => `i.waiting_act = ${p}`, view)
  }
  if (view === 'returned') {
    parts.push(`i.status = 'returned'`)
    must((p) => `i.org_path = ${p}`, actor.orgPath)
  }
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
      room.entries.filter((entry) => entry.group === group).map((entry) => entry.category),
    )
  add((p) => `i.grade_id = ${p}::uuid`, filter.gradeId)
  add((p) => `i.class_id = ${p}::uuid`, filter.classId)
  add((p) => `i.import_batch_id = ${p}::uuid`, filter.importBatchId)
  add((p) => `i.applied_at >= (${p}::date)::timestamp at time zone 'Asia/Shanghai'`, filter.appliedFrom)
  add((p) => `i.applied_at < (${p}::date + 1)::timestamp at time zone 'Asia/Shanghai'`, filter.appliedTo)
  if (filter.check) parts.push(CHECKS[filter.check])
  if (filter.status) parts.push(STATUSES[filter.status])
  return { where: parts.join(' and '), values }
}
