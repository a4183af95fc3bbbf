import type { Browser } from '@playwright/test'

type TraceEvent = {
  readonly name: string
  /** X for one that has ended. */
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  /** Processor time of the thread, in microseconds; left out when there is none to speak of, and where a machine cannot tell it. */
  readonly tdur?: number
  readonly args?: {
    readonly name?: string
    readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string }
  }
}

/**
 * Does something and returns the length in milliseconds of every task of the page's main thread meanwhile, the longest first. A task is measured in the
 * processor time of its thread: by the clock it also lasts while other programs have the processor, and a page that waits for its turn on a busy machine
 * is not a slow page. What the test itself does inside the page is left out.
 */
export async function tasksWhile(browser: Browser, act: () => Promise<void>): Promise<readonly number[]> {
  await browser.startTracing(undefined, { categories: ['toplevel'] })
  await act()
  const trace = await browser.stopTracing()
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] }
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map((event) => threadOf(event)),
  )
  const ofPages = traceEvents.filter((event) => mainThreads.has(threadOf(event)))
  const ofTest = ofPages.filter(({ args }) => args?.chrome_mojo_event_info?.mojo_interface_tag === TEST_CHANNEL)
  return ofPages
    .filter(({ name, ph }) => name === 'ThreadControllerImpl::RunTask' && ph === 'X')
    .filter((event) => !ofTest.some((one) => isWithin(one, event)))
    .map(({ tdur, dur = 0 }) => (tdur ?? dur) / 1000)
    .sort((a, b) => b - a)
}

const TEST_CHANNEL = 'blink.mojom.DevToolsSession'

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`

const isWithin = (inner: TraceEvent, task: TraceEvent): boolean =>
  threadOf(inner) === threadOf(task) && inner.ts >= task.ts && inner.ts < task.ts + (task.dur ?? 0)
