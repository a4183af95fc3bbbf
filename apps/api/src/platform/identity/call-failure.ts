/** What can go wrong with one call to the register, told apart by what should be done about it. */
export type FailureKind =
  | 'timeout' // no answer in time, or the register's own gateway gave up (504)
  | 'network' // no connection, or it broke
  | 'overloaded' // 502, 503 and other 5xx
  | 'serverError' // 500
  | 'throttled' // 429
  | 'rejected' // 400, 409, 413, 422: this call's content is not wanted
  | 'refused' // redirects, 401, 403, 404 and other 4xx: we are misconfigured
  | 'badAnswer' // 200, but not an answer to what was asked
  | 'circuitOpen' // not sent: the register failed too often just now
  | 'closed' // not sent, or cut: this process is stopping

/** A failed call. `status` and `code` may be logged: by contract a code is letters only. */
export type CallFailure = {
  readonly kind: FailureKind
  readonly status?: number
  readonly code?: string
  /** How long the register asked to be left alone (Retry-After). */
  readonly retryAfterMs?: number
}

/** Who is at fault: the register, this call's content, or nobody can tell from one call alone. */
type Blame = 'service' | 'content' | 'either' | 'nobody'

/** What a call named: one person from the start, a batch as first cut, or a piece of a batch that failed before. */
export type CallShape = 'alone' | 'whole' | 'half'

export type FailurePolicy = {
  /** Shapes of call that may be sent again as they are. Halving asks everyone again too, so halves rarely need it. */
  readonly retry: readonly CallShape[]
  /** Whether one person among many may be the cause, so that halving the batch sets the others free. */
  readonly split: boolean
  readonly blame: Blame
}

const ANY_SHAPE: readonly CallShape[] = ['alone', 'whole', 'half']

/** The one table of what a failure leads to (DUP-010: whatever it is, it never becomes a pass). */
export const FAILURE_POLICY: Readonly<Record<FailureKind, FailurePolicy>> = {
  timeout: { retry: ['alone'], split: true, blame: 'either' },
  network: { retry: ANY_SHAPE, split: false, blame: 'service' },
  overloaded: { retry: ANY_SHAPE, split: false, blame: 'service' },
  serverError: { retry: ['alone', 'whole'], split: true, blame: 'either' },
  throttled: { retry: ANY_SHAPE, split: false, blame: 'nobody' },
  rejected: { retry: [], split: true, blame: 'content' },
  refused: { retry: [], split: false, blame: 'service' },
  badAnswer: { retry: [], split: true, blame: 'either' },
  circuitOpen: { retry: [], split: false, blame: 'nobody' },
  closed: { retry: [], split: false, blame: 'nobody' },
}

/** The kind of failure an HTTP status other than 200 stands for. */
export function failureOfStatus(status: number): FailureKind {
  if (status === 429) return 'throttled'
  if (status === 504 || status === 408) return 'timeout'
  if (status === 500) return 'serverError'
  if (status > 500) return 'overloaded'
  if (status === 400 || status === 409 || status === 413 || status === 422) return 'rejected'
  if (status >= 200 && status < 300) return 'badAnswer'
  return 'refused'
}
