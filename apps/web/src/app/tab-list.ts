/** An open page: its pathname identifies it, its search may change while it is open. */
export type TabItem = {
  readonly pathname: string
  readonly search: string
  /** A name given by the page itself. */
  readonly title?: string | undefined
  readonly unsaved?: boolean
  /** Raised to build the page anew. */
  readonly generation: number
  /** Order of last use, for the choice of what stays mounted. */
  readonly usedAt: number
}

/** The tab that is always there and cannot be closed. */
export const HOME = '/'

/** At most this many pages stay alive; the one used longest ago goes first and is built anew when it is opened again. */
export const MAX_ALIVE = 12

/** The tabs at the start. */
export const homeTab = (): TabItem[] => [{ pathname: HOME, search: '', generation: 0, usedAt: 0 }]

/** The tabs with this location open and used last. */
export function withOpen(tabs: readonly TabItem[], pathname: string, search: string): TabItem[] {
  const usedAt = Math.max(...tabs.map((tab) => tab.usedAt)) + 1
  if (tabs.some((tab) => tab.pathname === pathname))
    return tabs.map((tab) => (tab.pathname === pathname ? { ...tab, search, usedAt } : tab))
  return [...tabs, { pathname, search, generation: 0, usedAt }]
}

/** True when the location is open as it is and was used last: nothing to change. */
export function isOpen(tabs: readonly TabItem[], pathname: string, search: string): boolean {
  const tab = tabs.find((one) => one.pathname === pathname)
  return tab !== undefined && tab.usedAt > 0 && tab.search === search && tabs.every((one) => one.usedAt <= tab.usedAt)
}

/** The tabs without those that match; home stays. */
export const withoutTabs = (tabs: readonly TabItem[], goes: (tab: TabItem, index: number) => boolean): TabItem[] =>
  tabs.filter((tab, index) => tab.pathname === HOME || !goes(tab, index))

/** Where to go when the active tab closes: to its right neighbour, else to its left. */
export function neighbourOf(tabs: readonly TabItem[], pathname: string): TabItem {
  const index = tabs.findIndex((tab) => tab.pathname === pathname)
  return tabs[index + 1] ?? tabs[index - 1] ?? tabs[0]!
}

/** Pathnames of the tabs that stay alive. */
export function aliveTabs(tabs: readonly TabItem[], max = MAX_ALIVE): ReadonlySet<string> {
  const latest = [...tabs].sort((a, b) => b.usedAt - a.usedAt).slice(0, max)
  return new Set(latest.filter((tab) => tab.usedAt > 0).map((tab) => tab.pathname))
}

/** Tabs kept for a reload of the window, as text; pages are built when they are first looked at. */
export const tabsToText = (tabs: readonly TabItem[]): string =>
  JSON.stringify(tabs.map(({ pathname, search, title }) => ({ pathname, search, title })))

/** Reads kept tabs; anything unreadable is no tabs. */
export function tabsFromText(text: string | null): TabItem[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    if (!Array.isArray(kept)) return homeTab()
    const tabs = kept.filter((tab) => typeof tab?.pathname === 'string' && typeof tab?.search === 'string')
    const others = tabs.filter((tab) => tab.pathname !== HOME)
    return [...homeTab(), ...others.map((tab) => ({ ...tab, generation: 0, usedAt: 0 }))]
  } catch {
    return homeTab()
  }
}
