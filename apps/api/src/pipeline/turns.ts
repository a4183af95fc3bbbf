/** Lets so many work at a time and the others wait, first come, first served. `take` resolves with what ends the turn. */
export function createTurns(atOnce: number): { readonly take: () => Promise<() => void> } {
  const waiting: (() => void)[] = []
  let free = atOnce
  const end = (): void => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
  return {
    take: async () => {
      if (free > 0) free--
      else await new Promise<void>((resolve) => waiting.push(resolve))
      let ended = false
      return () => {
        if (!ended) end()
        ended = true
      }
    },
  }
}
