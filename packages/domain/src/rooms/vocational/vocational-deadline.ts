import { addDays, epochDay, type PlainDate, plainDate } from '../../kernel/plain-date.ts'

// 1 January 1970 was a Thursday.
const isWeekend = (day: PlainDate): boolean => (epochDay(day) + 4) % 7 === 6 || (epochDay(day) + 4) % 7 === 0

/**
 * TIME-002: the last day on which newcomers of a vocational school are registered in time, so many working days after they enter on 1 September. Weekends
 * are left out; public holidays, which nobody knows years ahead, are not. Reminder only.
 */
export function vocationalDeadline(entryYear: number, workingDays: number): PlainDate {
  let day = plainDate(entryYear, 9, 1)!
  for (let left = workingDays; left > 0; ) {
    day = addDays(day, 1)
    if (!isWeekend(day)) left--
  }
  return day
}
