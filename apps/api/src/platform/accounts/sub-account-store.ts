import type { SubAccount } from '@xueji/contracts/platform/sub-account.api'
import type { Executor, Transaction } from '../db.ts'

type Row = Omit<SubAccount, 'createdAt'> & { readonly createdAt: Date }

// Only those who are nothing but newcomer clerks: a registrar's own account, or one with further rights, is none of these.
const SUB_ACCOUNTS = `from account a where a.org_id = $1 and not a.is_demo
   and exists (select 1 from role_grant g where g.account_id = a.id and g.role = 'newcomerClerk')
   and not exists (select 1 from role_grant g where g.account_id = a.id and g.role <> 'newcomerClerk')`

/** The sub-accounts of a school, or the one named; nothing of another school's. */
export async function listSubAccounts(
  tx: Executor,
  orgId: string,
  liveSince: Date,
  id?: string,
): Promise<SubAccount[]> {
  const rows = await tx.query<Row>(
    `select a.id, a.username, a.display_name as "displayName", a.status, a.must_change as "mustChange", a.created_at as "createdAt",
       (select count(*)::int from session s where s.account_id = a.id and s.last_seen_at > $2) as online
     ${SUB_ACCOUNTS} and ($3::uuid is null or a.id = $3) order by a.status, a.created_at, a.id`,
    [orgId, liveSince, id ?? null],
  )
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}

/** Takes a user name; false when somebody has it. */
export async function addSubAccount(
  tx: Transaction,
  account: {
    readonly id: string
    readonly username: string
    readonly displayName: string
    readonly orgId: string
    readonly orgPath: string
    readonly passwordHash: string
    readonly at: Date
  },
): Promise<boolean> {
  const added = await tx.query(
    `insert into account (id, username, display_name, org_id, org_path, password_hash, password_changed_at, must_change, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, true, $7) on conflict (username) do nothing returning 1`,
    [
      account.id,
      account.username,
      account.displayName,
      account.orgId,
      account.orgPath,
      account.passwordHash,
      account.at,
    ],
  )
  if (added.length === 0) return false
  await tx.query(`insert into role_grant (account_id, role, granted_at) values ($1, 'newcomerClerk', $2)`, [
    account.id,
    account.at,
  ])
  return true
}

/** Puts a password that has to be changed; whoever is signed in is out. */
export async function putPassword(tx: Transaction, id: string, passwordHash: string, at: Date): Promise<void> {
  await tx.query('update account set password_hash = $2, password_changed_at = $3, must_change = true where id = $1', [
    id,
    passwordHash,
    at,
  ])
  await tx.query('delete from session where account_id = $1', [id])
}

/** 停用 or 启用; who is stopped is out. */
export async function putStatus(tx: Transaction, id: string, status: SubAccount['status']): Promise<void> {
  await tx.query('update account set status = $2 where id = $1', [id, status])
  if (status === 'disabled') await tx.query('delete from session where account_id = $1', [id])
}
