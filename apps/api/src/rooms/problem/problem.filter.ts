import type { ProblemFilter, ProblemView } from '@xueji/contracts/rooms/problem/problem.api'
import type { Actor } from '@xueji/domain/access/roles'
import { gatherConditions, type Where } from '../../pipeline/list-query.ts'

// 处理状态 (codes 3.4) as conditions.
const STATES: Record<NonNullable<ProblemFilter['state']>, string> = {
  todo: `m.is_live and not m.is_locked and m.state in ('todo', 'lost') and coalesce(i.status, '') not in ('open', 'returned')`,
  reviewing: `m.is_live and m.state in ('todo', 'lost') and i.status = 'open'`,
  returned: `m.is_live and m.state in ('todo', 'lost') and i.status = 'returned'`,
  locked: 'm.is_locked',
  attested: `m.is_live and m.state = 'attested' and g.status = 'open'`,
  arbitration: `m.state = 'attested' and g.status = 'arbitration'`,
  lost: `m.is_live and m.state = 'lost'`,
  ended: 'not m.is_live',
}

/** Conditions over `problem_member m`, its group `g`, student `s`, grade `gr`, class `c`, school `o` and handling `i`; the scope layer adds the range. */
export function problemConditions(view: ProblemView, filter: ProblemFilter, actor: Pick<Actor, 'orgPath'>): Where {
  const { must, add, say, where } = gatherConditions()
  if (view === 'handle') {
    say('m.is_live')
    must((p) => `m.org_path = ${p}`, actor.orgPath)
  }
  if (view === 'review')
    must((p) => `i.status = 'open' and i.waiting_act = 'review' and i.waiting_path = ${p}`, actor.orgPath)
  if (view === 'arbitrate')
    must((p) => `g.status = 'arbitration' and m.state = 'attested' and g.arbiter_path = ${p}`, actor.orgPath)
  add((p) => `g.is_cross_province = ${p}`, filter.isCrossProvince)
  add((p) => `g.problem_type = ${p}`, filter.problemType)
  add((p) => `g.fault = ${p}`, filter.fault)
  add((p) => `g.is_history = ${p}`, filter.isHistory)
  add((p) => `m.is_locked = ${p}`, filter.isLocked)
  add((p) => `m.handling = ${p}`, filter.handling)
  add((p) => `strpos(o.name, ${p}) > 0`, filter.schoolName)
  add((p) => `m.org_path like '%:' || ${p} || '%'`, filter.schoolCode?.replace(/\D/g, ''))
  add((p) => `strpos(gr.name, ${p}) > 0`, filter.gradeName)
  add((p) => `strpos(c.name, ${p}) > 0`, filter.className)
  add((p) => `strpos(s.name, ${p}) > 0`, filter.studentName)
  add((p) => `s.identity_number = ${p}`, filter.identityNumber?.toUpperCase())
  // NUM-007: found by an old number too.
  add(
    (p) => `s.id in (select n.student_id from student_number n where n.number = ${p})`,
    filter.studentNumber?.toUpperCase(),
  )
  if (filter.state) say(STATES[filter.state])
  return where()
}

/** The tables the conditions speak of. */
export const PROBLEM_TABLES = `problem_member m join problem_group g on g.id = m.group_id join student s on s.id = m.student_id
  join organization o on o.id = s.org_id left join grade gr on gr.id = s.grade_id left join school_class c on c.id = s.class_id
  left join review_item i on i.id = m.item_id`
