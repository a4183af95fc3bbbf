import type { RequestFilter, RequestRow, RequestView } from '@xueji/contracts/rooms/vocational/vocational-request.api'
import { maskNumber } from '../../pipeline/item-view.ts'
import { gatherConditions, type Where } from '../../pipeline/list-query.ts'
import { keyOf, pageAfter } from '../../pipeline/paging.ts'
import type { Executor } from '../../platform/db.ts'

/** A child asked for, as lists of its own school and bureaus read it. */
export type StoredRequest = {
  readonly id: string
  readonly orgPath: string
  readonly schoolName: string
  readonly studentName: string
  readonly gender: string
  readonly identityType: string
  readonly identityNumber: string | null
  readonly studentNumber: string | null
  readonly stage: number | null
  readonly gradeName: string
  readonly className: string
  readonly vocationalSchoolName: string
  readonly vocationalRegion: string
  readonly state: RequestRow['state']
  readonly admitted: boolean
  readonly studentId: string | null
  readonly askedAt: Date
  readonly decidedAt: Date | null
  readonly acknowledgedAt: Date | null
  readonly acknowledgedBy: string | null
}

/** The tables of the lists: the child's own record or registration lies in the reader's range as the request does. */
export const REQUEST_TABLES = `vocational_request r left join student s on s.id = r.student_id left join review_item i on i.id = r.item_id and s.id is null
  left join organization o on o.id = r.org_id left join grade g on g.id = coalesce(s.grade_id, i.grade_id) left join school_class c on c.id = coalesce(s.class_id, i.class_id)`

/** Columns of `StoredRequest` over `REQUEST_TABLES`. */
export const REQUEST_COLUMNS = `r.id, r.org_path as "orgPath", coalesce(o.name, '') as "schoolName", coalesce(s.name, i.student_name, '') as "studentName",
  coalesce(s.gender, i.gender, '') as gender, coalesce(s.identity_type, i.identity_type, '') as "identityType",
  coalesce(s.identity_number, i.identity_number) as "identityNumber", s.student_number as "studentNumber", r.stage, coalesce(g.name, '') as "gradeName",
  coalesce(c.name, '') as "className", r.school_name as "vocationalSchoolName", r.region_name as "vocationalRegion", r.state, r.admitted,
  r.student_id as "studentId", r.asked_at as "askedAt", r.decided_at as "decidedAt", r.acknowledged_at as "acknowledgedAt",
  r.acknowledged_by as "acknowledgedBy"`

/** Conditions of 中职调档查询, or of 重复录取处理: children of senior schools, whatever became of them. The scope layer adds the range. */
export function requestConditions(view: RequestView, filter: RequestFilter): Where {
  const { add, say, where } = gatherConditions()
  if (view === 'duplicates') say(`r.stage = 3 and r.admitted and r.state <> 'withdrawn'`)
  add((p) => `strpos(coalesce(s.name, i.student_name), ${p}) > 0`, filter.studentName)
  add((p) => `${p} in (s.identity_number, i.identity_number)`, filter.identityNumber?.trim().toUpperCase())
  // NUM-007: found by an old number too.
  add(
    (p) => `r.student_id in (select n.student_id from student_number n where n.number = ${p})`,
    filter.studentNumber?.trim().toUpperCase(),
  )
  add((p) => `strpos(o.name, ${p}) > 0`, filter.schoolName)
  add((p) => `strpos(r.school_name, ${p}) > 0`, filter.vocationalSchoolName)
  add((p) => `r.state = ${p}`, filter.state)
  add((p) => `r.asked_at >= ${p}::date::timestamp at time zone 'Asia/Shanghai'`, filter.askedFrom)
  add((p) => `r.asked_at < (${p}::date + 1)::timestamp at time zone 'Asia/Shanghai'`, filter.askedTo)
  if (filter.acknowledged)
    say(
      filter.acknowledged === '1'
        ? 'r.acknowledged_at is not null'
        : `r.state = 'continued' and r.acknowledged_at is null`,
    )
  return where()
}

/** A page by key (path, id). */
export async function listRequests(
  tx: Executor,
  { where, values }: Where,
  limit: number,
  after: string | undefined,
): Promise<{ rows: StoredRequest[]; next?: string }> {
  const key = after ? keyOf(after) : []
  const [path, id] = [values.length + 2, values.length + 3]
  const from = after ? `and (r.org_path, r.id) > ($${path}, $${id}::uuid)` : ''
  const rows = await tx.query<StoredRequest>(
    `select ${REQUEST_COLUMNS} from ${REQUEST_TABLES} where ${where} ${from} order by r.org_path, r.id limit $${values.length + 1}`,
    [...values, limit + 1, ...key],
  )
  return pageAfter(rows, limit, (row) => [row.orgPath, row.id])
}

/** What became of the child here when it was continued. */
export const effectOf = ({ state, studentId }: Pick<StoredRequest, 'state' | 'studentId'>): RequestRow['effect'] =>
  state === 'continued' ? (studentId ? 'left' : 'ended') : null

/** A row in the words of the lists; numbers masked (SEC-007). */
export const presentRequest = (stored: StoredRequest): RequestRow => ({
  id: stored.id,
  schoolName: stored.schoolName,
  studentName: stored.studentName,
  gender: stored.gender,
  identityNumber: maskNumber(stored.identityNumber) ?? '',
  studentNumber: maskNumber(stored.studentNumber) ?? '',
  stage: stored.stage,
  gradeName: stored.gradeName,
  className: stored.className,
  vocationalSchoolName: stored.vocationalSchoolName,
  vocationalRegion: stored.vocationalRegion,
  state: stored.state,
  admitted: stored.admitted,
  effect: effectOf(stored),
  askedAt: stored.askedAt.toISOString(),
  decidedAt: stored.decidedAt?.toISOString() ?? null,
  acknowledgedAt: stored.acknowledgedAt?.toISOString() ?? null,
  acknowledgedBy: stored.acknowledgedBy,
})
