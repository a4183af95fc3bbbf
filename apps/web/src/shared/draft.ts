const PREFIX = 'xueji.draft.'
/** A day's work; what is older was forgotten on a shared computer. */
const MOST_MILLIS = 12 * 3600_000

type Kept = { readonly at: number; readonly values: Readonly<Record<string, string>> }

/**
 * What is being written in a form, kept so that a reload does not lose it. It is about a child, so it stays in this window's own storage (which goes with
 * the window and is in no other one), for one account, for one page, for a day's work; it goes when the form is sent, its page is closed, or somebody
 * signs out or another one signs in.
 */
export function keepDraft(
  accountId: string,
  path: string,
  values: Readonly<Record<string, string>>,
  now: number,
): void {
  try {
    sessionStorage.setItem(nameOf(accountId, path), JSON.stringify({ at: now, values } satisfies Kept))
  } catch {
    // Storage full or forbidden: a reload asks first, as it does for everything unsaved.
  }
}

/** The values kept for a page; undefined when there are none, or none that could be read. */
export function readDraft(accountId: string, path: string, now: number): Readonly<Record<string, string>> | undefined {
  const name = nameOf(accountId, path)
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? 'null') as Partial<Kept> | null
    if (!kept || typeof kept.at !== 'number' || typeof kept.values !== 'object' || kept.values === null)
      return undefined
    if (now - kept.at <= MOST_MILLIS) return kept.values
  } catch {
    // Unreadable is none.
  }
  sessionStorage.removeItem(name)
  return undefined
}

/** Forgets the draft of a page. */
export const dropDraft = (accountId: string, path: string): void => sessionStorage.removeItem(nameOf(accountId, path))

/** Forgets every draft, but those of the account that is signed in. */
export function dropDrafts(except?: string): void {
  for (const name of Object.keys(sessionStorage))
    if (name.startsWith(PREFIX) && !(except && name.startsWith(`${PREFIX}${except}.`))) sessionStorage.removeItem(name)
}

const nameOf = (accountId: string, path: string): string => `${PREFIX}${accountId}.${path}`
