import { LockOutlined, UserOutlined } from '@ant-design/icons'
import type { LoginRequest, SessionInfo } from '@xueji/contracts/platform/auth.api'
import { Alert, Button, Form, Input, type InputRef } from 'antd'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { apiSend } from '../shared/api-client.ts'
import { errorText } from '../shared/notice.ts'

/** Signs in; throws what the server refuses. */
export const signIn = (request: LoginRequest): Promise<SessionInfo> => apiSend('POST', '/api/auth/login', request)

/** User name and password, with the server's refusal in words and a hint when the caps lock is on. `username` fixes the account. */
export function SignInForm(props: { username?: string; onSignedIn: (info: SessionInfo) => void; extra?: ReactNode }) {
  const [form] = Form.useForm<LoginRequest>()
  const [refusal, setRefusal] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [capsLock, setCapsLock] = useState(false)
  const password = useRef<InputRef>(null)
  const watchCapsLock = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'))

  const submit = async (request: LoginRequest): Promise<void> => {
    setBusy(true)
    setRefusal(undefined)
    try {
      props.onSignedIn(await signIn({ ...request, ...(props.username ? { username: props.username } : {}) }))
    } catch (error) {
      setRefusal(error)
      form.resetFields(['password'])
      // The field takes the focus only once it is enabled again.
      setTimeout(() => password.current?.focus(), 50)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ username: props.username }}
      onFinish={(request) => void submit(request)}
      disabled={busy}
      className="xj-sign-in-form"
    >
      {refusal ? <Alert type="error" showIcon title={errorText(refusal)} role="alert" /> : null}
      <Form.Item name="username" label="用户名" rules={[{ required: true, whitespace: true, message: '请输入用户名' }]}>
        <Input
          prefix={<UserOutlined aria-hidden />}
          autoComplete="username"
          maxLength={64}
          autoFocus={!props.username}
          disabled={!!props.username}
        />
      </Form.Item>
      <Form.Item
        name="password"
        label="密码"
        rules={[{ required: true, message: '请输入密码' }]}
        extra={capsLock ? <span className="xj-tone-warning">大写锁定已打开</span> : undefined}
      >
        <Input.Password
          ref={password}
          prefix={<LockOutlined aria-hidden />}
          autoComplete="current-password"
          maxLength={128}
          autoFocus={!!props.username}
          onKeyUp={watchCapsLock}
          onKeyDown={watchCapsLock}
        />
      </Form.Item>
      <div className="xj-sign-in-actions">
        <Button type="primary" htmlType="submit" loading={busy} block>
          登录
        </Button>
        {props.extra}
      </div>
    </Form>
  )
}
