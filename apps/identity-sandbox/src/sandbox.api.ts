import { z } from 'zod'

/** Steering at run time, for tests and demonstrations; no part of the register's contract. */
export const ControlRequest = z.strictObject({
  mode: z.enum(['normal', 'down', 'slow']).optional(),
  /** Milliseconds each call under /v1 waits while the mode is slow. */
  delayMs: z.int().min(0).max(600_000).optional(),
  /** How many calls naming a hanging person (960–963) go unanswered; null: all of them. */
  hangAttempts: z.int().min(0).nullable().optional(),
  /** Forget counters, requests and attempts first, then apply the rest. */
  reset: z.boolean().optional(),
})
export type ControlRequest = z.infer<typeof ControlRequest>

export const SandboxStats = z.object({
  mode: z.enum(['normal', 'down', 'slow']),
  /** Calls under way now, and the most at one time. */
  concurrent: z.int(),
  maxConcurrent: z.int(),
  /** Authorised, well-formed calls and the persons in them, counted whatever became of the call. */
  calls: z.int(),
  persons: z.int(),
  maxBatch: z.int(),
  /** Calls that repeated a request id. */
  replays: z.int(),
  /** How often each ref was named; only when asked for with ?perRef=true. */
  perRef: z.record(z.string(), z.int()).optional(),
})
export type SandboxStats = z.infer<typeof SandboxStats>

export const StatsQuery = z.object({ perRef: z.enum(['true', 'false']).optional() })
