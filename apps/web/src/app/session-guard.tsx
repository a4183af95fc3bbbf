import { useQueryClient } from '@tanstack/react-query'
import type { SessionInfo } from '@xueji/contracts/platform/auth.api'
import { App, Button, Modal } from 'antd'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { apiPeek, setSessionRescue } from '../shared/api-client.ts'
import { hearOthers, tellOthers } from './session-channel.ts'
import { SignInForm } from './sign-in-form.tsx'

type Lapse = { readonly answer: Promise<boolean>; readonly resolve: (again: boolean) => void }

/**
 * Watches over the session while somebody works. When it has ended, calls wait, a dialog asks for the password, and everything goes
 * on where it stopped: nothing on any page is lost (SEC-003, SEC-006).
 */
export function SessionGuard(props: { info: SessionInfo; onRenewed: (info: SessionInfo) => void; onGone: () => void }) {
  const { info, onRenewed, onGone } = props
  const [lapsed, setLapsed] = useState(false)
  const [other, setOther] = useState(false)
  const lapse = useRef<Lapse | undefined>(undefined)
  const client = useQueryClient()
  const { message } = App.useApp()

  const end = (again: boolean): void => {
    lapse.current?.resolve(again)
    lapse.current = undefined
    setLapsed(false)
  }
  const renew = (next: SessionInfo): boolean => {
    // Another account signed in from another window: what is open here is not its business.
    if (next.accountId !== info.accountId) {
      setOther(true)
      return false
    }
    onRenewed(next)
    return true
  }
  const rescue = useEffectEvent(async (reason: 'auth.required' | 'auth.csrf'): Promise<boolean> => {
    const fresh = await apiPeek<SessionInfo>('/api/auth/session').catch(() => undefined)
    if (fresh) return renew(fresh)
    if (reason === 'auth.csrf') return false
    lapse.current ??= newLapse()
    setLapsed(true)
    return lapse.current.answer
  })
  const lookAgain = useEffectEvent(async (): Promise<void> => {
    const fresh = await apiPeek<SessionInfo>('/api/auth/session').catch(() => undefined)
    if (fresh && renew(fresh)) end(true)
  })
  useEffect(() => {
    setSessionRescue((reason) => rescue(reason))
    const stopHearing = hearOthers(({ accountId }) => {
      if (accountId === undefined) void rescue('auth.required')
      else void lookAgain()
    })
    const onVisible = (): void => {
      if (document.visibilityState === 'visible' && lapse.current) void lookAgain()
    }
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      setSessionRescue(async () => false)
      stopHearing()
      document.removeEventListener('visibilitychange', onVisible)
    }
  }, [])

  return (
    <>
      <Modal
        open={lapsed && !other}
        title="请重新登录"
        destroyOnHidden
        width={380}
        closable={false}
        mask={{ closable: false }}
        keyboard={false}
        footer={null}
        zIndex={1900}
      >
        <p className="xj-lapse-text">
          登录已失效：长时间没有操作，或已被系统管理员下线。重新登录后，已打开的页面和填写的内容都会保留。
        </p>
        <SignInForm
          username={info.username}
          onSignedIn={(next) => {
            tellOthers({ accountId: next.accountId })
            if (renew(next)) {
              end(true)
              void client.invalidateQueries()
              void message.success('已重新登录，可以继续')
            }
          }}
          extra={
            <Button
              type="link"
              onClick={() => {
                end(false)
                onGone()
              }}
            >
              换用其他账号
            </Button>
          }
        />
      </Modal>
      <Modal
        open={other}
        title="账号已更换"
        width={380}
        closable={false}
        mask={{ closable: false }}
        keyboard={false}
        zIndex={1950}
        footer={
          <Button type="primary" onClick={() => location.assign('/')}>
            刷新
          </Button>
        }
      >
        本浏览器的另一个窗口已用其他账号登录。请刷新，以当前账号继续。
      </Modal>
    </>
  )
}

function newLapse(): Lapse {
  let resolve: (again: boolean) => void = () => {}
  const answer = new Promise<boolean>((done) => {
    resolve = done
  })
  return { answer, resolve }
}
