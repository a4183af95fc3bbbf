import { useQueryClient } from '@tanstack/react-query'
import type { UploadResponse } from '@xueji/contracts/pipeline/import.api'
import { useEffect, useRef, useState } from 'react'
import { errorText } from '../../../shared/notice.ts'
import { useSteady } from '../../../shared/use-steady.ts'
import { KEYS } from '../registration.queries.ts'
import type { CheckSummary } from './check/check-tally.ts'
import type { FileFault } from './check/file-fault.ts'
import { checkFile } from './check/start-check.ts'
import { loadCheckFacts } from './import.queries.ts'
import { isCheckedHere, type UploadWish, uploadRoster, whyNotUploadable } from './upload-file.ts'

/**
 * One file on its way: checked on this computer, sent when it is clean or when the registrar says so. `sent` means received by the server: from then on
 * the record tells the rest.
 */
export type UploadTask = {
  readonly key: number
  readonly fileName: string
  readonly state: 'waiting' | 'checking' | 'asking' | 'queued' | 'sending' | 'retrying' | 'sent' | 'failed'
  /** Of the check or of the transfer, 0 … 1. */
  readonly share: number
  readonly summary?: CheckSummary
  readonly fault?: FileFault
  /** True for a file only the server can read. */
  readonly unread?: boolean
  readonly problem?: string
  readonly answer?: UploadResponse
}

/** What one may do with the files on their way. */
export type Uploads = {
  readonly tasks: readonly UploadTask[]
  readonly add: (wish: UploadWish, files: readonly File[]) => void
  /** Sends a file in spite of its issues. */
  readonly send: (key: number) => void
  readonly dismiss: (key: number) => void
}

/** A file the server has, and whether the registrar was asked before. */
export type SentFile = { readonly answer: UploadResponse; readonly wish: UploadWish; readonly asked: boolean }

/** True while closing the page would lose something. */
export const isUnderway = ({ state }: UploadTask): boolean => state !== 'sent' && state !== 'failed'

type Order = { readonly file: File; readonly wish: UploadWish; readonly stop: AbortController; asked: boolean }

const TASKS_KEPT = 19
const SETTLE_MILLIS = 30
let nextKey = 1

/** Checks and uploads files one after another: a registrar may drop the lists of several classes at once. */
export function useUploads(onSent?: (sent: SentFile) => void): Uploads {
  const client = useQueryClient()
  const [tasks, setTasks] = useState<readonly UploadTask[]>([])
  const orders = useRef(new Map<number, Order>())
  const checks = useRef<Promise<void>>(Promise.resolve())
  const transfers = useRef<Promise<void>>(Promise.resolve())
  const whenShown = useWhenShown()

  const change = (key: number, more: Partial<UploadTask>): void =>
    setTasks((before) => before.map((task) => (task.key === key ? { ...task, ...more } : task)))

  const transfer = async (key: number): Promise<void> => {
    const order = orders.current.get(key)
    if (!order) return
    const { wish, file, asked } = order
    change(key, { state: 'sending', share: 0 })
    try {
      const answer = await uploadRoster(
        wish,
        file,
        (share) => change(key, { state: 'sending', share }),
        () => change(key, { state: 'retrying', share: 0 }),
      )
      change(key, { state: 'sent', share: 1, answer })
      void client.invalidateQueries({ queryKey: KEYS.imports })
      // After this page has noted that nothing is underway: in the background it would not.
      setTimeout(() => onSent?.({ answer, wish, asked }), SETTLE_MILLIS)
    } catch (error) {
      change(key, { state: 'failed', problem: errorText(error) })
    }
  }
  const send = (key: number): void => {
    change(key, { state: 'queued', share: 0 })
    transfers.current = transfers.current.then(() => transfer(key))
  }
  const ask = (key: number, order: Order, more: Partial<UploadTask>): void => {
    order.asked = true
    change(key, { ...more, state: 'asking' })
  }
  const check = async (key: number, order: Order): Promise<void> => {
    change(key, { state: 'checking' })
    const facts = await loadCheckFacts(client, order.wish.category)
    const news = await checkFile(
      { file: order.file, category: order.wish.category, facts },
      ({ summary, share }) => change(key, { summary, share }),
      order.stop.signal,
    )
    if (news.kind === 'refused') return ask(key, order, { fault: news.fault })
    if (news.kind === 'done' && news.summary.invalid > 0) return ask(key, order, { summary: news.summary })
    // What could not be checked here is checked there.
    change(key, news.kind === 'done' ? { summary: news.summary } : { unread: true })
    whenShown(() => orders.current.has(key) && send(key))
  }
  const add = (wish: UploadWish, files: readonly File[]): void => {
    for (const file of files) {
      const key = nextKey++
      const problem = whyNotUploadable(file)
      const unread = !isCheckedHere(file)
      const task: UploadTask = { key, fileName: file.name, state: 'waiting', share: 0, ...(unread ? { unread } : {}) }
      setTasks((before) => [...before.slice(-TASKS_KEPT), problem ? { ...task, state: 'failed', problem } : task])
      if (problem) continue
      const order: Order = { file, wish, stop: new AbortController(), asked: false }
      orders.current.set(key, order)
      if (unread) send(key)
      else checks.current = checks.current.then(() => untilAborted(order.stop.signal, () => check(key, order)))
    }
  }
  const dismiss = (key: number): void => {
    orders.current.get(key)?.stop.abort()
    orders.current.delete(key)
    setTasks((before) => before.filter((task) => task.key !== key))
  }
  return { tasks, ...useSteady({ add, send, dismiss }) }
}

/** Does things while the page is shown; what comes up while its tab is in the background waits, and is dropped with the tab. */
function useWhenShown(): (act: () => void) => void {
  const state = useRef<{ shown: boolean; waiting: (() => void)[] }>({ shown: false, waiting: [] })
  useEffect(() => {
    const own = state.current
    own.shown = true
    for (const act of own.waiting.splice(0)) act()
    return () => {
      own.shown = false
    }
  }, [])
  return (act) => {
    if (state.current.shown) act()
    else state.current.waiting.push(act)
  }
}

/** The work, or nothing more once the file was taken away: the next one must not wait for it. */
async function untilAborted(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (signal.aborted) return
  const end = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  await Promise.race([work(), end])
}
