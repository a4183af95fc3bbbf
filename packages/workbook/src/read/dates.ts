import { DATE, DATE_TIME, DURATION, type NumberKind, TIME } from './number-format.ts'

const SECONDS_PER_DAY = 86_400
/** 9999-12-31 in days since 1900, the last day a sheet can show. */
const LAST_SERIAL = 2_958_465
/** Days between the two epochs a workbook may count from. */
const OFFSET_1904 = 1462
/** In days, a tenth of a millisecond. */
const BINARY_SLACK = 1e-9

/**
 * A serial number as the text its format shows: 'YYYY-MM-DD', 'YYYY-MM-DD HH:mm:ss' (midnight is left out), 'HH:mm:ss'.
 * Undefined where a sheet shows no date: negative, or beyond the year 9999.
 *
 * In the 1900 system day 60 is 1900-02-29, which never was; Excel shows it, and so do we.
 */
export function serialText(serial: number, kind: NumberKind, epoch1904: boolean): string | undefined {
  const seconds = Math.round(serial * SECONDS_PER_DAY)
  if (!(seconds >= 0) || serial >= LAST_SERIAL + 1) return undefined
  if (kind === DURATION) return clockText(seconds)
  const dayOf = (count: number) => (epoch1904 ? count + OFFSET_1904 : count)
  if (kind === TIME) return clockText(seconds % SECONDS_PER_DAY)
  // Where no time is shown the day is the one begun; only what the arithmetic of a binary number took away is given back.
  if (kind === DATE) return dayText(dayOf(Math.floor(serial + BINARY_SLACK)))
  if (kind !== DATE_TIME) return undefined
  const day = dayText(dayOf(Math.floor(seconds / SECONDS_PER_DAY)))
  const time = seconds % SECONDS_PER_DAY
  return day === undefined || time === 0 ? day : `${day} ${clockText(time)}`
}

/** A cell of type 'd' holds ISO 8601; a time of midnight is left out as above, and any where the format shows the day only. */
export function isoText(text: string, dayOnly = false): string {
  const match = /^\s*(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2})?(?:\.\d+)?Z?)?\s*$/.exec(text)
  if (match === null) return text
  const time = match[2] === undefined ? '00:00:00' : match[2] + (match[3] ?? ':00')
  return dayOnly || time === '00:00:00' ? match[1]! : `${match[1]} ${time}`
}

/** Serial day counted from 1900-01-01 = 1. */
function dayText(serial: number): string | undefined {
  if (serial > LAST_SERIAL) return undefined
  if (serial === 0) return '1900-01-00'
  if (serial === 60) return '1900-02-29'
  // 25,569 is 1970-01-01; days before the phantom leap day are one nearer.
  return civilText(serial - 25_569 + (serial < 60 ? 1 : 0))
}

/** Days since 1970-01-01 to a Gregorian date, counted in eras of 400 years that start on 1 March. */
function civilText(daysSince1970: number): string {
  const days = daysSince1970 + 719_468
  const era = Math.floor(days / 146_097)
  const ofEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * ofYear + 2) / 153)
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

function clockText(seconds: number): string {
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
