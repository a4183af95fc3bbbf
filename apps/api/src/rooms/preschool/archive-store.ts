import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import type { Transaction } from '../../platform/db.ts'
import type { StoredCandidate } from './roster-view.ts'

/** No child has more that come near; beyond that the five fields are wrong. */
const MOST_CANDIDATES = 50

/**
 * The archives that may be the child's of one line, nearest first: the same document, then the same name, sex and birth date (PRE-005). The line is named by
 * its id and read in the caller's range, so that nobody sees an archive but through a line of his own roster.
 */
export const listCandidates = (tx: Transaction, lineId: string): Promise<StoredCandidate[]> =>
  tx.query<StoredCandidate>(
    `select a.id, a.name, a.gender, a.birth_date::text as "birthDate", a.identity_type as "identityType", a.identity_number as "identityNumber",
       a.kindergarten_name as "kindergartenName", a.kindergarten_region as "kindergartenRegion",
       (select string_agg(r.name, '' order by length(r.code), r.code) from region r
        where r.code in (left(a.kindergarten_region, 2) || '0000', left(a.kindergarten_region, 4) || '00', left(a.kindergarten_region, 6))) as "regionName"
     from preschool_roster l join preschool_archive a
       on (a.identity_number = l.identity_number and a.identity_type = l.identity_type)
       or (a.name = l.name and a.birth_date = l.birth_date and a.gender = l.gender)
     where l.id = $1
     order by (a.identity_number = l.identity_number and a.identity_type = l.identity_type) is true desc, a.kindergarten_name, a.id limit $2`,
    [lineId, MOST_CANDIDATES],
  )

/** What the archives of matched lines say, by line id; lines of the caller's range only. */
export async function loadProfiles(
  tx: Transaction,
  lineIds: readonly string[],
): Promise<ReadonlyMap<string, StudentValues>> {
  const rows = await tx.query<{ id: string; profile: StudentValues }>(
    `select l.id, a.profile from preschool_roster l join preschool_archive a on a.id = l.archive_id where l.id = any($1::uuid[])`,
    [lineIds],
  )
  return new Map(rows.map((row) => [row.id, row.profile]))
}
