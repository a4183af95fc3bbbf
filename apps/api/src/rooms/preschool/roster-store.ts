import type { Match, MatchPerson, MatchStatus } from '@xueji/domain/continuation/match'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { type IdentityHold, type RosterLine, registrationOf } from '@xueji/domain/rooms/preschool/roster-line'
import type { RosterState } from '@xueji/domain/rooms/preschool/roster-matrix'
import { type Executor, sqlState, type Transaction } from '../../platform/db.ts'

/** A line as stored, with who holds the child's identity now. */
export type StoredLine = {
  readonly id: string
  readonly orgId: string
  readonly version: number
  readonly name: string
  readonly gender: string
  readonly birthDate: PlainDate
  readonly identityType: string
  readonly identityNumber: string | null
  readonly match: MatchStatus
  readonly archiveId: string | null
  readonly supplementItemId: string | null
  readonly importFileName: string | null
  readonly addedAt: Date
  readonly hold: Exclude<IdentityHold, undefined> | null
}

/** True while somebody holds the number of line `l`: one look into the claims. */
export const IS_CLAIMED = `exists (select 1 from identity_claim c where c.identity_number = l.identity_number and c.identity_type = l.identity_type
  and c.released_at is null)`

// 学籍注册状态 is derived: whoever holds the number, or, for children without one, the school's own registration of that name and birth date.
const HOLD = `case when l.identity_type <> 'Z' then
    (select case when c.student_id is null then 'item' else 'record' end from identity_claim c
     where c.identity_number = l.identity_number and c.identity_type = l.identity_type and c.released_at is null)
  else (select case when bool_or(i.status = 'effective') then 'record' when count(*) > 0 then 'item' end from review_item i
     where i.identity_type = 'Z' and i.org_path = l.org_path and i.student_name = l.name and i.birth_date = l.birth_date and i.gender = l.gender
       and i.status in ('checking', 'duplicate', 'open', 'returned', 'effective')) end`

/** Columns of `StoredLine` over `preschool_roster l`. */
export const LINE_COLUMNS = `l.id, l.org_id as "orgId", l.version, l.name, l.gender, l.birth_date::text as "birthDate", l.identity_type as "identityType",
  l.identity_number as "identityNumber", l.match_status as match, l.archive_id as "archiveId", l.supplement_item_id as "supplementItemId",
  l.import_file_name as "importFileName", l.added_at as "addedAt", ${HOLD} as hold`

/** A stored line as the domain reads it. */
export const lineOf = (stored: StoredLine): RosterLine => ({
  ...personOf(stored),
  match: { status: stored.match, archiveId: stored.archiveId } as Match,
  supplemented: stored.supplementItemId !== null,
  registration: registrationOf(stored.hold ?? undefined),
})

/** A stored line as the matrix reads it. */
export const stateOf = (stored: StoredLine): RosterState => ({
  match: stored.match,
  registration: registrationOf(stored.hold ?? undefined),
  identityType: stored.identityType,
})

/** The five fields of a line. */
export const personOf = ({ name, gender, birthDate, identityType, identityNumber }: MatchPerson): MatchPerson => ({
  name,
  gender,
  birthDate,
  identityType,
  identityNumber,
})

/** A line of one's own roster; undefined out of range. `lock` holds it until the transaction ends. */
export async function findLine(tx: Transaction, id: string, lock = false): Promise<StoredLine | undefined> {
  const [line] = await tx.query<StoredLine>(
    `select ${LINE_COLUMNS} from preschool_roster l where l.id = $1 ${lock ? 'for update of l' : ''}`,
    [id],
  )
  return line
}

/** Lines of one's own roster by id, in the order in which they were entered. */
export const listLines = (tx: Transaction, ids: readonly string[], lock = false): Promise<StoredLine[]> =>
  tx.query<StoredLine>(
    `select ${LINE_COLUMNS} from preschool_roster l where l.id = any($1::uuid[]) order by l.id ${lock ? 'for update of l' : ''}`,
    [ids],
  )

/** True when the number is on no roster of the nation but, perhaps, this line's (PRE-002). Asked outside every range; the unique key is the last word. */
export async function isListedElsewhere(
  nation: Executor,
  { identityType, identityNumber }: Pick<MatchPerson, 'identityType' | 'identityNumber'>,
  exceptId: string | null,
): Promise<boolean> {
  if (identityNumber === null) return false
  const rows = await nation.query(
    'select 1 from preschool_roster where identity_number = $1 and identity_type = $2 and id is distinct from $3::uuid',
    [identityNumber, identityType, exceptId],
  )
  return rows.length > 0
}

/** One child as a set for `matchPersons`. */
export const onePerson = (person: MatchPerson) => ({
  select: `select 'one' as id, $1::text as name, $2::text as gender, $3::date as birth_date, $4::text as identity_type, $5::text collate "C" as identity_number`,
  parameters: [person.name, person.gender, person.birthDate, person.identityType, person.identityNumber],
})

/** Enters a line; false when its number was entered meanwhile. */
export async function insertLine(
  tx: Transaction,
  line: Pick<RosterLine, 'match'> & MatchPerson,
  place: { readonly id: string; readonly orgId: string; readonly orgPath: string; readonly addedBy: string },
  at: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into preschool_roster (id, org_id, org_path, name, gender, birth_date, identity_type, identity_number, match_status, archive_id, added_by, added_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (identity_number, identity_type) where identity_number is not null do nothing returning 1`,
    [
      place.id,
      place.orgId,
      place.orgPath,
      ...Object.values(personOf(line)),
      line.match.status,
      line.match.archiveId,
      place.addedBy,
      at,
    ],
  )
  return rows.length === 1
}

/** Writes a line as it has become; what had been filled in goes where the line no longer says so. False when its number was entered meanwhile. */
export async function writeLine(tx: Transaction, id: string, line: RosterLine): Promise<boolean> {
  try {
    await tx.query(
      `update preschool_roster set name = $2, gender = $3, birth_date = $4, identity_type = $5, identity_number = $6, match_status = $7, archive_id = $8,
         supplement_item_id = case when $9 then supplement_item_id end, version = version + 1 where id = $1`,
      [id, ...Object.values(personOf(line)), line.match.status, line.match.archiveId, line.supplemented],
    )
    return true
  } catch (error) {
    // The transaction is over with it: the caller refuses.
    if (sqlState(error) === UNIQUE) return false
    throw error
  }
}

const UNIQUE = '23505'
