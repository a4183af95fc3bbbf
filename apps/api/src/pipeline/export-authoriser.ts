import type { RefusalId } from '@xueji/contracts/issues/refusals'
import { authoriserFault } from '@xueji/domain/access/may-export'
import type { Actor, Role } from '@xueji/domain/access/roles'
import type { Executor } from '../platform/db.ts'
import { verifyPassword } from '../platform/http/passwords.ts'
import { rolesNow } from '../platform/http/session.ts'
import { countGuess, forgetGuesses } from '../platform/http/sign-in.ts'
import type { Platform } from '../platform/platform.ts'
import { SETTINGS } from '../platform/settings.ts'

/** Who authorised an export. */
type AuthoriserAccount = { readonly id: string; readonly displayName: string }

/** The answer to somebody's name and password: who it is, or why it will not do and, as far as is known, whose name it was. */
type Authorisation = AuthoriserAccount | { readonly refusal: RefusalId; readonly accountId?: string }

type Account = { id: string; display_name: string; org_id: string; password_hash: string; usable: boolean }

/**
 * Checks who authorises an export: another active account of the same organisation that may read the list itself (EXP-001), by user name and password
 * and on the same guarded path as sign-in. Whatever is wrong gets one answer, so that nothing is learnt about accounts; only one's own is named as such.
 */
export async function checkAuthoriser(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  asker: Pick<Actor, 'accountId' | 'orgId'> & { readonly username: string },
  asked: { readonly username: string; readonly password: string },
  readers: readonly Role[],
): Promise<Authorisation> {
  // Told before anything is counted or compared: nothing can be guessed that way, nor a count undone.
  if (asked.username === asker.username) return { refusal: 'export.ownAccount', accountId: asker.accountId }
  await countGuess(db.system, clock, asked.username)
  const account = await findAccount(db.system, asked.username, clock.now())
  const fits = await verifyPassword(account?.password_hash, asked.password)
  if (!account || !fits || !account.usable)
    return { refusal: 'export.notAuthorised', ...(account ? { accountId: account.id } : {}) }
  const roles = await rolesNow(db.system, account.id, account.org_id)
  const fault = authoriserFault(asker, { accountId: account.id, orgId: account.org_id, roles }, readers)
  if (fault) return { refusal: fault, accountId: account.id }
  await forgetGuesses(db.system, asked.username)
  return { id: account.id, displayName: account.display_name }
}

// Who could not work with this password, because it is the first one or too old (SEC-004), cannot authorise with it either.
async function findAccount(db: Executor, username: string, now: Date): Promise<Account | undefined> {
  const [account] = await db.query<Account>(
    `select a.id, a.display_name, a.org_id, a.password_hash, not a.must_change and a.password_changed_at + make_interval(days =>
       coalesce((select v.value::int from setting v where v.key = 'password.validDays' and starts_with(a.org_path, v.org_path)
                 order by length(v.org_path) desc limit 1), $3)) > $2::timestamptz as usable
     from account a where a.username = $1 and a.status = 'active'`,
    [username, now, SETTINGS['password.validDays']],
  )
  return account
}
