import { type Clock, createClock } from '../platform/clock.ts'

/** The machine's clock, which a test may push forward. */
export type MovableClock = { readonly clock: Clock; readonly forward: (minutes: number) => void }

/** A clock that starts at the present and goes on by itself. */
export function createMovableClock(): MovableClock {
  let ahead = 0
  return {
    clock: createClock(() => Date.now() + ahead),
    forward: (minutes) => {
      ahead += minutes * 60_000
    },
  }
}
