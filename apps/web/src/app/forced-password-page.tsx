import { Button } from 'antd'
import { useNotice } from '../shared/notice.ts'
import { useSessionState } from '../shared/session.tsx'
import { PasswordForm } from './password-form.tsx'

/** An initial or expired password has to be changed before anything else (SEC-004). */
export function ForcedPasswordPage() {
  const { info, signOut } = useSessionState()
  const notice = useNotice()
  return (
    <div className="xj-sign-in">
      <main>
        <section className="xj-sign-in-card">
          <h1>修改密码</h1>
          <p>
            {info.displayName}，
            {info.mustChangePassword ? '首次登录须先修改初始密码。' : '您的密码已过期，请修改后继续使用。'}
          </p>
          <PasswordForm
            onDone={() => notice.success('密码已修改')}
            cancel={<Button onClick={() => void signOut()}>注销</Button>}
          />
        </section>
      </main>
      <footer>版本 {info.version}</footer>
    </div>
  )
}
