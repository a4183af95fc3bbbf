import type { PlainDate } from '../kernel/plain-date.ts'
import { plainDate, yearOf } from '../kernel/plain-date.ts'

/**
 * The school year a day belongs to, named by the calendar year in which it begins. It turns on 11 August, the day after the
 * national promotion (TIME-006, GRAD-010).
 */
export const schoolYearOf = (day: PlainDate): number => (day.slice(5) >= '08-11' ? yearOf(day) : yearOf(day) - 1)

/** 31 August of the entry year: the day on which the entry age is counted (REG-018). */
export const entryAgeDay = (entryYear: number): PlainDate => plainDate(entryYear, 8, 31)!

/** Grade level (1…) of a class that entered its stage in `entryYear`, seen from a school year. */
export const gradeLevelIn = (schoolYear: number, entryYear: number): number => schoolYear - entryYear + 1
