import { describe, expect, it } from 'vitest'
import { type CallFailure, type CallShape, FAILURE_POLICY, failureOfStatus } from './call-failure.ts'
import { parseRetryAfter, retryDelayMs, silenceMs, splitBudget } from './retry-policy.ts'

const POLICY = { maxRetries: 3, baseDelayMs: 100, maxDelayMs: 1000 }

describe('retryDelayMs', () => {
  const table: [string, CallFailure, number, CallShape, number, number | undefined][] = [
    ['first wait, no jitter', { kind: 'network' }, 0, 'whole', 0, 50],
    ['first wait, nearly full jitter', { kind: 'network' }, 0, 'whole', 0.5, 75],
    ['doubles', { kind: 'overloaded' }, 2, 'whole', 0, 200],
    ['ends after the last retry', { kind: 'overloaded' }, 3, 'whole', 0, undefined],
    ['halves are sent again when the register fails', { kind: 'network' }, 0, 'half', 0, 50],
    ['a whole batch that timed out is halved instead', { kind: 'timeout' }, 0, 'whole', 0, undefined],
    ['so is a half', { kind: 'timeout' }, 0, 'half', 0, undefined],
    ['one person who timed out is asked again', { kind: 'timeout' }, 0, 'alone', 0, 50],
    ['500 for a batch', { kind: 'serverError' }, 0, 'whole', 0, 50],
    ['500 for a half', { kind: 'serverError' }, 0, 'half', 0, undefined],
    ['429 waits as long as asked', { kind: 'throttled', retryAfterMs: 700 }, 0, 'whole', 0, 700],
    ['429 asking for less than we would wait', { kind: 'throttled', retryAfterMs: 1 }, 0, 'whole', 0, 50],
    ['429 asking for too much is left alone', { kind: 'throttled', retryAfterMs: 1001 }, 0, 'whole', 0, undefined],
    ['503 with Retry-After', { kind: 'overloaded', retryAfterMs: 700 }, 0, 'whole', 0, 700],
    ['bad answer', { kind: 'badAnswer' }, 0, 'alone', 0, undefined],
    ['rejected', { kind: 'rejected' }, 0, 'alone', 0, undefined],
    ['refused', { kind: 'refused' }, 0, 'alone', 0, undefined],
    ['not sent', { kind: 'circuitOpen' }, 0, 'alone', 0, undefined],
    ['closing', { kind: 'closed' }, 0, 'alone', 0, undefined],
  ]
  it.each(table)('%s', (_title, failure, attempt, shape, random, expected) => {
    expect(retryDelayMs(failure, attempt, shape, random, POLICY)).toBe(expected)
  })

  it('never waits longer than the ceiling of its own accord', () => {
    expect(retryDelayMs({ kind: 'network' }, 30, 'whole', 0.999, { ...POLICY, maxRetries: 99 })).toBeLessThan(1000)
  })
})

describe('silenceMs', () => {
  it.each([
    [undefined, undefined],
    [1000, undefined],
    [1001, 1001],
    [86_400_000, 600_000],
  ])('Retry-After of %s ms silences for %s', (retryAfterMs, expected) => {
    expect(silenceMs({ kind: 'throttled', retryAfterMs }, POLICY)).toBe(expected)
  })
})

describe('parseRetryAfter', () => {
  const date = 'Tue, 01 Sep 2026 08:00:00 GMT'
  it.each([
    [null, date, undefined],
    ['3', null, 3000],
    ['0', null, 0],
    ['-1', null, undefined],
    ['1e9', null, undefined],
    ['soon', date, undefined],
    ['Tue, 01 Sep 2026 08:00:30 GMT', date, 30_000],
    ['Tue, 01 Sep 2026 07:00:00 GMT', date, 0],
    ['Tue, 01 Sep 2026 08:00:30 GMT', null, undefined],
  ])('%s at %s', (retryAfter, at, expected) => {
    expect(parseRetryAfter(retryAfter, at)).toBe(expected)
  })
})

it.each([
  [1, 8],
  [2, 8],
  [200, 64],
  [500, 72],
])('splitBudget(%i) is %i calls', (size, expected) => {
  expect(splitBudget(size)).toBe(expected)
})

it.each([
  [201, 'badAnswer'],
  [302, 'refused'],
  [400, 'rejected'],
  [401, 'refused'],
  [403, 'refused'],
  [404, 'refused'],
  [408, 'timeout'],
  [409, 'rejected'],
  [413, 'rejected'],
  [422, 'rejected'],
  [429, 'throttled'],
  [500, 'serverError'],
  [502, 'overloaded'],
  [503, 'overloaded'],
  [504, 'timeout'],
  [0, 'refused'],
])('status %i is %s', (status, kind) => {
  expect(failureOfStatus(status)).toBe(kind)
})

it('what halving may cure is never sent again as a half (its failures are counted once)', () => {
  for (const { split, blame, retry } of Object.values(FAILURE_POLICY)) {
    if (split || blame === 'either') expect(retry).not.toContain('half')
  }
})
