import type { SubAccount } from '@xueji/contracts/platform/sub-account.api'
import type { ListColumn } from '../../shared/list-page.tsx'
import { formatInstant } from '../../shared/time.ts'

/** The columns of 新生注册账号; what may be done with an account comes last. */
export const subAccountColumns = (
  actions: (account: SubAccount) => React.ReactNode,
): readonly ListColumn<SubAccount>[] => [
  { key: 'name', title: '使用人', width: 120, fixed: 'left', render: (row) => row.displayName },
  { key: 'username', title: '用户名', width: 220, render: (row) => <span className="xj-number">{row.username}</span> },
  {
    key: 'status',
    title: '状态',
    width: 90,
    render: (row) => (
      <span className={row.status === 'active' ? 'xj-tone-success' : 'xj-muted'}>
        {row.status === 'active' ? '启用' : '已停用'}
      </span>
    ),
  },
  {
    key: 'password',
    title: '密码',
    width: 150,
    render: (row) => (row.mustChange ? <span className="xj-tone-warning">待首次登录修改</span> : '已自行设置'),
  },
  {
    key: 'online',
    title: '在线',
    width: 80,
    render: (row) => (row.online > 0 ? '在线' : <span className="xj-muted">—</span>),
  },
  {
    key: 'created',
    title: '建立时间',
    width: 160,
    render: (row) => <span className="xj-number">{formatInstant(row.createdAt)}</span>,
  },
  { key: 'actions', title: '操作', width: 170, fixed: 'right', render: actions },
]
