import type { OnlineUser } from '@xueji/contracts/platform/auth.api'
import type { Executor } from '../db.ts'
import { IDLE_MILLIS } from './session.ts'

/** A live session as stored. */
export type LiveUser = Omit<OnlineUser, 'isSelf' | 'signedInAt' | 'lastSeenAt'> & {
  readonly signedInAt: Date
  readonly lastSeenAt: Date
}

/** Sessions of the range that are alive, the one last used first; after one of them where a list is read on (SEC-002). */
export const listLiveUsers = (
  tx: Executor,
  {
    now,
    search,
    limit,
    after,
  }: {
    readonly now: Date
    readonly search: string | undefined
    readonly limit: number
    readonly after?: readonly [lastSeenAt: Date, sessionKey: string]
  },
): Promise<LiveUser[]> =>
  // The range is the account's row-level security.
  tx.query<LiveUser>(
    `select s.id_hash as "sessionKey", a.id as "accountId", a.username, a.display_name as "displayName", o.name as "orgName", o.level as "orgLevel", s.ip,
       s.created_at as "signedInAt", s.last_seen_at as "lastSeenAt"
     from account a join session s on s.account_id = a.id join organization o on o.id = a.org_id
     where s.last_seen_at > $1 and s.expires_at > $2 and ($3::text is null or strpos(a.username, $3) > 0 or strpos(a.display_name, $3) > 0 or strpos(o.name, $3) > 0)
       and ($5::timestamptz is null or (s.last_seen_at, s.id_hash) < ($5, $6))
     order by s.last_seen_at desc, s.id_hash desc limit $4`,
    [new Date(now.getTime() - IDLE_MILLIS), now, search || null, limit, after?.[0] ?? null, after?.[1] ?? null],
  )

/** How many there are, up to `most`. */
export async function countLiveUsers(
  tx: Executor,
  now: Date,
  search: string | undefined,
  most: number,
): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `select count(*)::int as n from (select 1 from account a join session s on s.account_id = a.id join organization o on o.id = a.org_id
       where s.last_seen_at > $1 and s.expires_at > $2
         and ($3::text is null or strpos(a.username, $3) > 0 or strpos(a.display_name, $3) > 0 or strpos(o.name, $3) > 0) limit ${most}) as counted`,
    [new Date(now.getTime() - IDLE_MILLIS), now, search || null],
  )
  return row!.n
}
