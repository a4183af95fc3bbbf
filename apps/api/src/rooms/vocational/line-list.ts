import type { VocationalSearch, VocationalSummary } from '@xueji/contracts/rooms/vocational/vocational.api'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { vocationalDeadline } from '@xueji/domain/rooms/vocational/vocational-deadline'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import { gatherConditions, listLatest, type Where } from '../../pipeline/list-query.ts'
import type { Transaction } from '../../platform/db.ts'
import { LINE_COLUMNS, type StoredLine } from './line-store.ts'

/** The conditions of 学籍调档 as SQL over `vocational_roster_line l`; range is added by the scope layer. */
function conditionsOf(search: VocationalSearch): Where {
  const { add, where } = gatherConditions()
  add((p) => `strpos(l.name, ${p}) > 0`, search.name)
  add((p) => `l.identity_number = ${p}`, search.identityNumber?.trim().toUpperCase())
  add((p) => `l.student_number = ${p}`, search.studentNumber?.trim().toUpperCase())
  add((p) => `strpos(l.import_file_name, ${p}) > 0`, search.importFileName)
  add((p) => `l.match_status = ${p}`, search.match)
  add((p) => `l.state = ${p}`, search.state)
  return where()
}

/** A page of the list, the latest first, with its total when asked for. */
export const searchLines = (tx: Transaction, search: VocationalSearch) =>
  listLatest<StoredLine>(tx, 'vocational_roster_line l', LINE_COLUMNS, conditionsOf(search), search)

/** How the list stands, and the day by which newcomers are to be registered (TIME-002). */
export async function summariseLines(
  tx: Transaction,
  today: PlainDate,
  workingDays: number,
): Promise<VocationalSummary> {
  const [counts] = await tx.query<Omit<VocationalSummary, 'workingDays' | 'dueOn' | 'overdue'>>(
    `select (count(*) filter (where match_status = '1'))::int as matched, (count(*) filter (where match_status = '2'))::int as unsure,
       (count(*) filter (where match_status = '3'))::int as none, (count(*) filter (where state = 'open'))::int as open from vocational_roster_line`,
  )
  const dueOn = vocationalDeadline(schoolYearOf(today), workingDays)
  return { ...counts!, workingDays, dueOn, overdue: today > dueOn }
}
