import { decideMatch, type Match, type MatchEvidence } from '@xueji/domain/continuation/match'
import type { Executor } from '../platform/db.ts'

/**
 * Children to be compared: a select of id, name, gender, birth_date, identity_type, identity_number, and its parameters; with student_number where they are
 * compared with records.
 */
export type PersonSet = { readonly select: string; readonly parameters: readonly unknown[] }

/** What children are compared with: a table, which of its rows count, and whether these bear 学籍号. */
export type CandidateSource = { readonly table: string; readonly counts: string; readonly numbered: boolean }

/** Archives of kindergartens (PRE-003). */
export const ARCHIVES: CandidateSource = { table: 'preschool_archive', counts: 'true', numbered: false }

/** Records of the nation (PRE-019), but for those struck off, of the dead, and what a school keeps of who has left it. */
export const RECORDS: CandidateSource = {
  table: 'student',
  counts: `a.study_status not in ('SW', 'SC', 'ZC')`,
  numbered: true,
}

type EvidenceRow = { id: string; exact: string[] | null; near: number }

/**
 * What archives or records say about a set of children, by id: one statement, joins by index or hash, as the planner sees fit (PRE-003…006). Children
 * without any near them are absent. The same comparison as `compareArchive`; tests hold the two together.
 */
export async function matchPersons(
  db: Executor,
  source: CandidateSource,
  persons: PersonSet,
): Promise<ReadonlyMap<string, Match>> {
  const rows = await findEvidence(db, source, persons)
  return new Map(rows.map(({ id, exact, near }) => [id, decideMatch({ exact: exact ?? [], near })]))
}

const SAME_DOCUMENT = 'a.identity_number = p.identity_number and a.identity_type = p.identity_type'
const SAME_PERSON = 'a.name = p.name and a.birth_date = p.birth_date and a.gender = p.gender'
const SAME_NUMBER = 'exists (select 1 from student_number n where n.student_id = a.id and n.number = p.student_number)'

/** Every pair of child `p` and candidate `a` that have something in common, and whether it is the whole of it. */
function pairsOf({ table, counts, numbered }: CandidateSource): string {
  const numberFits = numbered ? `and (p.student_number is null or ${SAME_NUMBER})` : ''
  const byNumber = `union all
    select p.id, a.id, a.name = p.name and p.identity_number is null and a.identity_number is null from person p
    join student_number n on n.number = p.student_number join ${table} a on a.id = n.student_id
    where ${counts} and (${SAME_DOCUMENT}) is not true`
  return `select p.id, a.id as candidate_id, a.name = p.name ${numberFits} as exact from person p join ${table} a on ${SAME_DOCUMENT} where ${counts}
    ${numbered ? byNumber : ''}
    union all
    select p.id, a.id, false from person p join ${table} a on ${SAME_PERSON}
    where ${counts} and (${SAME_DOCUMENT}) is not true ${numbered ? `and not ${SAME_NUMBER}` : ''}`
}

const findEvidence = (
  db: Executor,
  source: CandidateSource,
  { select, parameters }: PersonSet,
): Promise<EvidenceRow[]> =>
  db.query<EvidenceRow>(
    `with person as materialized (${select}), pair as (${pairsOf(source)})
     select id, array_agg(candidate_id) filter (where exact) as exact, (count(*) filter (where not exact))::int as near from pair group by id`,
    parameters,
  )

/** What they say about one child, asked as a set of one. */
export async function matchEvidence(db: Executor, source: CandidateSource, person: PersonSet): Promise<MatchEvidence> {
  const [row] = await findEvidence(db, source, person)
  return { exact: row?.exact ?? [], near: row?.near ?? 0 }
}
