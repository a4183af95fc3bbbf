import { COUNT_CAP } from '@xueji/contracts/common/wire'
import type { HomeView } from '@xueji/contracts/platform/home.api'
import { hasRole } from '@xueji/domain/access/roles'
import type { RoomQueue } from '../../pipeline/home-routes.ts'
import type { Transaction } from '../../platform/db.ts'

type Line = HomeView['queue'][number]

/** What awaits a vocational school on its list, and a senior school that has not taken notice of 重复录取 yet; the latter only where there is any. */
export const vocationalQueue: RoomQueue = async (tx, actor) => {
  if (hasRole(actor, ['vocationalRegistrar'])) {
    const open = `added_at as at from vocational_roster_line where state = 'open' and org_path = $1`
    const page = 'vocational/roster'
    return [
      await count(tx, actor.orgPath, `${open} and match_status = '2'`, { act: 'confirm', title: '学籍待确认', page }),
      await count(tx, actor.orgPath, `${open} and match_status = '1'`, { act: 'continue', title: '学籍待接续', page }),
    ]
  }
  if (!hasRole(actor, ['schoolRegistrar'])) return []
  const line = await count(
    tx,
    actor.orgPath,
    `decided_at as at from vocational_request where state = 'continued' and acknowledged_at is null and stage = 3 and admitted and org_path = $1`,
    { act: 'acknowledge', title: '重复录取·待知悉', page: 'vocational/duplicates' },
  )
  return line.count > 0 ? [line] : []
}

async function count(
  tx: Transaction,
  path: string,
  waiting: string,
  line: Pick<Line, 'act' | 'title' | 'page'>,
): Promise<Line> {
  const [row] = await tx.query<{ n: number; oldest: Date | null }>(
    `select count(*)::int as n, min(at) as oldest from (select ${waiting} limit ${COUNT_CAP + 1}) as counted`,
    [path],
  )
  const { n, oldest } = row!
  return {
    room: 'vocational',
    ...line,
    count: Math.min(n, COUNT_CAP),
    capped: n > COUNT_CAP,
    oldestAt: oldest?.toISOString() ?? null,
  }
}
