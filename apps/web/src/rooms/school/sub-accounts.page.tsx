import { PlusOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import type { SubAccount, SubAccountPassword } from '@xueji/contracts/platform/sub-account.api'
import { App, Button, Modal, Typography } from 'antd'
import { useState } from 'react'
import { ListExport } from '../../shared/export/list-export.tsx'
import { ListPage } from '../../shared/list-page.tsx'
import { useNotice } from '../../shared/notice.ts'
import { PageFrame } from '../../shared/page-frame.tsx'
import { pageOfAll } from '../../shared/page-of-all.ts'
import { AddSubAccountDialog } from './add-sub-account-dialog.tsx'
import { schoolExport } from './structure.queries.ts'
import { subAccountColumns } from './sub-accounts.columns.tsx'
import { loadSubAccounts, putStatus, resetPassword, SUB_ACCOUNTS } from './sub-accounts.queries.ts'

const EXPORT = schoolExport('subAccounts')

/** 新生注册账号 (REG-035): the registrar's helpers, each with an account in his own name. */
export function SubAccountsPage() {
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<SubAccountPassword>()
  const { modal } = App.useApp()
  const notice = useNotice()
  const client = useQueryClient()

  const carryOut = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      notice.error(error)
    }
    await client.invalidateQueries({ queryKey: SUB_ACCOUNTS })
  }
  const askReset = (account: SubAccount): void =>
    void modal.confirm({
      title: `确定要重置${account.displayName}的密码吗？`,
      content: '原密码立即失效，正在使用的登录会被退出。',
      okText: '是',
      cancelText: '否',
      onOk: () => carryOut(async () => setMade(await resetPassword(account.id))),
    })
  const askStatus = (account: SubAccount): void => {
    const stops = account.status === 'active'
    void modal.confirm({
      title: `确定要${stops ? '停用' : '启用'}${account.displayName}的账号吗？`,
      content: stops ? '停用后立即退出登录；已经办理的业务仍署其姓名。' : '启用后可用原密码登录。',
      okText: '是',
      cancelText: '否',
      onOk: () =>
        carryOut(async () => {
          await putStatus(account.id, stops ? 'disabled' : 'active')
          notice.success(`已${stops ? '停用' : '启用'}`)
        }),
    })
  }
  const columns = subAccountColumns((account) => (
    <>
      <Button type="link" size="small" onClick={() => askReset(account)}>
        重置密码
      </Button>
      <Button type="link" size="small" danger={account.status === 'active'} onClick={() => askStatus(account)}>
        {account.status === 'active' ? '停用' : '启用'}
      </Button>
    </>
  ))
  return (
    <PageFrame title="新生注册账号">
      <ListPage<SubAccount, object>
        queryKey={SUB_ACCOUNTS}
        settingsKey="school.subAccounts"
        load={async (args) => pageOfAll(await loadSubAccounts(), args)}
        columns={columns}
        rowKey={(row) => row.id}
        toolbar={
          <>
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
              增加
            </Button>
            <ListExport source={EXPORT} />
          </>
        }
        emptyText="还没有新生注册账号，点“增加”为协助录入的老师各建一个"
      />
      <AddSubAccountDialog
        open={adding}
        onAdded={(account) => {
          setAdding(false)
          setMade(account)
          void client.invalidateQueries({ queryKey: SUB_ACCOUNTS })
        }}
        onClose={() => setAdding(false)}
      />
      <Modal
        open={made !== undefined}
        title="初始密码"
        mask={{ closable: false }}
        onCancel={() => setMade(undefined)}
        footer={
          <Button type="primary" onClick={() => setMade(undefined)}>
            已记下
          </Button>
        }
      >
        <p>请当面交给{made?.account.displayName}，首次登录须自行修改。关闭后不再显示，遗忘时可重置。</p>
        <p>
          用户名：<Typography.Text copyable>{made?.account.username ?? ''}</Typography.Text>
        </p>
        <p>
          密　码：
          <Typography.Text copyable code>
            {made?.password ?? ''}
          </Typography.Text>
        </p>
      </Modal>
    </PageFrame>
  )
}
