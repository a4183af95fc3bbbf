import { createContext, useContext, useEffect } from 'react'

/** Opening and closing of page tabs. Paths are written without the leading slash: `registration/import/<id>?from=home`. */
export type Tabs = {
  readonly open: (path: string) => void
  readonly close: (path: string) => void
}

/** What a page may tell the tab it lives in. */
export type OwnTab = {
  readonly rename: (title: string | undefined) => void
  readonly setUnsaved: (unsaved: boolean) => void
}

/** Filled by the shell. */
export const TabsContext = createContext<Tabs>({ open: () => {}, close: () => {} })
export const OwnTabContext = createContext<OwnTab>({ rename: () => {}, setUnsaved: () => {} })

/** The open page tabs. A page stays alive in its tab until the tab is closed. */
export const useTabs = (): Tabs => useContext(TabsContext)

/** Names the tab of this page, e.g. after the file or student it shows; undefined leaves the page's own title. */
export function useTabTitle(title: string | undefined): void {
  const tab = useContext(OwnTabContext)
  // Nothing is taken back on the way out: a tab in the background keeps its name.
  useEffect(() => tab.rename(title), [tab, title])
}

/** Says that this page holds input not yet sent: closing its tab or the window asks first. */
export function useUnsaved(unsaved: boolean): void {
  const tab = useContext(OwnTabContext)
  useEffect(() => tab.setUnsaved(unsaved), [tab, unsaved])
}
