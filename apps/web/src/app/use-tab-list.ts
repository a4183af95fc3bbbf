import { App } from 'antd'
import { useEffect, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { dropDraft } from '../shared/draft.ts'
import { useSession } from '../shared/session.tsx'
import type { Tabs } from '../shared/tabs.tsx'
import { useSteady } from '../shared/use-steady.ts'
import { isOpen, neighbourOf, type TabItem, tabsFromText, tabsToText, withOpen, withoutTabs } from './tab-list.ts'

/** Which tabs go: this one, all but this one, or those to its right. */
export type Closing = 'this' | 'others' | 'right'

const UNSAVED = {
  title: '有未保存的内容',
  content: '关闭后填写的内容将丢失，确定关闭吗？',
  okText: '关闭页面',
  cancelText: '返回填写',
}

/** The open tabs. The address bar says which one is active; a reload of the window brings them back. */
export function useTabList() {
  const { pathname, search } = useLocation()
  const navigate = useNavigate()
  const { modal } = App.useApp()
  const { accountId } = useSession()
  const storageKey = `xueji.tabs.${accountId}`
  const [stored, setTabs] = useState(() => tabsFromText(sessionStorage.getItem(storageKey)))
  // What the address names is open, from the very first picture on.
  const open = isOpen(stored, pathname, search)
  const tabs = open ? stored : withOpen(stored, pathname, search)
  if (!open) setTabs(tabs)

  const kept = tabsToText(tabs)
  useEffect(() => sessionStorage.setItem(storageKey, kept), [storageKey, kept])
  const unsaved = tabs.some((tab) => tab.unsaved)
  useEffect(() => {
    if (!unsaved) return
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [unsaved])

  const goTo = (tab: Pick<TabItem, 'pathname' | 'search'>): void => void navigate(tab.pathname + tab.search)
  const change = (target: string, next: Partial<TabItem>): void =>
    setTabs((before) => before.map((tab) => (tab.pathname === target ? { ...tab, ...next } : tab)))
  const close = async (target: string, closing: Closing = 'this', asking = true): Promise<void> => {
    const at = tabs.findIndex((tab) => tab.pathname === target)
    if (at < 0) return
    const left = withoutTabs(tabs, (_, index) =>
      closing === 'this' ? index === at : closing === 'others' ? index !== at : index > at,
    )
    const gone = tabs.filter((tab) => !left.includes(tab))
    if (asking && gone.some((tab) => tab.unsaved) && !(await modal.confirm(UNSAVED))) return
    for (const tab of gone) dropDraft(accountId, tab.pathname)
    setTabs((before) => withoutTabs(before, (tab) => gone.some((one) => one.pathname === tab.pathname)))
    // The address itself is asked: the page may have opened another tab a moment ago.
    if (gone.some((tab) => tab.pathname === window.location.pathname))
      goTo(closing === 'this' ? neighbourOf(tabs, target) : tabs[at]!)
  }

  const api = useSteady<Tabs>({
    open: (path) => void navigate(`/${path.replace(/^\//, '')}`),
    close: (path) => void close(`/${path.replace(/^\//, '').replace(/\?.*$/, '')}`, 'this', false),
  })
  return { tabs, active: pathname, api, goTo, close, change }
}

/** The open tabs and what can be done with them. */
export type TabList = ReturnType<typeof useTabList>
