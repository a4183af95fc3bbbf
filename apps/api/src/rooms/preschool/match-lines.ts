import { decideMatch, type Match, type MatchEvidence } from '@xueji/domain/continuation/match'
import type { Executor } from '../../platform/db.ts'

/** Children to be compared: a select of id, name, gender, birth_date, identity_type, identity_number, and its parameters. */
export type PersonSet = { readonly select: string; readonly parameters: readonly unknown[] }

type EvidenceRow = { id: string; exact: string[] | null; near: number }

/**
 * What the nation's archives say about a set of children, by id: one statement, two joins by index or hash, as the planner sees fit (PRE-003…006). Children
 * without any archive near them are absent. The same comparison as `compareArchive`; a test holds the two together.
 */
export async function matchPersons(db: Executor, persons: PersonSet): Promise<ReadonlyMap<string, Match>> {
  const rows = await findEvidence(db, persons)
  return new Map(rows.map(({ id, exact, near }) => [id, decideMatch({ exact: exact ?? [], near })]))
}

const findEvidence = (db: Executor, { select, parameters }: PersonSet): Promise<EvidenceRow[]> =>
  db.query<EvidenceRow>(
    `with person as materialized (${select}),
     pair as (
       select p.id, a.id as archive_id, a.name = p.name as exact from person p
       join preschool_archive a on a.identity_number = p.identity_number and a.identity_type = p.identity_type
       union all
       select p.id, a.id, false from person p
       join preschool_archive a on a.name = p.name and a.birth_date = p.birth_date and a.gender = p.gender
       where (a.identity_number = p.identity_number and a.identity_type = p.identity_type) is not true
     )
     select id, array_agg(archive_id) filter (where exact) as exact, (count(*) filter (where not exact))::int as near from pair group by id`,
    parameters,
  )

/** What the archives say about one child, asked as a set of one. */
export async function matchEvidence(db: Executor, person: PersonSet): Promise<MatchEvidence> {
  const [row] = await findEvidence(db, person)
  return { exact: row?.exact ?? [], near: row?.near ?? 0 }
}
