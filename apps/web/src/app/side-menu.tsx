import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { Link } from 'react-router'
import type { Section } from '../shared/page-entry.ts'
import { useRemembered } from '../shared/remember.ts'
import type { MenuGroup } from './room-list.ts'

/** The left menu of a section: second and third level of menu.md, only what exists and only what these roles may open. */
export function SideMenu(props: { section: Section; groups: readonly MenuGroup[]; activePath: string | undefined }) {
  const { section, groups, activePath } = props
  const [folded, setFolded] = useRemembered<readonly string[]>('menu.folded', [])
  const toggle = (title: string): void =>
    setFolded(folded.includes(title) ? folded.filter((one) => one !== title) : [...folded, title])
  return (
    <nav className="xj-menu" aria-label={`${section}菜单`}>
      {groups.map((group) => {
        const open = !folded.includes(group.title)
        return (
          <section key={group.title}>
            {group.title ? (
              <button type="button" className="xj-menu-group" aria-expanded={open} onClick={() => toggle(group.title)}>
                {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
                {group.title}
              </button>
            ) : null}
            {open || !group.title ? (
              <ul className={group.title ? undefined : 'xj-menu-flat'}>
                {group.pages.map((page) => (
                  <li key={page.path}>
                    <Link
                      to={`/${page.path}`}
                      aria-current={page.path === activePath ? 'page' : undefined}
                      title={page.title}
                    >
                      {page.title}
                    </Link>
                  </li>
                ))}
              </ul>
            ) : null}
          </section>
        )
      })}
    </nav>
  )
}
