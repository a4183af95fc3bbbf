import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Actor, Role } from '@xueji/domain/access/roles'
import type { OrgLevel } from '@xueji/domain/organization/org-path'
import type { Clock } from '../clock.ts'
import type { Executor } from '../db.ts'
import { SETTINGS } from '../settings.ts'

/** Idle and absolute life of a session, in milliseconds (security: Accounts; SEC-006). */
export const IDLE_MILLIS = 30 * 60_000
export const ABSOLUTE_MILLIS = 8 * 3600_000

// Touching the row at every request would make each read a write.
const TOUCH_MILLIS = 30_000

/** A live session: the actor with rights as they are now, and what the password asks for. */
export type LiveSession = {
  readonly actor: Actor
  readonly username: string
  readonly idHash: string
  readonly csrfToken: string
  readonly passwordChangedAt: Date
  readonly mustChange: boolean
  /** SEC-004: how long a password is good, in days. */
  readonly passwordValidDays: number
}

type Row = {
  account_id: string
  username: string
  display_name: string
  csrf_token: string
  last_seen_at: Date
  password_changed_at: Date
  must_change: boolean
  org_id: string
  org_name: string
  org_path: string
  org_level: OrgLevel
  roles: Role[]
  valid_days: number | null
}

/** SHA-256 in hex: what is kept of a secret. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Compares secrets in constant time. */
export const sameSecret = (a: string, b: string): boolean => {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Opens a session with a new id; returns the cookie's secret. */
export async function openSession(
  db: Executor,
  clock: Clock,
  accountId: string,
  ip: string,
  userAgent: string,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  const now = clock.now()
  await db.query(
    `insert into session (id_hash, account_id, csrf_token, created_at, last_seen_at, expires_at, ip, user_agent)
     values ($1, $2, $3, $4, $4, $5, $6, $7)`,
    [
      hashSecret(secret),
      accountId,
      randomBytes(24).toString('base64url'),
      now,
      new Date(now.getTime() + ABSOLUTE_MILLIS),
      ip,
      userAgent.slice(0, 300),
    ],
  )
  return secret
}

/** The session of a cookie, with rights read now: a revoked role or a forced log-out holds from the next request on. */
export async function findSession(db: Executor, clock: Clock, secret: string): Promise<LiveSession | undefined> {
  const idHash = hashSecret(secret)
  const now = clock.now()
  const [row] = await db.query<Row>(
    `select a.id as account_id, a.username, a.display_name, s.csrf_token, s.last_seen_at, a.password_changed_at, a.must_change,
       o.id as org_id, o.name as org_name, o.path as org_path, o.level as org_level,
       (select coalesce(array_agg(g.role order by g.role), '{}') from role_grant g where g.account_id = a.id) as roles,
       (select v.value from setting v where v.key = 'password.validDays' and starts_with(o.path, v.org_path)
        order by length(v.org_path) desc limit 1) as valid_days
     from session s join account a on a.id = s.account_id join organization o on o.id = a.org_id
     where s.id_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3 and a.status = 'active' and o.status = 'active'`,
    [idHash, now, new Date(now.getTime() - IDLE_MILLIS)],
  )
  if (!row) return undefined
  if (now.getTime() - row.last_seen_at.getTime() > TOUCH_MILLIS)
    await db.query('update session set last_seen_at = $2 where id_hash = $1', [idHash, now])
  return {
    actor: {
      accountId: row.account_id,
      displayName: row.display_name,
      roles: row.roles,
      orgId: row.org_id,
      orgName: row.org_name,
      orgPath: row.org_path,
      orgLevel: row.org_level,
    },
    username: row.username,
    idHash,
    csrfToken: row.csrf_token,
    passwordChangedAt: row.password_changed_at,
    mustChange: row.must_change,
    passwordValidDays: row.valid_days ?? SETTINGS['password.validDays'],
  }
}

/** Whether a session still stands, without counting as use of it: for streams that stay open. */
export async function sessionStands(db: Executor, clock: Clock, idHash: string): Promise<boolean> {
  const now = clock.now()
  const rows = await db.query(
    `select 1 from session s join account a on a.id = s.account_id
     where s.id_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3 and a.status = 'active'`,
    [idHash, now, new Date(now.getTime() - IDLE_MILLIS)],
  )
  return rows.length > 0
}

/** The roles an account holds now at an organisation that was its own; none when it, or the organisation, is no longer active there. */
export async function rolesNow(db: Executor, accountId: string, orgId: string): Promise<readonly Role[]> {
  const rows = await db.query<{ role: Role }>(
    `select g.role from role_grant g join account a on a.id = g.account_id join organization o on o.id = a.org_id
     where a.id = $1 and o.id = $2 and a.status = 'active' and o.status = 'active'`,
    [accountId, orgId],
  )
  return rows.map(({ role }) => role)
}

/** Ends a session. */
export async function closeSession(db: Executor, idHash: string): Promise<void> {
  await db.query('delete from session where id_hash = $1', [idHash])
}
