/** Lets at most `limit` tasks run at one time; the others wait in the order they came. */
export function createConcurrencyGate(limit: number) {
  const waiting: (() => void)[] = []
  let running = 0

  return {
    running: () => running,
    waiting: () => waiting.length,
    async run<Result>(task: () => Promise<Result>): Promise<Result> {
      // A task that ends hands its place to the next one, so the count never dips and nobody overtakes.
      if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
      else running += 1
      try {
        return await task()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running -= 1
      }
    },
  }
}
