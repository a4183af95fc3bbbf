import type { Clock } from '../clock.ts'
import type { Executor } from '../db.ts'
import { refuse } from '../refusal.ts'
import { verifyPassword } from './passwords.ts'
import { hashSecret } from './session.ts'

/** Failures in a row that lock a user name, and for how long (SEC-006). */
const MAX_FAILURES = 5
const LOCK_MILLIS = 30 * 60_000

/** Who signed in. */
export type SignedIn = { readonly accountId: string; readonly displayName: string; readonly orgPath: string }

/**
 * Checks a user name and password. Failures are counted by user name whether or not it exists, so an unknown user gets the same answers, lock included
 * (SEC-006). Throws a refusal.
 */
export async function checkCredentials(
  db: Executor,
  clock: Clock,
  username: string,
  password: string,
): Promise<SignedIn> {
  const key = hashSecret(username.toLowerCase())
  const now = clock.now()
  // Counted before the password is looked at: guesses sent all at once are no more than guesses sent one by one.
  const [attempt] = await db.query<{ count: number }>(
    `insert into login_failure as f (username_hash, count, last_at) values ($1, 1, $2)
     on conflict (username_hash) do update set last_at = $2,
       count = case when f.locked_until <= $2 then 1 else f.count + 1 end,
       locked_until = case when f.locked_until <= $2 then null when f.locked_until is null and f.count + 1 >= $3
         then $2::timestamptz + make_interval(secs => $4) else f.locked_until end
     returning count`,
    [key, now, MAX_FAILURES, LOCK_MILLIS / 1000],
  )
  if (attempt!.count > MAX_FAILURES) refuse('auth.locked')
  const [account] = await db.query<{ id: string; display_name: string; org_path: string; password_hash: string }>(
    `select id, display_name, org_path, password_hash from account where username = $1 and status = 'active'`,
    [username],
  )
  if (!(await verifyPassword(account?.password_hash, password))) refuse('auth.invalid')
  await db.query('delete from login_failure where username_hash = $1', [key])
  return { accountId: account!.id, displayName: account!.display_name, orgPath: account!.org_path }
}
