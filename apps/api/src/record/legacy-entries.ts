import type { Transaction } from '../platform/db.ts'

/** The codes of issues by which rows are told apart: a wrong identity number, a student number that is none. */
export type LegacyCodes = { readonly wrongNumber: readonly string[]; readonly lostNumber: readonly string[] }

/**
 * Enters the staged rows of a load, one entry each with its school, grade and class; returns how many. The issues of a row say what is wrong with its numbers:
 * what the rules found is not found again in another language.
 */
export async function enterLegacyRows(tx: Transaction, batchId: string, codes: LegacyCodes): Promise<number> {
  const [entered] = await tx.query<{ n: number }>(
    `with entered as (
       insert into legacy_entry (batch_id, row_number, org_id, org_path, region_code, grade_id, class_id, student_id, result, origin, identity_type,
         identity_number, is_wrong, wanted_number)
       select r.batch_id, r.row_number, o.id, o.path, o.region_code, g.id, c.id, new_id(), 'created',
         md5(jsonb_build_array(o.path, v."studentNumber", v."identityType", v."identityNumber", v.name, v.gender, v."birthDate")::text)::uuid,
         v."identityType", case when not told.wrong then v."identityNumber" end, told.wrong, case when not told.lost then v."studentNumber" end
       from import_row r
       cross join lateral jsonb_to_record(r.values) as v ("schoolCode" text, "gradeName" text, "classNumber" text, "studentNumber" text, name text,
         gender text, "birthDate" text, "identityType" text, "identityNumber" text)
       cross join lateral (select coalesce(bool_or(issue->>'code' = any($2)), false) as wrong, coalesce(bool_or(issue->>'code' = any($3)), false) as lost
         from jsonb_array_elements(r.issues) as issue) told
       join school s on s.school_code = v."schoolCode" join organization o on o.id = s.organization_id
       join grade g on g.school_id = o.id and g.name = v."gradeName" and g.status = 'active'
       left join school_class c on c.grade_id = g.id and c.class_number = v."classNumber" and c.status = 'active'
       where r.batch_id = $1 and not r.dropped
       returning 1)
     select count(*)::int as n from entered`,
    [batchId, codes.wrongNumber, codes.lostNumber],
  )
  return entered!.n
}

/**
 * Finds the children the registry has already, each for one row: by what an earlier load entered for the very same row, by the student number under the same
 * name or document, by document and name at the same school, without document by name, sex and birth date there. Of several alike the first row is the first
 * child. Four statements; they see what lies in the loader's range.
 */
export async function recogniseLegacyRows(tx: Transaction, batchId: string): Promise<void> {
  for (const known of [BY_ORIGIN, BY_NUMBER, BY_DOCUMENT, BY_PERSON])
    await tx.query(
      `update legacy_entry e set student_id = known.id, result = 'unchanged' from (${known}) known
       where e.batch_id = $1 and e.row_number = known.row_number`,
      [batchId],
    )
}

const FREE = (student: string): string =>
  `not exists (select 1 from legacy_entry taken where taken.batch_id = $1 and taken.student_id = ${student})`

const BY_ORIGIN = `
  select mine.row_number, theirs.student_id as id
  from (select row_number, origin, row_number() over (partition by origin order by row_number) as nth from legacy_entry where batch_id = $1) mine
  join (select origin, student_id, row_number() over (partition by origin order by student_id) as nth from (
      select distinct earlier.origin, earlier.student_id from legacy_entry earlier
      join legacy_entry again on again.origin = earlier.origin and again.batch_id = $1 where earlier.batch_id <> $1) as loaded) theirs
    on theirs.origin = mine.origin and theirs.nth = mine.nth`

const BY_NUMBER = `
  select distinct on (s.id) s.id, e.row_number
  from legacy_entry e join import_row r on r.batch_id = e.batch_id and r.row_number = e.row_number
  join student_number n on n.number = e.wanted_number join student s on s.id = n.student_id
  where e.batch_id = $1 and e.result = 'created' and (s.name = r.values->>'name' or s.identity_number = r.values->>'identityNumber') and ${FREE('s.id')}
  order by s.id, e.row_number`

// Two joins by index instead of one that would need both.
const BY_DOCUMENT = nthOfAlike(
  ['org_path', 'identity_type', 'identity_number', 'name'],
  `r.values->>'identityNumber' is not null`,
  's.identity_number = mine.identity_number and s.identity_type = mine.identity_type and s.name = mine.name and s.org_path = mine.org_path',
)
const BY_PERSON = nthOfAlike(
  ['org_path', 'name', 'gender', 'birth_date'],
  `e.identity_type = 'Z'`,
  `s.birth_date = mine.birth_date and s.gender = mine.gender and s.name = mine.name and s.org_path = mine.org_path and s.identity_type = 'Z'`,
)

/** The nth unknown row of some that are alike is the nth such child that no row is known to be. */
function nthOfAlike(keys: readonly string[], which: string, alike: string): string {
  const key = keys.join(', ')
  return `
  with mine as materialized (
    select row_number, ${key}, row_number() over (partition by ${key} order by row_number) as nth from (
      select e.row_number, e.org_path, e.identity_type, r.values->>'identityNumber' as identity_number, r.values->>'name' as name,
        (r.values->>'gender')::char(1) as gender, (r.values->>'birthDate')::date as birth_date
      from legacy_entry e join import_row r on r.batch_id = e.batch_id and r.row_number = e.row_number
      where e.batch_id = $1 and e.result = 'created' and ${which}) as unknown)
  select mine.row_number, theirs.id from mine join (
    select id, ${key}, row_number() over (partition by ${key} order by created_at, id) as nth from (
      select distinct s.id, s.created_at, ${keys.map((column) => `mine.${column}`).join(', ')} from mine join student s on ${alike} where ${FREE('s.id')}) as found) theirs
    on (${keys.map((column) => `theirs.${column}`).join(', ')}) = (${keys.map((column) => `mine.${column}`).join(', ')}) and theirs.nth = mine.nth`
}
