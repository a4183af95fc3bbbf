/** A calendar day without time or zone, always 'YYYY-MM-DD'; lexical order is calendar order. */
export type PlainDate = string & { readonly __plainDate: true }

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** True for a leap year of the Gregorian calendar. */
export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Number of days of a month (1–12) of a year. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0)

/** The day, or undefined when it is not in the calendar. Years 1000–9999. */
export function plainDate(year: number, month: number, day: number): PlainDate | undefined {
  if (!Number.isInteger(year) || year < 1000 || year > 9999) return undefined
  if (!Number.isInteger(month) || month < 1 || month > 12) return undefined
  if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) return undefined
  return `${year}-${pad2(month)}-${pad2(day)}` as PlainDate
}

/** Reads 'YYYYMMDD' or 'YYYY-MM-DD' (also with `/`, `.` or 年月日 and without leading zeros); undefined when it is no day. */
export function parsePlainDate(text: string): PlainDate | undefined {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  const match = compact ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
  return match ? plainDate(Number(match[1]), Number(match[2]), Number(match[3])) : undefined
}

/** 'YYYYMMDD', the form used in templates and inside identity numbers. */
export const compactDate = (day: PlainDate): string => day.slice(0, 4) + day.slice(5, 7) + day.slice(8, 10)

/** The year of a day. */
export const yearOf = (day: PlainDate): number => Number(day.slice(0, 4))

/** Completed years of life on a day (周岁): the birthday itself counts. */
export function ageOn(birth: PlainDate, on: PlainDate): number {
  const years = yearOf(on) - yearOf(birth)
  return on.slice(5) >= birth.slice(5) ? years : years - 1
}

/** Days from the civil epoch 1970-01-01; negative before it. */
export function epochDay(day: PlainDate): number {
  const year = yearOf(day)
  const month = Number(day.slice(5, 7))
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + Number(day.slice(8, 10)) - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146097 + dayOfEra - 719468
}

/** The day so many days after another; before it when negative. */
export function addDays(day: PlainDate, days: number): PlainDate {
  const shifted = epochDay(day) + days + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${year}-${pad2(month)}-${pad2(dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1)}` as PlainDate
}

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number => epochDay(to) - epochDay(from)

const pad2 = (value: number): string => (value < 10 ? `0${value}` : String(value))
