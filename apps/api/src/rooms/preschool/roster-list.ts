import type { RosterFilter, RosterSearch, RosterSummary } from '@xueji/contracts/rooms/preschool/preschool.api'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { registerDeadline } from '@xueji/domain/rooms/registration/register-deadline'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import { gatherConditions, listLatest, type Where } from '../../pipeline/list-query.ts'
import type { Transaction } from '../../platform/db.ts'
import { IS_CLAIMED, LINE_COLUMNS, type StoredLine } from './roster-store.ts'

/** The conditions of menu §2.1 and §2.2 as SQL over `preschool_roster l`; range is added by the scope layer. */
export function rosterConditions(
  search: RosterFilter & Pick<RosterSearch, 'view'>,
  supplementUnmatched: boolean,
): Where {
  const { add, say, where } = gatherConditions()
  // PRE-014: who may be filled in: matched, with a document, and not yet filed.
  if (search.view === 'supplement')
    say(
      `l.match_status in (${supplementUnmatched ? `'1', '3'` : `'1'`}) and l.identity_type <> 'Z' and not ${IS_CLAIMED}`,
    )
  add((p) => `strpos(l.name, ${p}) > 0`, search.name)
  add((p) => `l.identity_number = ${p}`, search.identityNumber?.trim().toUpperCase())
  add((p) => `strpos(l.import_file_name, ${p}) > 0`, search.importFileName)
  add((p) => `l.match_status = ${p}`, search.match)
  add((p) => `l.identity_type = ${p}`, search.identityType)
  if (search.supplemented) say(`l.supplement_item_id is ${search.supplemented === '1' ? 'not ' : ''}null`)
  return where()
}

/** A page of the roster, the latest first, with its total when asked for. */
export const listRoster = (tx: Transaction, search: RosterSearch, supplementUnmatched: boolean) =>
  listLatest<StoredLine>(tx, 'preschool_roster l', LINE_COLUMNS, rosterConditions(search, supplementUnmatched), search)

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
