const NAMES = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六']

/** Day of the week of a plain day, whatever the zone of the computer. */
export const weekdayOf = (day: string): string => NAMES[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''

/** How a waiting time looks: from five days on it deserves attention, from ten on it is overdue. */
export function urgencyOf(oldestAt: string | null, now: Date = new Date()): 'none' | 'warning' | 'error' {
  if (!oldestAt) return 'none'
  const days = (now.getTime() - new Date(oldestAt).getTime()) / 86_400_000
  if (days >= 10) return 'error'
  return days >= 5 ? 'warning' : 'none'
}
