import { CloseOutlined, HomeOutlined, MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tooltip } from 'antd'
import { useEffect, useRef } from 'react'
import { HOME, type TabItem } from './tab-list.ts'
import type { Closing, TabList } from './use-tab-list.ts'

const CLOSINGS: readonly { key: Closing; label: string }[] = [
  { key: 'this', label: '关闭' },
  { key: 'others', label: '关闭其他' },
  { key: 'right', label: '关闭右侧' },
]

/** The open pages. × or the middle button closes one, the right button offers more. */
export function TabBar(props: {
  list: TabList
  titleOf: (tab: TabItem) => string
  menuShown: boolean
  onMenu: () => void
}) {
  const { list, titleOf, menuShown, onMenu } = props
  const bar = useRef<HTMLUListElement>(null)
  const { active } = list
  // biome-ignore lint/correctness/useExhaustiveDependencies: the bar moves when another tab becomes active
  useEffect(() => {
    bar.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [active])
  return (
    <nav className="xj-tabs" aria-label="已打开的页面">
      <Tooltip title={menuShown ? '收起菜单' : '展开菜单'} placement="bottomLeft">
        <Button
          type="text"
          icon={menuShown ? <MenuFoldOutlined aria-hidden /> : <MenuUnfoldOutlined aria-hidden />}
          aria-label={menuShown ? '收起菜单' : '展开菜单'}
          aria-expanded={menuShown}
          onClick={onMenu}
        />
      </Tooltip>
      <ul ref={bar}>
        {list.tabs.map((tab) => (
          <Tab key={tab.pathname} tab={tab} title={titleOf(tab)} active={tab.pathname === active} list={list} />
        ))}
      </ul>
    </nav>
  )
}

function Tab({ tab, title, active, list }: { tab: TabItem; title: string; active: boolean; list: TabList }) {
  const isHome = tab.pathname === HOME
  const items = [
    { key: 'again', label: '重新打开' },
    ...CLOSINGS.map((closing) => ({ ...closing, disabled: isHome && closing.key === 'this' })),
  ]
  const onMenu = (key: string): void => {
    if (key === 'again') list.change(tab.pathname, { generation: tab.generation + 1, unsaved: false })
    else void list.close(tab.pathname, key as Closing)
  }
  return (
    <Dropdown trigger={['contextMenu']} menu={{ items, onClick: ({ key }) => onMenu(key) }}>
      <li className={active ? 'xj-tab-active' : undefined}>
        <button
          type="button"
          className="xj-tab"
          aria-current={active ? 'page' : undefined}
          title={title}
          onClick={() => list.goTo(tab)}
          onAuxClick={(event) => event.button === 1 && !isHome && void list.close(tab.pathname)}
        >
          {isHome ? <HomeOutlined aria-hidden /> : null}
          <span>{title}</span>
          {tab.unsaved ? <i title="有未保存的内容">●</i> : null}
        </button>
        {isHome ? null : (
          <button
            type="button"
            className="xj-tab-close"
            aria-label={`关闭${title}`}
            onClick={() => void list.close(tab.pathname)}
          >
            <CloseOutlined aria-hidden />
          </button>
        )}
      </li>
    </Dropdown>
  )
}
