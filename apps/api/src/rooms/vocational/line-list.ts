import { COUNT_CAP } from '@xueji/contracts/common/wire'
import type { VocationalSearch, VocationalSummary } from '@xueji/contracts/rooms/vocational/vocational.api'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { vocationalDeadline } from '@xueji/domain/rooms/vocational/vocational-deadline'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import { keyOf, pageAfter } from '../../pipeline/paging.ts'
import type { Transaction } from '../../platform/db.ts'
import { LINE_COLUMNS, type StoredLine } from './line-store.ts'

/** The conditions of 学籍调档 as SQL over `vocational_roster_line l`; range is added by the scope layer. */
function conditionsOf(search: VocationalSearch): { readonly where: string; readonly values: readonly unknown[] } {
  const values: unknown[] = []
  const parts = ['true']
  const add = (make: (parameter: string) => string, value: string | undefined): void => {
    if (!value) return
    values.push(value)
    parts.push(make(`$${values.length}`))
  }
  add((p) => `strpos(l.name, ${p}) > 0`, search.name)
  add((p) => `l.identity_number = ${p}`, search.identityNumber?.trim().toUpperCase())
  add((p) => `l.student_number = ${p}`, search.studentNumber?.trim().toUpperCase())
  add((p) => `strpos(l.import_file_name, ${p}) > 0`, search.importFileName)
  add((p) => `l.match_status = ${p}`, search.match)
  add((p) => `l.state = ${p}`, search.state)
  return { where: parts.join(' and '), values }
}

/** A page of the list, the latest first, with its total when asked for. */
export async function searchLines(
  tx: Transaction,
  search: VocationalSearch,
): Promise<{ rows: StoredLine[]; next?: string; total?: number; capped?: boolean }> {
  const { where, values } = conditionsOf(search)
  const n = values.length
  const rows = await tx.query<StoredLine>(
    `select ${LINE_COLUMNS} from vocational_roster_line l where ${where} and ($${n + 1}::uuid is null or l.id < $${n + 1}::uuid)
     order by l.org_path desc, l.id desc limit $${n + 2}`,
    [...values, search.after ? keyOf(search.after)[0] : null, search.limit + 1],
  )
  const page = pageAfter(rows, search.limit, (row) => [row.id])
  if (!search.count) return page
  const [counted] = await tx.query<{ n: number }>(
    `select count(*)::int as n from (select 1 from vocational_roster_line l where ${where} limit ${COUNT_CAP + 1}) as counted`,
    values,
  )
  return { ...page, total: Math.min(counted!.n, COUNT_CAP), capped: counted!.n > COUNT_CAP }
}

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
