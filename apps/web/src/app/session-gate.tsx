import { useQueryClient } from '@tanstack/react-query'
import type { SessionInfo } from '@xueji/contracts/platform/auth.api'
import { Spin } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { ApiError, apiPeek, apiSend, setCsrfToken } from '../shared/api-client.ts'
import { dropDrafts } from '../shared/draft.ts'
import { ErrorView } from '../shared/error-view.tsx'
import { close as closeLive } from '../shared/live.ts'
import { SessionContext, type SessionState } from '../shared/session.tsx'
import { ForcedPasswordPage } from './forced-password-page.tsx'
import { tellOthers } from './session-channel.ts'
import { SessionGuard } from './session-guard.tsx'
import { Shell } from './shell.tsx'
import { SignInPage } from './sign-in-page.tsx'

type Standing =
  | { kind: 'asking' }
  | { kind: 'out' }
  | { kind: 'in'; info: SessionInfo }
  | { kind: 'failed'; error: unknown }

/** Who may see what of the application at all: sign-in page, forced change of password, or the shell. */
export function SessionGate() {
  const [standing, setStanding] = useState<Standing>({ kind: 'asking' })
  const client = useQueryClient()
  const navigate = useNavigate()

  const enter = (info: SessionInfo): void => {
    setCsrfToken(info.csrfToken)
    dropDrafts(info.accountId)
    setStanding({ kind: 'in', info })
  }
  const leave = (): void => {
    closeLive()
    dropDrafts()
    client.clear()
    setCsrfToken('')
    void navigate('/')
    setStanding({ kind: 'out' })
  }
  const ask = (): void => {
    apiPeek<SessionInfo>('/api/auth/session').then(enter, (error: unknown) =>
      setStanding(error instanceof ApiError && error.status === 401 ? { kind: 'out' } : { kind: 'failed', error }),
    )
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the application starts
  useEffect(ask, [])

  const info = standing.kind === 'in' ? standing.info : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: the doings read nothing that changes
  const state = useMemo<SessionState | undefined>(
    () =>
      info && {
        info,
        update: enter,
        signOut: async () => {
          await apiSend('POST', '/api/auth/logout').catch(() => {})
          tellOthers({ accountId: undefined })
          leave()
        },
      },
    [info],
  )
  if (standing.kind === 'asking')
    return <Spin fullscreen={false} className="xj-whole" aria-label="正在打开" delay={300} />
  if (standing.kind === 'failed')
    return (
      <div className="xj-whole">
        <ErrorView error={standing.error} onRetry={ask} />
      </div>
    )
  if (!state || !info)
    return (
      <SignInPage
        onSignedIn={(next) => {
          tellOthers({ accountId: next.accountId })
          enter(next)
        }}
      />
    )
  const mustChange = info.mustChangePassword || info.passwordDaysLeft <= 0
  return (
    <SessionContext value={state}>
      <SessionGuard info={info} onRenewed={enter} onGone={leave} />
      {mustChange ? <ForcedPasswordPage /> : <Shell key={info.accountId} />}
    </SessionContext>
  )
}
