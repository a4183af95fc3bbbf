import { appendAudit } from '../audit.ts'
import type { Clock } from '../clock.ts'
import type { Database, Executor } from '../db.ts'
import { refuse } from '../refusal.ts'
import { verifyPassword } from './passwords.ts'
import { hashSecret } from './session.ts'

/** Failures in a row that lock a user name, and for how long (SEC-006). */
const MAX_FAILURES = 5
const LOCK_MILLIS = 30 * 60_000

/** Who signed in. */
export type SignedIn = { readonly accountId: string; readonly displayName: string; readonly orgPath: string }

/** A sign-in as it was asked for. */
export type Credentials = {
  readonly username: string
  readonly password: string
  readonly ip: string
  readonly requestId: string
}

type Account = { id: string; display_name: string; org_path: string; password_hash: string }

/**
 * Checks a user name and password. Failures are counted by user name whether or not it exists, so an unknown user gets the same answers, lock included
 * (SEC-006); those of an account that exists are in its audit. Throws a refusal.
 */
export async function checkCredentials(db: Database, clock: Clock, asked: Credentials): Promise<SignedIn> {
  await countGuess(db.system, clock, asked.username)
  const [account] = await db.system.query<Account>(
    `select id, display_name, org_path, password_hash from account where username = $1 and status = 'active'`,
    [asked.username],
  )
  if (!(await verifyPassword(account?.password_hash, asked.password))) {
    if (account) await auditRefusal(db, clock, account, asked)
    refuse('auth.invalid')
  }
  await forgetGuesses(db.system, asked.username)
  return { accountId: account!.id, displayName: account!.display_name, orgPath: account!.org_path }
}

/**
 * Counts a guess at somebody's password before it is looked at: guesses sent all at once are no more than guesses sent one by one. Refuses with
 * `auth.locked` from the sixth in a row, for 30 minutes (SEC-006).
 */
export async function countGuess(db: Executor, clock: Clock, username: string): Promise<void> {
  const [attempt] = await db.query<{ count: number }>(
    `insert into login_failure as f (username_hash, count, last_at) values ($1, 1, $2)
     on conflict (username_hash) do update set last_at = $2,
       count = case when f.locked_until <= $2 then 1 else f.count + 1 end,
       locked_until = case when f.locked_until <= $2 then null when f.locked_until is null and f.count + 1 >= $3
         then $2::timestamptz + make_interval(secs => $4) else f.locked_until end
     returning count`,
    [keyOf(username), clock.now(), MAX_FAILURES, LOCK_MILLIS / 1000],
  )
  if (attempt!.count > MAX_FAILURES) refuse('auth.locked')
}

/** The password was right: what was counted against the user name is forgotten. */
export async function forgetGuesses(db: Executor, username: string): Promise<void> {
  await db.query('delete from login_failure where username_hash = $1', [keyOf(username)])
}

const keyOf = (username: string): string => hashSecret(username.toLowerCase())

const auditRefusal = (db: Database, clock: Clock, account: Account, { ip, requestId }: Credentials): Promise<void> =>
  db.inSystem((tx) =>
    appendAudit(tx, clock, [
      {
        actorId: account.id,
        actorName: account.display_name,
        orgPath: account.org_path,
        action: 'session.refused',
        target: account.id,
        detail: { ip },
        requestId,
      },
    ]),
  )
