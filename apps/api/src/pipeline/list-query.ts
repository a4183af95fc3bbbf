import { COUNT_CAP } from '@xueji/contracts/common/wire'
import type { Executor } from '../platform/db.ts'
import { keyOf, pageAfter } from './paging.ts'

/** The conditions of a list as SQL; every value is a parameter. The range is not among them: the scope layer adds it. */
export type Where = { readonly where: string; readonly values: unknown[] }

/** Conditions being gathered. `must` takes any value, `add` leaves out what the form left empty, `say` needs no value; `where` is what all of them make. */
export type Gathering = {
  readonly must: (make: (parameter: string) => string, value: unknown) => void
  readonly add: (make: (parameter: string) => string, value: unknown) => void
  readonly say: (part: string) => void
  readonly where: () => Where
}

/** Starts gathering conditions of which all must hold; none at all is everything. */
export function gatherConditions(): Gathering {
  const values: unknown[] = []
  const parts: string[] = []
  const must: Gathering['must'] = (make, value) => {
    values.push(value)
    parts.push(make(`$${values.length}`))
  }
  return {
    must,
    add: (make, value) => {
      if (value !== undefined && value !== '') must(make, value)
    },
    say: (part) => {
      parts.push(part)
    },
    where: () => ({ where: parts.join(' and ') || 'true', values }),
  }
}

/** How many rows of these tables meet the conditions, counted up to `most`. */
export async function countUpTo(db: Executor, tables: string, { where, values }: Where, most: number): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `select count(*)::int as n from (select 1 from ${tables} where ${where} limit ${most}) as counted`,
    values,
  )
  return row!.n
}

/** The total of a list as its page shows it. Exact up to the cap: beyond it nobody counts by hand anyway, and the database need not either. */
export async function cappedTotal(
  db: Executor,
  tables: string,
  conditions: Where,
): Promise<{ readonly total: number; readonly capped: boolean }> {
  const n = await countUpTo(db, tables, conditions, COUNT_CAP + 1)
  return { total: Math.min(n, COUNT_CAP), capped: n > COUNT_CAP }
}

/** A page of the lines `l` of one's own list, the latest first, with its total when asked for. */
export async function listLatest<Line extends { readonly id: string }>(
  db: Executor,
  tables: string,
  columns: string,
  { where, values }: Where,
  {
    limit,
    after,
    count,
  }: { readonly limit: number; readonly after?: string | undefined; readonly count?: '1' | undefined },
): Promise<{ rows: Line[]; next?: string; total?: number; capped?: boolean }> {
  const n = values.length
  const rows = await db.query<Line>(
    `select ${columns} from ${tables} where ${where} and ($${n + 1}::uuid is null or l.id < $${n + 1}::uuid)
     order by l.org_path desc, l.id desc limit $${n + 2}`,
    [...values, after ? keyOf(after)[0] : null, limit + 1],
  )
  const page = pageAfter(rows, limit, (row) => [row.id])
  return count ? { ...page, ...(await cappedTotal(db, tables, { where, values })) } : page
}
