import type { ProgressView } from './progress.api.ts'

/** The deadline in words: how long there is left, or how long it is past (TIME-001). */
export function deadlineText({ entryYear, deadline }: Pick<ProgressView, 'entryYear' | 'deadline'>): string {
  const { on, daysLeft } = deadline
  const head = `${entryYear} 年新生须在 ${on} 前完成注册`
  if (daysLeft < 0) return `${head}，已超期 ${-daysLeft} 天`
  return daysLeft === 0 ? `${head}，今天是最后一天` : `${head}，还剩 ${daysLeft} 天`
}
