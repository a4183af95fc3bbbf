import { SearchOutlined } from '@ant-design/icons'
import type { SessionInfo } from '@xueji/contracts/platform/auth.api'
import { Input, Typography } from 'antd'
import { useState } from 'react'
import { useNotice } from '../shared/notice.ts'
import { type DemoAccount, groupAccounts } from './account-groups.ts'
import { signIn } from './sign-in-form.tsx'

/** The demo accounts by organisation; a click signs in. Only ever shown in demo mode. */
export function DemoAccounts(props: {
  accounts: readonly DemoAccount[]
  password: string
  onSignedIn: (info: SessionInfo) => void
}) {
  const [search, setSearch] = useState('')
  const [busy, setBusy] = useState<string>()
  const notice = useNotice()
  const groups = groupAccounts(props.accounts, search)
  const enter = (username: string): void => {
    setBusy(username)
    signIn({ username, password: props.password })
      .then(props.onSignedIn, notice.error)
      .finally(() => setBusy(undefined))
  }
  return (
    <section className="xj-demo" aria-label="演示账号">
      <header>
        <h2>演示账号</h2>
        <span className="xj-muted">
          点一行即登录；密码均为{' '}
          <Typography.Text code copyable={{ tooltips: ['复制', '已复制'] }}>
            {props.password}
          </Typography.Text>
        </span>
        <Input
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          placeholder="单位、角色、用户名"
          aria-label="查找演示账号"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </header>
      <div className="xj-demo-list">
        {groups.map((group) => (
          <section key={group.orgName}>
            <h3>{group.orgName}</h3>
            {group.accounts.map((account) => (
              <button
                type="button"
                key={account.username}
                disabled={busy !== undefined}
                aria-busy={busy === account.username}
                onClick={() => enter(account.username)}
              >
                <span>{account.roleNames.join('、')}</span>
                <span>{account.displayName}</span>
                <code>{account.username}</code>
              </button>
            ))}
          </section>
        ))}
        {groups.length === 0 ? <p className="xj-muted">没有符合的演示账号</p> : null}
      </div>
    </section>
  )
}
