export type BreakerPolicy = {
  /** Failures in a row, without one success between them, that open the breaker. */
  readonly failureThreshold: number
  /** How long it stays open before one probe is let through. */
  readonly openMs: number
}

export type BreakerState =
  | { readonly phase: 'closed'; readonly failures: number }
  | { readonly phase: 'open'; readonly until: number }
  | { readonly phase: 'halfOpen' }

export type BreakerEvent =
  | { readonly kind: 'succeeded' | 'failed' | 'probeStarted' | 'probeSucceeded' | 'probeFailed' }
  | { readonly kind: 'silenced'; readonly ms: number }

const CLOSED: BreakerState = { phase: 'closed', failures: 0 }

/**
 * The breaker's next state, as a value. Calls that were sent before it opened and end later change nothing: only the
 * probe closes it again.
 */
export function nextBreakerState(
  state: BreakerState,
  event: BreakerEvent,
  now: number,
  policy: BreakerPolicy,
): BreakerState {
  if (event.kind === 'silenced') {
    const until = now + event.ms
    return state.phase === 'open' && state.until >= until ? state : { phase: 'open', until }
  }
  switch (state.phase) {
    case 'closed':
      if (event.kind === 'succeeded') return CLOSED
      if (event.kind !== 'failed') return state
      return state.failures + 1 >= policy.failureThreshold
        ? { phase: 'open', until: now + policy.openMs }
        : { phase: 'closed', failures: state.failures + 1 }
    case 'open':
      return event.kind === 'probeStarted' && now >= state.until ? { phase: 'halfOpen' } : state
    case 'halfOpen':
      if (event.kind === 'probeSucceeded') return CLOSED
      return event.kind === 'probeFailed' ? { phase: 'open', until: now + policy.openMs } : state
  }
}

/**
 * A breaker around the pure states: `admit` lets calls through while closed, refuses them while open, and once the time
 * is up runs `probe` exactly once while every other caller waits for its result. `now` is in milliseconds.
 */
export function createCircuitBreaker(
  policy: BreakerPolicy,
  now: () => number,
  probe: () => Promise<boolean>,
  onPhase: (phase: BreakerState['phase']) => void = () => undefined,
) {
  let state = CLOSED
  let probing: Promise<void> | undefined

  function send(event: BreakerEvent): void {
    const before = state.phase
    state = nextBreakerState(state, event, now(), policy)
    if (state.phase !== before) onPhase(state.phase)
  }

  async function runProbe(): Promise<void> {
    const ok = await probe().catch(() => false)
    probing = undefined
    send({ kind: ok ? 'probeSucceeded' : 'probeFailed' })
  }

  return {
    phase: () => state.phase,
    send,
    async admit(): Promise<boolean> {
      send({ kind: 'probeStarted' })
      if (state.phase === 'halfOpen') {
        probing ??= runProbe()
        await probing
      }
      return state.phase === 'closed'
    },
  }
}
