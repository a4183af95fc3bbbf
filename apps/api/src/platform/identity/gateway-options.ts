import { setMaxListeners } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { MAX_BATCH_PERSONS } from '@xueji/contracts/identity/identity-register.api'
import type { BatchingRules } from './ask-in-batches.ts'
import type { BreakerPolicy } from './circuit-breaker.ts'

/** Milliseconds from any fixed point, and a sleep that ends early, without an error, when the signal fires. */
export type GatewayClock = {
  readonly now: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/** A part of pino's logger. Only kinds, codes, counts and request ids are ever given to it: no person, no number, no token. */
type GatewayLogger = {
  readonly warn: (fields: object, message: string) => void
}

export type IdentityGatewayOptions = {
  /** http(s) address of the register; a path in it is kept as a prefix. */
  readonly baseUrl: string
  readonly token: string
  /** For each call, up to the last byte of its answer. */
  readonly timeoutMs: number
  readonly maxRetries: number
  /** Persons in one call, at most 500. */
  readonly batchSize: number
  /** Calls under way at one time, over all users of this gateway. */
  readonly concurrency: number
  readonly breaker: BreakerPolicy
  /** Left out: 200 ms doubling up to 10 s. */
  readonly retryDelay?: { readonly baseMs: number; readonly maxMs: number }
  readonly fetch?: typeof fetch
  readonly clock?: GatewayClock
  /** In [0, 1), for jitter. */
  readonly random?: () => number
  readonly logger?: GatewayLogger
}

export const SYSTEM_CLOCK: GatewayClock = {
  now: () => performance.now(),
  sleep: (ms, signal) => {
    // Two hundred batches may wait on the one signal; Node warns from the eleventh on.
    setMaxListeners(0, signal)
    return wait(ms, undefined, { signal }).catch(() => undefined)
  },
}

/** Where a path of the contract lies under the base address. Throws when the address is none. */
export function parseBaseUrl(baseUrl: string): (path: string) => URL {
  const base = new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`)
  if (!/^https?:$/.test(base.protocol) || base.username !== '' || base.password !== '') {
    throw new TypeError('baseUrl must be an http(s) address without credentials')
  }
  return (path) => new URL(`.${path}`, base)
}

/** The checked numbers. Throws a RangeError that names the wrong one. */
export function parseRules(options: IdentityGatewayOptions): BatchingRules {
  const { batchSize, concurrency, maxRetries, timeoutMs, breaker } = options
  if (!/^[!-~]+$/.test(options.token)) throw new TypeError('token must be printable ASCII without spaces')
  const isCount = (value: number, least: number) => Number.isInteger(value) && value >= least
  if (!isCount(batchSize, 1) || batchSize > MAX_BATCH_PERSONS) throw new RangeError('batchSize must be 1 to 500')
  if (!isCount(concurrency, 1)) throw new RangeError('concurrency must be at least 1')
  if (!isCount(maxRetries, 0)) throw new RangeError('maxRetries must be at least 0')
  if (!isCount(timeoutMs, 1)) throw new RangeError('timeoutMs must be at least 1')
  if (!isCount(breaker.failureThreshold, 1)) throw new RangeError('failureThreshold must be at least 1')
  if (!isCount(breaker.openMs, 0)) throw new RangeError('openMs must be at least 0')
  return {
    batchSize,
    concurrency,
    maxRetries,
    baseDelayMs: options.retryDelay?.baseMs ?? 200,
    maxDelayMs: options.retryDelay?.maxMs ?? 10_000,
  }
}
