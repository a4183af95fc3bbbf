import { Button, Modal } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useNotice } from '../shared/notice.ts'
import { OwnPagesContext } from '../shared/own-pages.ts'
import type { Section } from '../shared/page-entry.ts'
import { useRemembered } from '../shared/remember.ts'
import { useSession } from '../shared/session.tsx'
import { TabsContext } from '../shared/tabs.tsx'
import { OfflineBanner } from './offline-banner.tsx'
import { PasswordForm } from './password-form.tsx'
import { findPage, menuOf, PAGES, sectionsFor } from './room-list.ts'
import { ShellHeader } from './shell-header.tsx'
import { SideMenu } from './side-menu.tsx'
import { TabBar } from './tab-bar.tsx'
import { aliveTabs, HOME, type TabItem } from './tab-list.ts'
import { TabPanel } from './tab-panel.tsx'
import { useTabList } from './use-tab-list.ts'

const SYSTEM = '全国中小学生学籍信息管理系统'

const titleOf = (tab: TabItem): string =>
  tab.title ?? (tab.pathname === HOME ? '首页' : (findPage(PAGES, tab.pathname)?.title ?? '没有此页面'))

/** The frame around every page: header, menu, tabs, content, footer (menu §0). */
export function Shell() {
  const { roles, trail, version, schoolYear, demo } = useSession()
  const notice = useNotice()
  const list = useTabList()
  const [menuShown, setMenuShown] = useRemembered('menu.shown', true)
  const [changingPassword, setChangingPassword] = useState(false)
  const page = findPage(PAGES, list.active)
  const sections = useMemo(() => sectionsFor(PAGES, roles), [roles])
  // A section chosen in the navigation holds until another page is opened.
  const [chosen, setChosen] = useState<{ section: Section; at: string }>()
  const natural = page && sections.includes(page.section) ? page.section : sections[0]
  const section = chosen?.at === list.active ? chosen.section : natural
  const alive = aliveTabs(list.tabs)
  const ownPages = useMemo(
    () => sections.flatMap((one) => menuOf(PAGES, one, roles).flatMap((group) => group.pages)),
    [sections, roles],
  )
  const choose = (next: Section): void => {
    setChosen({ section: next, at: list.active })
    setMenuShown(true)
  }
  const title = titleOf(list.tabs.find((tab) => tab.pathname === list.active)!)
  useEffect(() => {
    document.title = `${title} - ${SYSTEM}`
    return () => {
      document.title = SYSTEM
    }
  }, [title])
  const closePassword = (): void => setChangingPassword(false)

  return (
    <TabsContext value={list.api}>
      <div className="xj-shell">
        <a className="xj-skip" href="#xj-main">
          跳到页面内容
        </a>
        <ShellHeader
          sections={sections}
          section={section}
          onSection={choose}
          onHome={() => list.api.open('')}
          onPassword={() => setChangingPassword(true)}
        />
        <OfflineBanner />
        <div className="xj-middle">
          {menuShown && section ? (
            <SideMenu section={section} groups={menuOf(PAGES, section, roles)} activePath={page?.path} />
          ) : null}
          <div className="xj-work">
            <TabBar list={list} titleOf={titleOf} menuShown={menuShown} onMenu={() => setMenuShown(!menuShown)} />
            <main id="xj-main" tabIndex={-1}>
              <OwnPagesContext value={ownPages}>
                {list.tabs
                  .filter((tab) => alive.has(tab.pathname))
                  .map((tab) => (
                    <TabPanel
                      key={`${tab.pathname} ${tab.generation}`}
                      tab={tab}
                      active={tab.pathname === list.active}
                      onChange={(next) => list.change(tab.pathname, next)}
                    />
                  ))}
              </OwnPagesContext>
            </main>
          </div>
        </div>
        <footer className="xj-footer">
          <span>{trail.join(' / ')}</span>
          <span>
            {schoolYear}-{schoolYear + 1} 学年
          </span>
          {demo ? <span>演示环境，人员和数据均为虚构</span> : null}
          <span className="xj-number">版本 {version}</span>
        </footer>
      </div>
      <Modal
        open={changingPassword}
        title="修改密码"
        width={420}
        footer={null}
        destroyOnHidden
        mask={{ closable: false }}
        onCancel={closePassword}
      >
        <PasswordForm
          cancel={<Button onClick={closePassword}>关闭</Button>}
          onDone={() => {
            closePassword()
            notice.success('密码已修改，其他窗口的登录已失效')
          }}
        />
      </Modal>
    </TabsContext>
  )
}
