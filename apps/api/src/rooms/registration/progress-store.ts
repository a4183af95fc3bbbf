import { rangeOf } from '@xueji/domain/organization/org-path'
import { VOCATIONAL_TYPES } from '@xueji/domain/organization/school-kind'
import type { Executor } from '../../platform/db.ts'

/**
 * What the statistics of newcomers read of the database. Newcomers are the children filed for a grade that enters this school year; they are counted from
 * the tally (decision 0020), so that a province costs what its schools cost and not what its children do.
 */

/** An organisation in the tree. */
export type OrgNode = { readonly id: string; readonly name: string; readonly level: string; readonly path: string }

/** What is counted for one organisation and all below it. */
export type ProgressCounts = OrgNode & {
  readonly schools: number
  readonly registered: number
  readonly waiting: number
  readonly returned: number
  readonly unfinishedSchools: number
  readonly verified: number
  readonly unverified: number
  readonly photographed: number
}

// The child of the organisation at $5 in which a path lies.
const bucket = (path: string): string =>
  `case when substr(${path}, $5::int + 1, 1) = ':' then ${path} else left(${path}, $5::int + 2) end`

// Whoever has newcomers to register: bureaus with what lies below them, and all schools but those of 中职 (codes 2.26).
const registers = (org: string): string =>
  `not exists (select from school v where v.organization_id = ${org}.id and v.school_type like '${VOCATIONAL_TYPES}%')`

/**
 * Counts by organisation below one: a path says to which child it belongs (two digits more, or a school
 * behind a colon). Organisations without any registration are there with zeros. Photographs are counted of the registered where they are now.
 */
export async function loadProgress(
  tx: Executor,
  room: string,
  above: OrgNode,
  entryYear: number,
): Promise<ProgressCounts[]> {
  const { from, to } = rangeOf(above.path)
  return tx.query<ProgressCounts>(
    `with filed as (
       select t.org_path, sum(t.items) filter (where t.stage = 'effective') as registered, sum(t.items) filter (where t.stage = 'returned') as returned,
         sum(t.items) filter (where t.stage not in ('effective', 'returned')) as waiting,
         sum(t.items) filter (where t.verification = 2) as verified, sum(t.items) filter (where t.verification = 3) as unverified
       from item_tally t where t.room = $1 and t.org_path >= $2 and t.org_path < $3 and t.entry_year = $4 group by 1),
     tally as (
       select ${bucket('filed.org_path')} as path, sum(registered)::int as registered, sum(waiting)::int as waiting, sum(returned)::int as returned,
         (count(*) filter (where coalesce(waiting, 0) + coalesce(returned, 0) > 0))::int as "unfinishedSchools",
         sum(verified)::int as verified, sum(unverified)::int as unverified
       from filed group by 1),
     pictured as (
       select ${bucket('t.org_path')} as path, sum(t.items)::int as photographed
       from item_tally t where t.room = 'photos' and t.org_path >= $2 and t.org_path < $3 and t.entry_year = $4 group by 1)
     select o.id, o.name, o.level, o.path,
       case when o.level = 'school' then 1 else (select count(*)::int from organization s where s.level = 'school' and s.status = 'active'
         and s.path > o.path and s.path < left(o.path, -1) || chr(ascii(right(o.path, 1)) + 1) and ${registers('s')}) end as schools,
       coalesce(t.registered, 0) as registered, coalesce(t.waiting, 0) as waiting, coalesce(t.returned, 0) as returned,
       coalesce(t."unfinishedSchools", 0) as "unfinishedSchools", coalesce(t.verified, 0) as verified, coalesce(t.unverified, 0) as unverified,
       coalesce(h.photographed, 0) as photographed
     from organization o left join tally t on t.path = o.path left join pictured h on h.path = o.path where o.parent_id = $6 and o.status = 'active' and ${registers('o')} order by o.path`,
    [room, from, to, entryYear, above.path.length, above.id],
  )
}

/** How many newcomers of a range are under way, and of how many schools. */
export async function countUnfinished(
  tx: Executor,
  room: string,
  orgPath: string,
  entryYear: number,
): Promise<{ unfinished: number; schools: number }> {
  const { from, to } = rangeOf(orgPath)
  const [row] = await tx.query<{ unfinished: number; schools: number }>(
    `select coalesce(sum(unfinished), 0)::int as unfinished, count(*)::int as schools from (
       select sum(items) as unfinished from item_tally where room = $1 and org_path >= $2 and org_path < $3 and entry_year = $4 and stage <> 'effective'
       group by org_path having sum(items) > 0) as school`,
    [room, from, to, entryYear],
  )
  return row!
}

/** The organisations from one down to another below it; empty when it is not below. */
export async function loadTrail(tx: Executor, topPath: string, orgId: string): Promise<OrgNode[]> {
  const { from, to } = rangeOf(topPath)
  return tx.query<OrgNode>(
    `with recursive up as (
       select id, name, level, path, parent_id from organization where id = $1 and path >= $2 and path < $3
       union all select o.id, o.name, o.level, o.path, o.parent_id from organization o join up on o.id = up.parent_id where o.path >= $2 and o.path < $3)
     select id, name, level, path from up order by length(path)`,
    [orgId, from, to],
  )
}
