import { useEffect, useEffectEvent } from 'react'

/** News from the server: what moved. An empty `id` says that something may have moved while the line was down. */
export type LiveEvent = {
  readonly topic: 'import' | 'review-batch' | 'export' | 'photo' | 'queue'
  readonly id: string
  readonly orgPath: string
  readonly phase?: string
  readonly done?: number
  readonly total?: number
}
type Listener = (event: LiveEvent) => void

const TOPICS = ['import', 'review-batch', 'export', 'photo', 'queue'] as const
// While the line is down listeners are asked to look for themselves this often.
const POLL_MILLIS = 10_000
const RECONNECT_MILLIS = 5_000

const listeners = new Set<Listener>()
let source: EventSource | undefined
let poll: ReturnType<typeof setInterval> | undefined
let reconnect: ReturnType<typeof setTimeout> | undefined

/** Calls the listener for news of one's own organisation. All pages share one connection; without it they are polled. */
export function useLiveEvents(listener: Listener): void {
  const onEvent = useEffectEvent(listener)
  useEffect(() => {
    const own: Listener = (event) => onEvent(event)
    listeners.add(own)
    if (!source) connect()
    return () => {
      listeners.delete(own)
      if (listeners.size === 0) close()
    }
  }, [])
}

/** Ends the connection, at sign-out; the next listener opens a new one. */
export function close(): void {
  source?.close()
  source = undefined
  clearTimeout(reconnect)
  stopPolling()
}

function connect(): void {
  const stream = new EventSource('/api/live')
  source = stream
  stream.onopen = () => {
    // What happened in between went unheard.
    if (poll) tellToLook()
    stopPolling()
  }
  stream.onmessage = (message) => {
    const event = JSON.parse(message.data) as LiveEvent
    for (const listener of listeners) listener(event)
  }
  stream.onerror = () => {
    startPolling()
    // A refused stream is not tried again by the browser itself.
    if (stream.readyState !== EventSource.CLOSED) return
    clearTimeout(reconnect)
    reconnect = setTimeout(() => listeners.size > 0 && source === stream && connect(), RECONNECT_MILLIS)
  }
}

function startPolling(): void {
  poll ??= setInterval(tellToLook, POLL_MILLIS)
}

function stopPolling(): void {
  clearInterval(poll)
  poll = undefined
}

function tellToLook(): void {
  for (const topic of TOPICS) for (const listener of listeners) listener({ topic, id: '', orgPath: '' })
}
