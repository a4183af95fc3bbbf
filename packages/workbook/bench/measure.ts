/** Watches the process's memory from now on; the answer tells by how many MB it grew at most. */
export function peakGrowth(): () => number {
  globalThis.gc?.()
  const base = process.memoryUsage().rss
  let peak = base
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }
  const watch = setInterval(look, 20)
  return () => {
    look()
    clearInterval(watch)
    return Math.round((peak - base) / 2 ** 20)
  }
}
