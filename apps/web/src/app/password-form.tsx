import type { ChangePasswordRequest, SessionInfo } from '@xueji/contracts/platform/auth.api'
import { Alert, Button, Form, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { apiSend } from '../shared/api-client.ts'
import { errorText } from '../shared/notice.ts'
import { useSessionState } from '../shared/session.tsx'
import { passwordFaults } from './password-rules.ts'

type Fields = ChangePasswordRequest & { again: string }

/** Change of one's own password: old, new, new again; the rules are shown and ticked off while typing (SEC-004). */
export function PasswordForm({ onDone, cancel }: { onDone: () => void; cancel?: ReactNode }) {
  const { info, update } = useSessionState()
  const [form] = Form.useForm<Fields>()
  const [refusal, setRefusal] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const oldPassword = Form.useWatch('oldPassword', form) ?? ''
  const newPassword = Form.useWatch('newPassword', form) ?? ''
  const rules = passwordFaults(newPassword, oldPassword, info.username)

  const submit = async ({ oldPassword, newPassword }: Fields): Promise<void> => {
    setBusy(true)
    setRefusal(undefined)
    try {
      update(await apiSend<SessionInfo>('POST', '/api/auth/password', { oldPassword, newPassword }))
      onDone()
    } catch (error) {
      setRefusal(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)} disabled={busy}>
      {refusal ? (
        <Alert type="error" showIcon title={errorText(refusal)} role="alert" className="xj-form-alert" />
      ) : null}
      <input type="text" name="username" autoComplete="username" value={info.username} readOnly hidden />
      <Form.Item name="oldPassword" label="原密码" rules={[{ required: true, message: '请输入原密码' }]}>
        <Input.Password autoComplete="current-password" maxLength={128} autoFocus />
      </Form.Item>
      <Form.Item
        name="newPassword"
        label="新密码"
        dependencies={['oldPassword']}
        rules={[
          { required: true, message: '请输入新密码' },
          {
            validator: (_, value: string | undefined) => {
              const broken = passwordFaults(value ?? '', form.getFieldValue('oldPassword') ?? '', info.username).find(
                (rule) => !rule.met,
              )
              return !value || !broken ? Promise.resolve() : Promise.reject(new Error(`新密码${broken.text}`))
            },
          },
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={64} />
      </Form.Item>
      <ul className="xj-password-rules">
        {rules.map((rule) => (
          <li key={rule.text} className={newPassword && rule.met ? 'xj-tone-success' : undefined}>
            {newPassword && rule.met ? '✓' : '·'} {rule.text}
          </li>
        ))}
      </ul>
      <Form.Item
        name="again"
        label="再次输入新密码"
        dependencies={['newPassword']}
        rules={[
          { required: true, message: '请再次输入新密码' },
          {
            validator: (_, value) =>
              !value || value === form.getFieldValue('newPassword')
                ? Promise.resolve()
                : Promise.reject(new Error('两次输入的新密码不一致')),
          },
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={64} />
      </Form.Item>
      <div className="xj-form-actions">
        {cancel}
        <Button type="primary" htmlType="submit" loading={busy}>
          确定
        </Button>
      </div>
    </Form>
  )
}
