/** Seconds by the clock, and of all processors' work, which other processes on the machine disturb less. */
export type Cost = { readonly wall: number; readonly cpu: number }

/** What a piece of work costs. */
export async function measured(work: () => unknown): Promise<Cost> {
  const start = performance.now()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 }
}

/** The median of each figure. */
export function medianCost(costs: readonly Cost[]): Cost {
  return { wall: median(costs.map(({ wall }) => wall)), cpu: median(costs.map(({ cpu }) => cpu)) }
}

/** Our cost as a ratio to a floor's, for people. */
export function against(name: string, ours: Cost, floor: Cost): string {
  const ratio = (key: keyof Cost) => (ours[key] / floor[key]).toFixed(2)
  return `${name} ${floor.wall.toFixed(2)} s, ${floor.cpu.toFixed(2)} s of work: ratio ${ratio('wall')}, of work ${ratio('cpu')}`
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

/** Watches the process's memory from now on; the answer tells by how many MB it grew at most. */
export function peakGrowth(): () => number {
  globalThis.gc?.()
  const base = process.memoryUsage().rss
  let peak = base
  const look = () => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }
  const watch = setInterval(look, 20)
  return () => {
    look()
    clearInterval(watch)
    return Math.round((peak - base) / 2 ** 20)
  }
}
