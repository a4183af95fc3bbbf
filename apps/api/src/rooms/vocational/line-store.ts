import type { MatchPerson, MatchStatus } from '@xueji/domain/continuation/match'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import type { LineState } from '@xueji/domain/rooms/vocational/line-matrix'
import { sqlState, type Transaction } from '../../platform/db.ts'

/** The six fields of a line. */
export type VocationalPerson = MatchPerson & { readonly studentNumber: string | null }

/** What was found for a line: the record matched, or none. */
export type FoundRecord = { readonly status: MatchStatus; readonly archiveId: string | null }

/** A line as stored. */
export type StoredLine = VocationalPerson & {
  readonly id: string
  readonly version: number
  readonly match: MatchStatus
  readonly studentId: string | null
  readonly state: LineState
  readonly importFileName: string | null
  readonly addedAt: Date
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
}

/** Columns of `StoredLine` over `vocational_roster_line l`. */
export const LINE_COLUMNS = `l.id, l.version, l.name, l.gender, l.birth_date::text as "birthDate", l.identity_type as "identityType",
  l.identity_number as "identityNumber", l.student_number as "studentNumber", l.match_status as match, l.student_id as "studentId", l.state,
  l.import_file_name as "importFileName", l.added_at as "addedAt", l.decided_at as "decidedAt", l.decided_by as "decidedBy"`

/** Lines of one's own list by id, in the order in which they were entered. `lock` holds them until the transaction ends. */
export const listLines = (tx: Transaction, ids: readonly string[], lock = false): Promise<StoredLine[]> =>
  tx.query<StoredLine>(
    `select ${LINE_COLUMNS} from vocational_roster_line l where l.id = any($1::uuid[]) order by l.id ${lock ? 'for update' : ''}`,
    [ids],
  )

/** A line of one's own list; undefined out of range. */
export const findLine = async (tx: Transaction, id: string, lock = false): Promise<StoredLine | undefined> =>
  (await listLines(tx, [id], lock))[0]

/** One child as a set for `matchPersons`. */
export const onePerson = (person: VocationalPerson) => ({
  select: `select 'one' as id, $1::text as name, $2::text as gender, $3::date as birth_date, $4::text as identity_type, $5::text collate "C" as identity_number,
    $6::text collate "C" as student_number`,
  parameters: fieldsOf(person),
})

/** True when a number is on a school's list already; `exceptId` is the line being edited. */
export async function isListed(
  tx: Transaction,
  orgId: string,
  { identityType, identityNumber }: Pick<MatchPerson, 'identityType' | 'identityNumber'>,
  exceptId: string | null,
): Promise<boolean> {
  if (identityNumber === null) return false
  const rows = await tx.query(
    `select 1 from vocational_roster_line where org_id = $1 and identity_number = $2 and identity_type = $3 and state <> 'stopped'
       and id is distinct from $4::uuid`,
    [orgId, identityNumber, identityType, exceptId],
  )
  return rows.length > 0
}

/** A line about to be entered; who enters it may be a person or a service. */
export type NewLine = VocationalPerson & { readonly id: string; readonly found: FoundRecord }

/** Enters lines as one set; returns the ids of those whose number was not entered meanwhile. */
export async function insertLines(
  tx: Transaction,
  place: { readonly orgId: string; readonly orgPath: string; readonly addedBy: string },
  lines: readonly NewLine[],
  at: Date,
): Promise<ReadonlySet<string>> {
  const set = lines.map(({ found, ...line }) => ({ ...line, status: found.status, studentId: found.archiveId }))
  const rows = await tx.query<{ id: string }>(
    `insert into vocational_roster_line (id, org_id, org_path, name, gender, birth_date, identity_type, identity_number, student_number, match_status, student_id,
       added_by, added_at)
     select id, $2, $3, name, gender, "birthDate", "identityType", "identityNumber", "studentNumber", status, "studentId", $4, $5
     from jsonb_to_recordset($1::jsonb) as l (id uuid, name text, gender text, "birthDate" date, "identityType" text, "identityNumber" text, "studentNumber" text,
       status text, "studentId" uuid)
     on conflict (org_id, identity_number, identity_type) where identity_number is not null and state <> 'stopped' do nothing returning id`,
    [JSON.stringify(set), place.orgId, place.orgPath, place.addedBy, at],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Writes a line as it has become. False when its number was entered meanwhile. */
export async function writeLine(
  tx: Transaction,
  id: string,
  person: VocationalPerson,
  found: FoundRecord,
): Promise<boolean> {
  try {
    await tx.query(
      `update vocational_roster_line set name = $2, gender = $3, birth_date = $4, identity_type = $5, identity_number = $6, student_number = $7,
         match_status = $8, student_id = $9, version = version + 1 where id = $1`,
      [id, ...fieldsOf(person), found.status, found.archiveId],
    )
    return true
  } catch (error) {
    // The transaction is over with it: the caller refuses.
    if (sqlState(error) === UNIQUE) return false
    throw error
  }
}

const UNIQUE = '23505'

const fieldsOf = (person: VocationalPerson): readonly (string | null)[] => [
  person.name,
  person.gender,
  person.birthDate as PlainDate,
  person.identityType,
  person.identityNumber,
  person.studentNumber,
]
