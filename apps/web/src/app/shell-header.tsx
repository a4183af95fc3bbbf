import { HomeOutlined, LockOutlined, LogoutOutlined } from '@ant-design/icons'
import { ROLES, type Role } from '@xueji/domain/access/roles'
import { Button, Tooltip } from 'antd'
import type { Section } from '../shared/page-entry.ts'
import { useSessionState } from '../shared/session.tsx'

// From here on the notice about the password stands out.
const SOON_DAYS = 14

/** System name, first-level navigation, who is signed in where, and what everybody may do (menu §0, SEC-004, SEC-005). */
export function ShellHeader(props: {
  sections: readonly Section[]
  section: Section | undefined
  onSection: (section: Section) => void
  onHome: () => void
  onPassword: () => void
}) {
  const { info, signOut } = useSessionState()
  const roleNames = info.roles.map((role) => ROLES[role as Role]?.name ?? role).join('、')
  const days = info.passwordDaysLeft
  return (
    <header className="xj-header">
      <strong className="xj-brand">全国中小学生学籍信息管理系统</strong>
      <nav aria-label="一级导航">
        {props.sections.map((section) => (
          <button
            type="button"
            key={section}
            aria-current={section === props.section ? 'true' : undefined}
            onClick={() => props.onSection(section)}
          >
            {section}
          </button>
        ))}
      </nav>
      <div className="xj-who">
        <Tooltip title={info.trail.join(' / ') || info.organization.name} placement="bottom">
          <span className="xj-who-org">{info.organization.name}</span>
        </Tooltip>
        <span className="xj-who-name">
          {info.displayName}
          <small>{roleNames}</small>
        </span>
      </div>
      <span className={days <= SOON_DAYS ? 'xj-expiry xj-expiry-soon' : 'xj-expiry'}>您的密码将在{days}天后过期</span>
      <div className="xj-header-actions">
        <Button type="text" icon={<HomeOutlined aria-hidden />} onClick={props.onHome}>
          首页
        </Button>
        <Button type="text" icon={<LockOutlined aria-hidden />} onClick={props.onPassword}>
          修改密码
        </Button>
        <Button type="text" icon={<LogoutOutlined aria-hidden />} onClick={() => void signOut()}>
          注销
        </Button>
      </div>
    </header>
  )
}
