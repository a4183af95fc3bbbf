import type { CheckAnswer, CheckOrder } from './roster-check.worker.ts'

/**
 * Checks a file in a thread of its own; resolves with its last word, and with `broken` when the browser gives no thread. `onProgress` hears what comes
 * before. Ends at once when the signal says so, then never resolves.
 */
export function checkFile(
  order: CheckOrder,
  onProgress: (news: Extract<CheckAnswer, { kind: 'progress' }>) => void,
  signal: AbortSignal,
): Promise<CheckAnswer> {
  return new Promise((resolve) => {
    let worker: Worker
    try {
      worker = new Worker(new URL('./roster-check.worker.ts', import.meta.url), { type: 'module' })
    } catch {
      resolve({ kind: 'broken' })
      return
    }
    const end = (news: CheckAnswer): void => {
      worker.terminate()
      resolve(news)
    }
    signal.addEventListener('abort', () => worker.terminate())
    worker.onerror = () => end({ kind: 'broken' })
    worker.onmessage = (event: MessageEvent<CheckAnswer>) => {
      if (event.data.kind === 'progress') onProgress(event.data)
      else end(event.data)
    }
    worker.postMessage(order)
  })
}
