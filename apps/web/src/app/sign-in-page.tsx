import { useQuery } from '@tanstack/react-query'
import type { SessionInfo, SignInPage as SignInAnswer } from '@xueji/contracts/platform/auth.api'
import { apiPeek } from '../shared/api-client.ts'
import { DemoAccounts } from './demo-accounts.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** The page before signing in; in demo mode with the accounts one may use. */
export function SignInPage({ onSignedIn }: { onSignedIn: (info: SessionInfo) => void }) {
  const page = useQuery({ queryKey: ['sign-in'], queryFn: () => apiPeek<SignInAnswer>('/api/auth/sign-in') })
  const { demo, accounts = [], demoPassword = '', version } = page.data ?? {}
  return (
    <div className="xj-sign-in">
      <main className={demo ? 'xj-sign-in-wide' : undefined}>
        <section className="xj-sign-in-card">
          <h1>全国中小学生学籍信息管理系统</h1>
          <SignInForm onSignedIn={onSignedIn} />
          <p className="xj-muted">
            连续 5 次密码错误将锁定 30 分钟；30 分钟无操作须重新登录。忘记密码请联系本单位系统管理员。
          </p>
        </section>
        {demo ? <DemoAccounts accounts={accounts} password={demoPassword} onSignedIn={onSignedIn} /> : null}
      </main>
      <footer>
        {version ? `版本 ${version}` : ''}
        {demo ? ' · 演示环境，人员和数据均为虚构' : ''}
      </footer>
    </div>
  )
}
