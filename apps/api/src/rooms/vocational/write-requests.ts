import type { RequestState } from '@xueji/contracts/rooms/vocational/vocational.words'
import type { Transaction } from '../../platform/db.ts'
import { loadStandings } from './standing.ts'

/** What the school of a line's child is to know of it. */
export type RequestNews = {
  readonly lineId: string
  readonly state: RequestState
  readonly admitted: boolean
  /** The registration it is about, where the child has no record. */
  readonly itemId: string | null
}

/**
 * Tells the schools of children, as one set, what a vocational school has done: the line's counterpart in the range of the child's school, written in the
 * transaction of the line (decision 0018).
 */
export async function writeRequests(tx: Transaction, news: readonly RequestNews[], at: Date): Promise<void> {
  if (news.length === 0) return
  await tx.nationwide((nation) =>
    nation.query(
      `insert into vocational_request as known (id, line_id, org_id, org_path, student_id, item_id, stage, admitted, school_name, school_code, region_name, state,
         asked_at, decided_at)
       select new_id(), l.id, coalesce(s.org_id, i.org_id), coalesce(s.org_path, i.org_path), s.id, i.id, g.stage, r.admitted, o.name, o.code, coalesce(p.name, ''),
         r.state, l.added_at, case when r.state <> 'asked' then $2::timestamptz end
       from jsonb_to_recordset($1::jsonb) as r ("lineId" uuid, state text, admitted boolean, "itemId" uuid)
       join vocational_roster_line l on l.id = r."lineId" join organization o on o.id = l.org_id
       left join region p on p.code = left(o.path, 2) || '0000'
       left join student s on s.id = l.student_id left join review_item i on i.id = r."itemId" and s.id is null
       left join grade g on g.id = coalesce(s.grade_id, i.grade_id)
       where s.id is not null or i.id is not null
       on conflict (line_id) where state <> 'withdrawn' do update set state = excluded.state, admitted = excluded.admitted, decided_at = excluded.decided_at`,
      [JSON.stringify(news), at],
    ),
  )
}

/** Tells the schools of the children that lines have entered; returns how many of them a senior school has admitted. */
export async function askForChildren(
  tx: Transaction,
  lineIds: readonly string[],
  askerPath: string,
  at: Date,
): Promise<number> {
  const standings = await tx.nationwide((nation) => loadStandings(nation, lineIds, askerPath))
  const news = [...standings].flatMap(([lineId, { record, registration, admission }]): RequestNews[] =>
    // A registration elsewhere than in a senior school is nobody's business here.
    record || admission
      ? [{ lineId, state: 'asked', admitted: admission !== undefined, itemId: registration?.itemId ?? null }]
      : [],
  )
  await writeRequests(tx, news, at)
  return news.filter((one) => one.admitted).length
}

/** Lines that go leave word with the children's schools that nobody asks any more. */
export async function recallRequests(tx: Transaction, lineIds: readonly string[], at: Date): Promise<void> {
  await tx.nationwide((nation) =>
    nation.query(
      `update vocational_request set state = 'withdrawn', decided_at = $2 where line_id = any($1::uuid[]) and state = 'asked'`,
      [lineIds, at],
    ),
  )
}
