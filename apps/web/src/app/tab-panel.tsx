import { Spin } from 'antd'
import { Activity, type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { Route, Routes } from 'react-router'
import type { PageEntry } from '../shared/page-entry.ts'
import { useSession } from '../shared/session.tsx'
import { type OwnTab, OwnTabContext } from '../shared/tabs.tsx'
import { useSteady } from '../shared/use-steady.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { ForbiddenPage, MissingPage } from './missing-page.tsx'
import { findPage, mayOpen, PAGES } from './room-list.ts'
import { HOME, type TabItem } from './tab-list.ts'

const loadLazily = (load: PageEntry['lazy']): ComponentType => lazy(async () => ({ default: (await load()).Component }))

const HomePage = loadLazily(async () => ({ Component: (await import('../rooms/home/home.page.tsx')).HomePage }))
const COMPONENTS = new Map(PAGES.map((page) => [page, loadLazily(page.lazy)]))

/** The content of one tab. In the background it keeps its state but neither polls nor listens. */
export function TabPanel(props: { tab: TabItem; active: boolean; onChange: (next: Partial<TabItem>) => void }) {
  const { tab, active, onChange } = props
  const ownTab = useSteady<OwnTab>({
    rename: (title) => onChange({ title }),
    setUnsaved: (unsaved) => onChange({ unsaved }),
  })
  return (
    <Activity mode={active ? 'visible' : 'hidden'}>
      <div className="xj-panel">
        <OwnTabContext value={ownTab}>
          <ErrorBoundary key={tab.generation}>
            <Suspense fallback={<Spin className="xj-whole" delay={200} />}>
              <TabContent tab={tab} />
            </Suspense>
          </ErrorBoundary>
        </OwnTabContext>
      </div>
    </Activity>
  )
}

function TabContent({ tab }: { tab: TabItem }): ReactNode {
  const { roles } = useSession()
  if (tab.pathname === HOME) return <HomePage />
  const page = findPage(PAGES, tab.pathname)
  if (!page) return <MissingPage />
  if (!mayOpen(page, roles)) return <ForbiddenPage title={page.title} />
  const Page = COMPONENTS.get(page)!
  // Each tab sees its own address, not that of the window.
  return (
    <Routes location={tab.pathname + tab.search}>
      <Route path={page.path} element={<Page />} />
    </Routes>
  )
}
