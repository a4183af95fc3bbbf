import { ORG_LEVEL_WORDS } from '@xueji/contracts/platform/organization.api'
import { Tag } from 'antd'
import type { ListColumn } from '../../shared/list-page.tsx'
import { formatAge, formatInstant } from '../../shared/time.ts'
import type { OnlineUser } from './system.queries.ts'

/** Columns of 在线用户 (menu §9). */
export const ONLINE_USER_COLUMNS: readonly ListColumn<OnlineUser>[] = [
  {
    key: 'username',
    title: '用户名',
    width: 190,
    fixed: 'left',
    render: (row) => (
      <>
        {row.username} {row.isSelf ? <Tag>本人</Tag> : null}
      </>
    ),
  },
  { key: 'displayName', title: '姓名', width: 100, render: (row) => row.displayName },
  { key: 'orgName', title: '单位', width: 220, render: (row) => row.orgName },
  { key: 'orgLevel', title: '单位级别', width: 90, render: (row) => ORG_LEVEL_WORDS[row.orgLevel] ?? row.orgLevel },
  { key: 'ip', title: 'IP', width: 130, render: (row) => <span className="xj-number">{row.ip}</span> },
  {
    key: 'signedInAt',
    title: '登录时间',
    width: 110,
    render: (row) => <span className="xj-number">{formatInstant(row.signedInAt)}</span>,
  },
  {
    key: 'lastSeenAt',
    title: '最后操作',
    width: 170,
    render: (row) => (
      <span className="xj-number">
        {formatInstant(row.lastSeenAt)} <span className="xj-muted">{ago(row.lastSeenAt)}</span>
      </span>
    ),
  },
]

const ago = (iso: string): string => {
  const age = formatAge(iso)
  return age === '刚刚' ? age : `${age}前`
}
