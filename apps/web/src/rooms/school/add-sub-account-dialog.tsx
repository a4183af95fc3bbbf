import { NewSubAccount, type SubAccountPassword } from '@xueji/contracts/platform/sub-account.api'
import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useNotice } from '../../shared/notice.ts'
import { useSession } from '../../shared/session.tsx'
import { addSubAccount } from './sub-accounts.queries.ts'

/** A new account: whose it is, and its user name behind the school's code. */
export function AddSubAccountDialog(props: {
  open: boolean
  onAdded: (made: SubAccountPassword) => void
  onClose: () => void
}) {
  const { organization } = useSession()
  const [form] = Form.useForm<NewSubAccount>()
  const [busy, setBusy] = useState(false)
  const notice = useNotice()
  const add = async (wish: NewSubAccount): Promise<void> => {
    setBusy(true)
    try {
      const made = await addSubAccount(wish)
      form.resetFields()
      props.onAdded(made)
    } catch (error) {
      notice.error(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open={props.open}
      title="增加新生注册账号"
      okText="确定"
      cancelText="关闭"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={props.onClose}
    >
      <Form form={form} layout="vertical" onFinish={add} autoComplete="off">
        <Form.Item name="displayName" label="使用人姓名" rules={[ruleOf('displayName')]} required>
          <Input maxLength={20} placeholder="一人一个账号，办理的每一步都署此姓名" />
        </Form.Item>
        <Form.Item name="username" label="用户名" rules={[ruleOf('username')]} required>
          <Input maxLength={20} prefix={<span className="xj-muted">{organization.code}.</span>} autoComplete="off" />
        </Form.Item>
      </Form>
      <p className="xj-muted">只能办理学籍注册的录入、导入、补录和退回修改，不能审核、上报、导出。</p>
    </Modal>
  )
}

// The server's own schema judges the field, in its words.
const ruleOf = (field: 'displayName' | 'username') => ({
  validator: async (_: unknown, value: string | undefined): Promise<void> => {
    const parsed = NewSubAccount.shape[field].safeParse(value ?? '')
    if (!parsed.success) throw new Error(parsed.error.issues[0]?.message ?? '填写不正确')
  },
})
