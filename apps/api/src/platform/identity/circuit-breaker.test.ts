import { describe, expect, it } from 'vitest'
import { type BreakerEvent, type BreakerState, createCircuitBreaker, nextBreakerState } from './circuit-breaker.ts'

const POLICY = { failureThreshold: 3, openMs: 1000 }
const closed = (failures: number): BreakerState => ({ phase: 'closed', failures })
const open = (until: number): BreakerState => ({ phase: 'open', until })
const halfOpen: BreakerState = { phase: 'halfOpen' }

describe('nextBreakerState (now = 500, three failures open it for 1000)', () => {
  const table: [string, BreakerState, BreakerEvent, BreakerState][] = [
    ['a failure is counted', closed(0), { kind: 'failed' }, closed(1)],
    ['a success forgets earlier failures', closed(2), { kind: 'succeeded' }, closed(0)],
    ['the third failure in a row opens', closed(2), { kind: 'failed' }, open(1500)],
    ['no probe while closed', closed(1), { kind: 'probeStarted' }, closed(1)],
    ['a late probe result changes nothing while closed', closed(1), { kind: 'probeFailed' }, closed(1)],
    ['a late success does not close', open(900), { kind: 'succeeded' }, open(900)],
    ['a late failure does not prolong', open(900), { kind: 'failed' }, open(900)],
    ['no probe before the time', open(501), { kind: 'probeStarted' }, open(501)],
    ['a probe when the time has come', open(500), { kind: 'probeStarted' }, halfOpen],
    ['a good probe closes', halfOpen, { kind: 'probeSucceeded' }, closed(0)],
    ['a bad probe opens again for the whole time', halfOpen, { kind: 'probeFailed' }, open(1500)],
    ['a late success does not stand for the probe', halfOpen, { kind: 'succeeded' }, halfOpen],
    ['a late failure does not stand for the probe', halfOpen, { kind: 'failed' }, halfOpen],
    ['one probe only', halfOpen, { kind: 'probeStarted' }, halfOpen],
    ['the register asks for silence', closed(0), { kind: 'silenced', ms: 60 }, open(560)],
    ['silence during the probe', halfOpen, { kind: 'silenced', ms: 60 }, open(560)],
    ['a longer silence prolongs', open(520), { kind: 'silenced', ms: 60 }, open(560)],
    ['a shorter silence does not shorten', open(900), { kind: 'silenced', ms: 60 }, open(900)],
    ['a probe that ends during a silence does not break it', open(900), { kind: 'probeSucceeded' }, open(900)],
  ]
  it.each(table)('%s', (_title, state, event, expected) => {
    expect(nextBreakerState(state, event, 500, POLICY)).toEqual(expected)
  })
})

describe('createCircuitBreaker', () => {
  function setUp(probe: () => Promise<boolean>) {
    const clock = { now: 0 }
    const phases: string[] = []
    const breaker = createCircuitBreaker(
      POLICY,
      () => clock.now,
      probe,
      (phase) => phases.push(phase),
    )
    const breakIt = () => {
      for (let i = 0; i < POLICY.failureThreshold; i += 1) breaker.send({ kind: 'failed' })
    }
    return { clock, phases, breaker, breakIt }
  }

  it('refuses while open without probing, and lets through after a good probe', async () => {
    let probes = 0
    const { clock, phases, breaker, breakIt } = setUp(async () => {
      probes += 1
      return true
    })
    expect(await breaker.admit()).toBe(true)
    breakIt()
    clock.now = 999
    expect(await breaker.admit()).toBe(false)
    expect(probes).toBe(0)
    clock.now = 1000
    expect(await breaker.admit()).toBe(true)
    expect(probes).toBe(1)
    expect(phases).toEqual(['open', 'halfOpen', 'closed'])
  })

  it('sends one probe for all who wait, and tells all of them its result', async () => {
    let probes = 0
    let finish = (_ok: boolean) => {}
    const { clock, breaker, breakIt } = setUp(() => {
      probes += 1
      return new Promise((resolve) => {
        finish = resolve
      })
    })
    breakIt()
    clock.now = 1000
    const admitted = [breaker.admit(), breaker.admit(), breaker.admit()]
    expect(breaker.phase()).toBe('halfOpen')
    finish(false)
    expect(await Promise.all(admitted)).toEqual([false, false, false])
    expect(probes).toBe(1)
    clock.now = 1999
    expect(await breaker.admit()).toBe(false)
    expect(probes).toBe(1)
  })

  it('takes a probe that throws for a bad one', async () => {
    const { clock, breaker, breakIt } = setUp(() => Promise.reject(new Error('planted')))
    breakIt()
    clock.now = 1000
    expect(await breaker.admit()).toBe(false)
    expect(breaker.phase()).toBe('open')
  })
})
