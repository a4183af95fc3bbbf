import type { SchoolSummaryRow } from '@xueji/contracts/pipeline/review.api'
import type { Executor } from '../platform/db.ts'
import type { Conditions } from './item-filter.ts'

/** The counts of a school, and its path: the key they are paged by. */
export type SchoolCounts = Omit<SchoolSummaryRow, 'schoolCode' | 'oldestAt'> & {
  readonly orgPath: string
  readonly oldestAt: Date
}

/** Items of a list by school, from a path on (menu §2.4). */
export const countBySchool = (
  tx: Executor,
  { from, path, where, values }: Conditions,
  after: string,
  limit: number,
): Promise<SchoolCounts[]> =>
  tx.query<SchoolCounts>(
    `select i.org_id as "orgId", min(i.org_name) as "orgName", i.org_path as "orgPath", count(*)::int as total,
       (count(*) filter (where i.identity_type = '1'))::int as resident, (count(*) filter (where i.identity_type not in ('1', 'Z')))::int as overseas,
       (count(*) filter (where i.identity_type = 'Z'))::int as undocumented, min(i.waiting_since) as "oldestAt"
     from ${from} where ${where} and ${path} > $${values.length + 1} group by i.org_id, i.org_path order by i.org_path limit $${values.length + 2}`,
    [...values, after, limit],
  )
