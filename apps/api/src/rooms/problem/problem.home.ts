import { COUNT_CAP } from '@xueji/contracts/common/wire'
import type { HomeView } from '@xueji/contracts/platform/home.api'
import type { ProblemView } from '@xueji/contracts/rooms/problem/problem.api'
import { type Actor, hasRole, type Role } from '@xueji/domain/access/roles'
import type { Transaction } from '../../platform/db.ts'
import { PROBLEM_TABLES, problemConditions } from './problem.filter.ts'

type Line = HomeView['queue'][number]
type Wanted = {
  readonly view: Exclude<ProblemView, 'all'>
  readonly roles: readonly Role[]
  readonly act: string
  readonly words: string
  /** What counts besides the conditions of the list. */
  readonly also?: string
}

const BUREAUS: readonly Role[] = ['countyRegistrar', 'cityRegistrar', 'provinceRegistrar']
const LINES: readonly Wanted[] = [
  {
    view: 'handle',
    roles: ['schoolRegistrar'],
    act: 'handle',
    words: '待本校处理',
    also: `not m.is_locked and m.state in ('todo', 'lost') and coalesce(i.status, '') <> 'open'`,
  },
  { view: 'review', roles: ['schoolLeader', ...BUREAUS], act: 'review', words: '待审核' },
  { view: 'arbitrate', roles: [...BUREAUS, 'ministryRegistrar'], act: 'arbitrate', words: '待仲裁' },
]

/** What awaits the caller in this room, 省内 and 跨省 apart (PROB-002): one statement a kind of work. */
export async function problemQueue(tx: Transaction, actor: Actor): Promise<Line[]> {
  const lines: Line[] = []
  for (const { view, roles, act, words, also = 'true' } of LINES) {
    if (!hasRole(actor, roles)) continue
    const { where, values } = problemConditions(view, {}, actor)
    // Parties of one group are arbitrated together.
    const counted = view === 'arbitrate' ? 'count(distinct g.id)' : 'count(*)'
    const rows = await tx.query<{ isCross: boolean; n: number; oldest: Date }>(
      `select g.is_cross_province as "isCross", ${counted}::int as n, min(coalesce(i.waiting_since, g.changed_at)) as oldest
       from ${PROBLEM_TABLES} where ${where} and ${also} group by 1`,
      values,
    )
    for (const isCross of [false, true]) {
      const row = rows.find((one) => one.isCross === isCross)
      // Nobody has a cross-province page for arbitration but the ministry, which has no other.
      if (act === 'arbitrate' && isCross !== (actor.orgLevel === 'ministry') && !row) continue
      lines.push({
        room: 'problem',
        act,
        title: `${isCross ? '跨省' : '省内'}问题学籍·${words}`,
        count: Math.min(row?.n ?? 0, COUNT_CAP),
        capped: (row?.n ?? 0) > COUNT_CAP,
        oldestAt: row?.oldest.toISOString() ?? null,
        page: pageOf(view, act === 'arbitrate' ? actor.orgLevel === 'ministry' : isCross),
      })
    }
  }
  return lines
}

const pageOf = (view: ProblemView, isCross: boolean): string => `problem/${isCross ? 'cross/' : ''}${view}`
