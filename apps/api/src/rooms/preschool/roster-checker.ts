import { checkRosterLine } from '@xueji/domain/continuation/roster.rules'
import { checkWithinFile, type IssuesByRow } from '@xueji/domain/duplicates/within-file'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { checkListed } from '@xueji/domain/rooms/preschool/roster.rules'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { NO_PLACE, type RowChecker, type RowSet } from '../../pipeline/room.ts'
import type { Executor } from '../../platform/db.ts'

/** The checks of roster lines; `db` sees the nation, for PRE-002 reaches beyond the school. */
export const rosterChecker = (db: Executor, today: PlainDate): RowChecker => ({
  checkRow: (values) => checkRosterLine(values, today),
  checkHolder: (values, holder) => checkListed(values, holder),
  checkEvidence: () => [],
  checkFile: checkWithinFile,
  checkSet: (rows) => findListed(db, rows),
  factsKey: `preschool ${today}`,
  place: NO_PLACE,
})

/** Rows whose numbers are on a roster already, anywhere: one join. */
async function findListed(db: Executor, { select, parameters }: RowSet): Promise<IssuesByRow> {
  const rows = await db.query<{ row_number: number; values: StudentValues }>(
    `with asked as (${select})
     select row_number, values from asked
     join preschool_roster l on l.identity_number = asked.values->>'identityNumber' and l.identity_type = asked.values->>'identityType'`,
    parameters,
  )
  return new Map(rows.map((row) => [row.row_number, checkListed(row.values, true)]))
}
