import { randomBytes } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import type { Role } from '@xueji/domain/access/roles'
import { formatUuid7 } from '@xueji/domain/kernel/ids'
import type { SeedClient } from './client.ts'
import type { OrgSeed } from './organizations.ts'

/** An account to be built. */
export type AccountWish = {
  readonly username: string
  readonly displayName: string
  readonly org: OrgSeed
  readonly roles: readonly Role[]
}

/** The stored form of a password (security: Accounts). */
export const passwordHash = (password: string): Promise<string> =>
  hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })

/** Accounts of one password, as sets. `mustChange` forces a change at first sign-in: true outside demo and tests. Ids sort in the order of the wishes. Returns ids by user name. */
export async function buildAccounts(
  client: SeedClient,
  wishes: readonly AccountWish[],
  storedPassword: string,
  options: { readonly isDemo: boolean; readonly mustChange: boolean },
): Promise<Map<string, string>> {
  const rows = wishes.map((wish, index) => ({
    id: formatUuid7(Date.now(), index, randomBytes(8)),
    username: wish.username,
    displayName: wish.displayName,
    orgId: wish.org.id,
    orgPath: wish.org.path,
    roles: wish.roles,
  }))
  await client.query(
    `insert into account (id, username, display_name, org_id, org_path, password_hash, password_changed_at, must_change, is_demo)
     select id, username, "displayName", "orgId", "orgPath", $2, now(), $3, $4
     from jsonb_to_recordset($1::jsonb) as a (id uuid, username text, "displayName" text, "orgId" uuid, "orgPath" text)`,
    [JSON.stringify(rows), storedPassword, options.mustChange, options.isDemo],
  )
  await client.query(
    `insert into role_grant (account_id, role) select a.id, role from jsonb_to_recordset($1::jsonb) as a (id uuid, roles text[]), unnest(a.roles) as role`,
    [JSON.stringify(rows)],
  )
  return new Map(rows.map((row) => [row.username, row.id]))
}
