import { randomBytes } from 'node:crypto'
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

/** A clock over a source of milliseconds; the machine's own by default. */
export function createClock(millisNow: () => number = Date.now): Clock {
  let last = 0
  let counter = 0
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
      return formatUuid7(last, counter, randomBytes(8))
    },
  }
}

/** The calendar day of an instant in China (UTC+8, no summer time). */
export const chinaDay = (instant: Date): PlainDate =>
  new Date(instant.getTime() + CHINA_OFFSET_MILLIS).toISOString().slice(0, 10) as PlainDate
