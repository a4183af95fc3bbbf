import { COUNT_CAP } from '@xueji/contracts/common/wire'
import type { RosterFilter, RosterSearch, RosterSummary } from '@xueji/contracts/rooms/preschool/preschool.api'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { registerDeadline } from '@xueji/domain/rooms/registration/register-deadline'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import { keyOf, pageAfter } from '../../pipeline/paging.ts'
import type { Transaction } from '../../platform/db.ts'
import { IS_CLAIMED, LINE_COLUMNS, type StoredLine } from './roster-store.ts'

type Conditions = { readonly where: string; readonly values: readonly unknown[] }

/** The conditions of menu §2.1 and §2.2 as SQL over `preschool_roster l`; range is added by the scope layer. */
export function rosterConditions(
  search: RosterFilter & Pick<RosterSearch, 'view'>,
  supplementUnmatched: boolean,
): Conditions {
  const values: unknown[] = []
  const parts = ['true']
  const add = (make: (parameter: string) => string, value: string | undefined): void => {
    if (!value) return
    values.push(value)
    parts.push(make(`$${values.length}`))
  }
  // PRE-014: who may be filled in: matched, with a document, and not yet filed.
  if (search.view === 'supplement')
    parts.push(
      `l.match_status in (${supplementUnmatched ? `'1', '3'` : `'1'`}) and l.identity_type <> 'Z' and not ${IS_CLAIMED}`,
    )
  add((p) => `strpos(l.name, ${p}) > 0`, search.name)
  add((p) => `l.identity_number = ${p}`, search.identityNumber?.trim().toUpperCase())
  add((p) => `strpos(l.import_file_name, ${p}) > 0`, search.importFileName)
  add((p) => `l.match_status = ${p}`, search.match)
  add((p) => `l.identity_type = ${p}`, search.identityType)
  if (search.supplemented) parts.push(`l.supplement_item_id is ${search.supplemented === '1' ? 'not ' : ''}null`)
  return { where: parts.join(' and '), values }
}

/** A page of the roster, the latest first, with its total when asked for. */
export async function listRoster(
  tx: Transaction,
  search: RosterSearch,
  supplementUnmatched: boolean,
): Promise<{ rows: StoredLine[]; next?: string; total?: number; capped?: boolean }> {
  const { where, values } = rosterConditions(search, supplementUnmatched)
  const n = values.length
  const rows = await tx.query<StoredLine>(
    `select ${LINE_COLUMNS} from preschool_roster l where ${where} and ($${n + 1}::uuid is null or l.id < $${n + 1}::uuid)
     order by l.org_path desc, l.id desc limit $${n + 2}`,
    [...values, search.after ? keyOf(search.after)[0] : null, search.limit + 1],
  )
  const page = pageAfter(rows, search.limit, (row) => [row.id])
  if (!search.count) return page
  const [counted] = await tx.query<{ n: number }>(
    `select count(*)::int as n from (select 1 from preschool_roster l where ${where} limit ${COUNT_CAP + 1}) as counted`,
    values,
  )
  return { ...page, total: Math.min(counted!.n, COUNT_CAP), capped: counted!.n > COUNT_CAP }
}

/** How the roster stands, and whether what is unregistered is late (PRE-018). */
export async function summariseRoster(
  tx: Transaction,
  today: PlainDate,
  deadlineDays: number,
): Promise<Omit<RosterSummary, 'supplementUnmatched'>> {
  const [row] = await tx.query<{ matched: number; unsure: number; none: number; unregistered: number }>(
    `select (count(*) filter (where l.match_status = '1'))::int as matched, (count(*) filter (where l.match_status = '2'))::int as unsure,
       (count(*) filter (where l.match_status = '3'))::int as none, (count(*) filter (where l.identity_type <> 'Z' and not ${IS_CLAIMED}))::int as unregistered
     from preschool_roster l`,
  )
  const { on, overdue } = registerDeadline(schoolYearOf(today), deadlineDays, today)
  return { ...row!, dueOn: on, overdue: overdue && row!.unregistered > 0 }
}
