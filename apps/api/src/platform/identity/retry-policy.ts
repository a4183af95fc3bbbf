import { type CallFailure, type CallShape, FAILURE_POLICY } from './call-failure.ts'

export type RetryPolicy = {
  /** Calls sent again after the first one. */
  readonly maxRetries: number
  readonly baseDelayMs: number
  /** The longest a call waits before it is sent again; a register that asks for more is left alone instead. */
  readonly maxDelayMs: number
}

/** No register may silence us for longer than this, whatever its Retry-After says. */
const LONGEST_SILENCE_MS = 600_000

/**
 * How long to wait before a failed call is sent again, or undefined when it must not be (DUP-010).
 * Exponential with jitter in its upper half, never less than the register asked for. `attempt` counts from 0,
 * `random` lies in [0, 1).
 */
export function retryDelayMs(
  failure: CallFailure,
  attempt: number,
  shape: CallShape,
  random: number,
  policy: RetryPolicy,
): number | undefined {
  if (attempt >= policy.maxRetries || !FAILURE_POLICY[failure.kind].retry.includes(shape)) return undefined
  if (silenceMs(failure, policy) !== undefined) return undefined
  const ceiling = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** attempt)
  return Math.max(failure.retryAfterMs ?? 0, ceiling / 2 + (ceiling / 2) * random)
}

/** How long to send nothing at all, when the register asked for longer than one call is ready to wait. */
export function silenceMs(failure: CallFailure, policy: RetryPolicy): number | undefined {
  if (failure.retryAfterMs === undefined || failure.retryAfterMs <= policy.maxDelayMs) return undefined
  return Math.min(failure.retryAfterMs, LONGEST_SILENCE_MS)
}

/** Reads Retry-After in seconds, or as a date measured against the answer's own Date, so that clocks need not agree. */
export function parseRetryAfter(retryAfter: string | null, date: string | null): number | undefined {
  if (retryAfter === null) return undefined
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1000
  const wait = Date.parse(retryAfter) - Date.parse(date ?? '')
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}

/**
 * How many extra calls halving may cost for one batch of this size: enough to set four persons apart, so that a register
 * that answers nobody is not asked five hundred times.
 */
export function splitBudget(size: number): number {
  return 8 * Math.ceil(Math.log2(Math.max(2, size)))
}
