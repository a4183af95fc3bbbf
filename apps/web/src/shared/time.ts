import dayjs from 'dayjs'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** An instant in the local zone: `09-01 14:05` this year, `2025-09-01 14:05` in another; '' when there is none. */
export function formatInstant(iso: string | null | undefined, now: Date = new Date()): string {
  if (!iso) return ''
  const at = dayjs(iso)
  return at.format(at.year() === now.getFullYear() ? 'MM-DD HH:mm' : 'YYYY-MM-DD HH:mm')
}

/** A day as it is written everywhere, `2026-09-01`; takes a plain day or an instant. */
export function formatDay(day: string | null | undefined): string {
  if (!day) return ''
  return day.length === 10 ? day : dayjs(day).format('YYYY-MM-DD')
}

/** How long something has waited, in the largest unit: `3 天`, `2 小时`, `5 分钟`, `刚刚`; '' when there is no instant. */
export function formatAge(iso: string | null | undefined, now: Date = new Date()): string {
  if (!iso) return ''
  const millis = now.getTime() - new Date(iso).getTime()
  if (millis >= DAY) return `${Math.floor(millis / DAY)} 天`
  if (millis >= HOUR) return `${Math.floor(millis / HOUR)} 小时`
  if (millis >= MINUTE) return `${Math.floor(millis / MINUTE)} 分钟`
  return '刚刚'
}

/** A count with thousands separated: `12,345`; `100,000+` when the server stopped counting. */
export const formatCount = (count: number, capped = false): string =>
  `${count.toLocaleString('en-US')}${capped ? '+' : ''}`
