import type { PlainDate } from '../kernel/plain-date.ts'

/** What allotment has to know, loaded in bulk. */
export type AllotmentFacts = {
  readonly today: PlainDate
  /** Sequences taken, by temporary prefix (NUM-005). */
  readonly usedSequences: ReadonlyMap<string, ReadonlySet<number>>
  /** Formal numbers of this set that somebody already holds (NUM-012). */
  readonly takenNumbers: ReadonlySet<string>
}
