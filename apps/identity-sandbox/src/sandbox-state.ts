import { createHash } from 'node:crypto'
import { FLAKY_FAILURES } from './outcomes.ts'

export type Mode = 'normal' | 'down' | 'slow'
export type Disturbed = { readonly key: string; readonly how: 'hang' | 'flaky' }
export type Disposition = 'answer' | 'fail' | 'hang'

/** Oldest entries leave first: a sandbox may run for weeks. */
const REMEMBERED_REQUESTS = 10_000
const REMEMBERED_REFS = 200_000

export type SandboxState = ReturnType<typeof createSandboxState>

/**
 * What the sandbox remembers between calls: its mode, what it was asked, and how often it disturbed each person.
 * `hangAttempts`: how many calls naming a hanging person get no answer before it is answered; undefined means all.
 */
export function createSandboxState(initialHangAttempts: number | undefined) {
  let mode: Mode = 'normal'
  let delayMs = 0
  let hangAttempts = initialHangAttempts
  let counters = { calls: 0, persons: 0, maxBatch: 0, maxConcurrent: 0, replays: 0 }
  let concurrent = 0
  const perRef = new Map<string, number>()
  const requests = new Map<string, string>()
  const attempts = new Map<string, number>()

  return {
    mode: () => mode,
    delayMs: () => (mode === 'slow' ? delayMs : 0),

    control(change: { mode?: Mode; delayMs?: number; hangAttempts?: number | null }): void {
      mode = change.mode ?? mode
      delayMs = change.delayMs ?? delayMs
      if (change.hangAttempts !== undefined) hangAttempts = change.hangAttempts ?? undefined
    },

    /** Back to the first day: counters, memory of requests and attempts, mode. Calls in flight still count as such. */
    reset(): void {
      mode = 'normal'
      delayMs = 0
      hangAttempts = initialHangAttempts
      counters = { calls: 0, persons: 0, maxBatch: 0, maxConcurrent: concurrent, replays: 0 }
      perRef.clear()
      requests.clear()
      attempts.clear()
    },

    /** Counts a call in; call what it returns once, when the call is over. */
    enter(refs: readonly string[]): () => void {
      concurrent += 1
      counters.calls += 1
      counters.persons += refs.length
      counters.maxBatch = Math.max(counters.maxBatch, refs.length)
      counters.maxConcurrent = Math.max(counters.maxConcurrent, concurrent)
      for (const ref of refs) {
        if (perRef.has(ref) || perRef.size < REMEMBERED_REFS) perRef.set(ref, (perRef.get(ref) ?? 0) + 1)
      }
      let open = true
      return () => {
        if (open) concurrent -= 1
        open = false
      }
    },

    /** Whether a request id is new, repeats the same call, or was spent on another one. */
    remember(path: string, body: { requestId: string }): 'new' | 'replay' | 'conflict' {
      const digest = createHash('sha256').update(path).update(JSON.stringify(body)).digest('base64')
      const known = requests.get(body.requestId)
      if (known === digest) counters.replays += 1
      if (known !== undefined) return known === digest ? 'replay' : 'conflict'
      requests.set(body.requestId, digest)
      forgetOldest(requests, REMEMBERED_REQUESTS)
      return 'new'
    },

    /** Counts one more attempt for each disturbed person; the call hangs if any of them hangs, else fails if any fails. */
    dispose(disturbed: readonly Disturbed[]): Disposition {
      let disposition: Disposition = 'answer'
      for (const { key, how } of disturbed) {
        const attempt = (attempts.get(key) ?? 0) + 1
        attempts.set(key, attempt)
        forgetOldest(attempts, REMEMBERED_REFS)
        if (how === 'hang' && attempt <= (hangAttempts ?? Number.POSITIVE_INFINITY)) disposition = 'hang'
        if (how === 'flaky' && attempt <= FLAKY_FAILURES && disposition === 'answer') disposition = 'fail'
      }
      return disposition
    },

    stats: () => ({ mode, concurrent, ...counters }),
    perRef: () => Object.fromEntries(perRef),
  }
}

function forgetOldest(map: Map<string, unknown>, keep: number): void {
  if (map.size <= keep) return
  const oldest = map.keys().next()
  if (!oldest.done) map.delete(oldest.value)
}
