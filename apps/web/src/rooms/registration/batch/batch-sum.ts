import type { BatchCommandState } from '@xueji/contracts/pipeline/review.api'

/** Several commands seen as one: a selection beyond what one command takes is sent in parts and has one result. */
export type BatchSum = Pick<BatchCommandState, 'total' | 'done' | 'skipped' | 'failed' | 'reasons'> & {
  /** Share worked off, 0–100. */
  readonly percent: number
  readonly finished: boolean
}

const MOST_EXAMPLES = 5

/** Adds up states; never 100 % before the last one is finished. */
export function sumBatches(states: readonly BatchCommandState[]): BatchSum {
  const sum = (pick: (state: BatchCommandState) => number): number =>
    states.reduce((total, state) => total + pick(state), 0)
  const total = sum((state) => state.total)
  const done = sum((state) => state.done)
  const skipped = sum((state) => state.skipped)
  const failed = sum((state) => state.failed)
  const finished = states.every((state) => state.status === 'finished')
  const share = total === 0 ? 0 : Math.floor(((done + skipped + failed) / total) * 100)
  return {
    total,
    done,
    skipped,
    failed,
    finished,
    percent: finished ? 100 : Math.min(99, share),
    reasons: join(states),
  }
}

function join(states: readonly BatchCommandState[]): BatchSum['reasons'] {
  const joined = new Map<string, BatchSum['reasons'][number]>()
  for (const reason of states.flatMap((state) => state.reasons)) {
    const key = `${reason.outcome}:${reason.reason}`
    const had = joined.get(key)
    joined.set(key, {
      ...reason,
      count: reason.count + (had?.count ?? 0),
      examples: [...(had?.examples ?? []), ...reason.examples].slice(0, MOST_EXAMPLES),
    })
  }
  return [...joined.values()].sort((a, b) => b.count - a.count)
}
