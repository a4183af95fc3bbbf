import { FileSearchOutlined, LockOutlined } from '@ant-design/icons'
import type { Role } from '@xueji/domain/access/roles'
import { ROLES } from '@xueji/domain/access/roles'
import { Button } from 'antd'
import { useSession } from '../shared/session.tsx'
import { useTabs, useTabTitle } from '../shared/tabs.tsx'

/** An address that leads nowhere. */
export function MissingPage() {
  useTabTitle('没有此页面')
  const { open } = useTabs()
  return (
    <div className="xj-state">
      <span className="xj-state-icon">
        <FileSearchOutlined aria-hidden />
      </span>
      <strong>没有此页面</strong>
      <p>地址可能有误，或该功能已调整。请从左侧菜单进入。</p>
      <Button type="primary" onClick={() => open('')}>
        回首页
      </Button>
    </div>
  )
}

/** A page that exists but not for these roles. */
export function ForbiddenPage({ title }: { title: string }) {
  const { roles, displayName } = useSession()
  const { open } = useTabs()
  const names = roles.map((role) => ROLES[role as Role]?.name ?? role).join('、')
  return (
    <div className="xj-state">
      <span className="xj-state-icon">
        <LockOutlined aria-hidden />
      </span>
      <strong>没有权限打开“{title}”</strong>
      <p>
        当前账号：{displayName}（{names}）。如需办理，请用有权限的账号登录，或联系本单位系统管理员。
      </p>
      <Button type="primary" onClick={() => open('')}>
        回首页
      </Button>
    </div>
  )
}
