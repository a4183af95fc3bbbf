import { COUNT_CAP } from '@xueji/contracts/common/wire'
import { hasRole } from '@xueji/domain/access/roles'
import type { RoomQueue } from '../../pipeline/home-routes.ts'

/** 重复录取 that a senior school has not taken notice of yet; nothing is said where there is none. */
export const duplicateQueue: RoomQueue = async (tx, actor) => {
  if (!hasRole(actor, ['schoolRegistrar'])) return []
  const [row] = await tx.query<{ n: number; oldest: Date | null }>(
    `select count(*)::int as n, min(decided_at) as oldest from (
       select decided_at from vocational_request where state = 'continued' and acknowledged_at is null and stage = 3 and admitted and org_path = $1
       limit ${COUNT_CAP + 1}) as counted`,
    [actor.orgPath],
  )
  if (!row || row.n === 0) return []
  return [
    {
      room: 'vocational',
      act: 'acknowledge',
      title: '重复录取·待知悉',
      count: Math.min(row.n, COUNT_CAP),
      capped: row.n > COUNT_CAP,
      oldestAt: row.oldest?.toISOString() ?? null,
      page: 'vocational/duplicates',
    },
  ]
}
