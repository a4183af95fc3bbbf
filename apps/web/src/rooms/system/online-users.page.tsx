import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { ListExport } from '../../shared/export/list-export.tsx'
import { ListPage } from '../../shared/list-page.tsx'
import { useNotice } from '../../shared/notice.ts'
import { PageFrame } from '../../shared/page-frame.tsx'
import { useSession } from '../../shared/session.tsx'
import { ONLINE_USER_COLUMNS } from './online-users.columns.tsx'
import { forceOut, loadOnlineUsers, ONLINE_USERS, type OnlineUser } from './system.queries.ts'

type Filter = { search?: string }

const EXPORT = { room: '/api/rooms/system', list: 'sessions', askers: ['systemAdministrator'] } as const

/** 在线用户 (SEC-002, SEC-003): who works within one's range; 删除 ends the chosen sessions, 删除所有 all but one's own. */
export function OnlineUsersPage() {
  const { organization, accountId } = useSession()
  const [selected, setSelected] = useState<ReadonlyMap<string, OnlineUser>>(new Map())
  const [filter, setFilter] = useState<Filter>({})
  const { modal } = App.useApp()
  const notice = useNotice()
  const client = useQueryClient()

  const ask = (title: string, keys: readonly string[] | 'all'): void => {
    void modal.confirm({
      title,
      content: '被下线的用户须重新登录才能继续，其页面上尚未保存的内容不会丢失。',
      okText: '是',
      cancelText: '否',
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          const { ended } = await forceOut(keys)
          setSelected(new Map())
          notice.success(`已下线 ${ended} 个登录`)
        } catch (error) {
          notice.error(error)
        }
        await client.invalidateQueries({ queryKey: ONLINE_USERS })
      },
    })
  }
  const toolbar = (
    <>
      <Button
        disabled={selected.size === 0}
        onClick={() => ask(`确定要强制下线选中的 ${selected.size} 个用户吗？`, [...selected.keys()])}
      >
        删除
      </Button>
      <Button danger onClick={() => ask(`确定要强制下线${organization.name}范围内的全部用户吗？（不含您自己）`, 'all')}>
        删除所有
      </Button>
      <ListExport source={EXPORT} conditions={{ own: { ...filter } }} />
    </>
  )
  return (
    <PageFrame title="在线用户">
      <ListPage<OnlineUser, Filter>
        queryKey={ONLINE_USERS}
        settingsKey="system.onlineUsers"
        load={loadOnlineUsers}
        columns={ONLINE_USER_COLUMNS}
        rowKey={(row) => row.sessionKey}
        toolbar={toolbar}
        onFilterChange={setFilter}
        conditions={
          <Form.Item name="search" label="用户">
            <Input allowClear maxLength={40} placeholder="用户名、姓名或单位" />
          </Form.Item>
        }
        selection={{
          mode: 'many',
          selected,
          onChange: setSelected,
          disabledRow: (row) => (row.accountId === accountId ? '不能下线自己的账号' : undefined),
        }}
      />
    </PageFrame>
  )
}
