import { randomFillSync } from 'node:crypto'
import { formatUuid7 } from '@xueji/domain/kernel/ids'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'

/** Time and ids come from here and nowhere else (security: Laws), so that tests can set them. */
export type Clock = {
  readonly now: () => Date
  /** The day in China, whatever the server's zone. */
  readonly today: () => PlainDate
  /** A UUIDv7; ids made one after another by one process sort in that order. */
  readonly newId: () => string
}

const CHINA_OFFSET_MILLIS = 8 * 3600 * 1000

/** Random bytes of an id, and how many are drawn at a time: each drawing takes longer than all else about an id. */
const RANDOM_BYTES = 8
const DRAWN = 512 * RANDOM_BYTES

/** A clock over a source of milliseconds; the machine's own by default. */
export function createClock(millisNow: () => number = Date.now): Clock {
  let last = 0
  let counter = 0
  const drawn = new Uint8Array(DRAWN)
  let used = DRAWN
  const random = (): Uint8Array => {
    if (used === DRAWN) {
      randomFillSync(drawn)
      used = 0
    }
    used += RANDOM_BYTES
    return drawn.subarray(used - RANDOM_BYTES, used)
  }
  return {
    now: () => new Date(millisNow()),
    today: () => chinaDay(new Date(millisNow())),
    newId: () => {
      const millis = millisNow()
      if (millis > last) {
        last = millis
        counter = 0
      } else if (++counter > 0xfff) {
        // More than 4,096 ids in a millisecond: borrow from the next one rather than lose the order.
        last += 1
        counter = 0
      }
      return formatUuid7(last, counter, random())
    },
  }
}

/** The calendar day of an instant in China (UTC+8, no summer time). */
export const chinaDay = (instant: Date): PlainDate =>
  new Date(instant.getTime() + CHINA_OFFSET_MILLIS).toISOString().slice(0, 10) as PlainDate
