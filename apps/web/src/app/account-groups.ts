import type { SignInPage } from '@xueji/contracts/platform/auth.api'
import { ALL_ROLES, ROLES } from '@xueji/domain/access/roles'

/** An account as the sign-in page lists it. */
export type DemoAccount = SignInPage['accounts'][number]

/** Demo accounts of one organisation. */
export type AccountGroup = { readonly orgName: string; readonly accounts: readonly DemoAccount[] }

/** Accounts that match every word of the search, by organisation in the order given; who does the daily work comes first. */
export function groupAccounts(accounts: readonly DemoAccount[], search: string): AccountGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const groups = new Map<string, DemoAccount[]>()
  for (const account of accounts) {
    const text = [account.orgName, account.username, account.displayName, ...account.roleNames].join(' ').toLowerCase()
    if (!words.every((word) => text.includes(word))) continue
    groups.set(account.orgName, [...(groups.get(account.orgName) ?? []), account])
  }
  return [...groups].map(([orgName, members]) => ({ orgName, accounts: members.sort((a, b) => rank(a) - rank(b)) }))
}

const rank = (account: DemoAccount): number =>
  ALL_ROLES.findIndex((role) => account.roleNames.includes(ROLES[role].name))
