import type { ChildBusiness } from '@xueji/domain/student/free-child'
import type { Executor } from '../platform/db.ts'

/**
 * What children are in the middle of, by student id: the facts of `whyNotFree`, which every room asks before it begins something (flows §13; PROB-022,
 * PROB-023, KEY-004, XFER-008). One statement for the set.
 */
export async function openBusinessOf(db: Executor, studentIds: readonly string[]): Promise<Map<string, ChildBusiness>> {
  const rows = await db.query<ChildBusiness & { id: string }>(
    `select s.id, s.is_problem as "isProblem", i.item_id is not null as "hasOpenItem", coalesce(i.room = 'problem', false) as "isHandlingProblem"
     from student s left join review_queue i on i.student_id = s.id
     where s.id = any($1::uuid[])`,
    [studentIds],
  )
  return new Map(rows.map(({ id, ...business }) => [id, business]))
}
