import { addDays, daysBetween, type PlainDate, plainDate } from '../../kernel/plain-date.ts'

/** By when the newcomers of a school year are to be registered, and how that stands today. */
export type RegisterDeadline = {
  /** The last day in time. */
  readonly on: PlainDate
  /** Days until then; 0 on the last day, negative afterwards. */
  readonly daysLeft: number
  readonly overdue: boolean
}

/** 1 September: the day on which a school year's newcomers enter. */
const entryDay = (entryYear: number): PlainDate => plainDate(entryYear, 9, 1)!

/**
 * TIME-001, PRE-018: registered within `days` after the entry day (`deadline.register`, one month). Reminder and statistics only: what is late is
 * registered all the same.
 */
export function registerDeadline(entryYear: number, days: number, today: PlainDate): RegisterDeadline {
  const on = addDays(entryDay(entryYear), days)
  const daysLeft = daysBetween(today, on)
  return { on, daysLeft, overdue: daysLeft < 0 }
}
