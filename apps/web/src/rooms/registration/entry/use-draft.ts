import { useEffect, useEffectEvent, useState } from 'react'
import { useLocation } from 'react-router'
import { dropDraft, keepDraft, readDraft } from '../../../shared/draft.ts'
import { useSession } from '../../../shared/session.tsx'

type Values = Readonly<Record<string, string>>

/** What was being written on this page when its window was loaded anew. */
export function useFoundDraft(): Values | undefined {
  const { accountId } = useSession()
  const { pathname } = useLocation()
  const [found] = useState(() => readDraft(accountId, pathname, Date.now()))
  return found
}

/**
 * Keeps what is being written on this page; undefined while there is nothing of one's own in it. `latest` is asked when the window goes, for what was
 * written a moment ago.
 */
export function useKeptDraft(values: Values | undefined, latest: () => Values | undefined): void {
  const { accountId } = useSession()
  const { pathname } = useLocation()
  useEffect(() => {
    if (values) keepDraft(accountId, pathname, values, Date.now())
    else dropDraft(accountId, pathname)
  }, [accountId, pathname, values])
  const keepLatest = useEffectEvent(() => {
    const now = latest()
    if (now) keepDraft(accountId, pathname, now, Date.now())
  })
  useEffect(() => {
    const onLeave = (): void => keepLatest()
    window.addEventListener('pagehide', onLeave)
    return () => window.removeEventListener('pagehide', onLeave)
  }, [])
}
