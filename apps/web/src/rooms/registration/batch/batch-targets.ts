import { useQueries } from '@tanstack/react-query'
import type { BatchCommandRequest, ItemFilter } from '@xueji/contracts/pipeline/review.api'
import { countItems, type EntryGroup, KEYS } from '../registration.queries.ts'

/** What a batch command is for: the conditions of a list, the schools ticked, or the students ticked. `label` says where they are. */
export type BatchTarget =
  | { readonly label: string; readonly filter: ItemFilter }
  | { readonly label: string; readonly group: EntryGroup; readonly schoolIds: readonly string[] }
  | { readonly label: string; readonly ids: readonly string[] }

/** How many a batch command would concern, and how many of them without a verified identity. */
export type TargetCount = {
  readonly total: number
  readonly unverified: number
  readonly capped: boolean
  readonly ready: boolean
}

// The server takes this many ids in one command.
const MOST_IDS = 5_000

/** Counts the targets before anything is done: the number is shown in the dialog that asks. */
export function useTargetCount(view: 'review' | 'escalate', target: BatchTarget): TargetCount {
  const filters = filtersOf(target)
  const wanted = filters.flatMap((filter) => [
    { filter, what: 'total' as const },
    ...(filter.check ? [] : [{ filter: { ...filter, check: 'unverified' as const }, what: 'unverified' as const }]),
  ])
  const answers = useQueries({
    queries: wanted.map(({ filter }) => ({
      queryKey: [...KEYS.allItems, 'count', view, filter],
      queryFn: () => countItems(view, filter),
      staleTime: 0,
    })),
  })
  const sum = (what: 'total' | 'unverified'): number =>
    answers.reduce((total, answer, index) => total + (wanted[index]!.what === what ? (answer.data?.total ?? 0) : 0), 0)
  return {
    total: 'ids' in target ? target.ids.length : sum('total'),
    unverified: sum('unverified'),
    capped: answers.some((answer) => answer.data?.capped),
    ready: answers.every((answer) => answer.data !== undefined),
  }
}

/** The commands for a target; `verifiedOnly` leaves unverified identities to be reviewed one by one. */
export function requestsFor(
  target: BatchTarget,
  opinion: string,
  verifiedOnly: boolean,
): readonly Omit<BatchCommandRequest, 'command'>[] {
  const check = verifiedOnly ? { check: 'clear' as const } : {}
  if ('ids' in target) return chunk(target.ids, MOST_IDS).map((ids) => ({ opinion, ids }))
  if ('schoolIds' in target)
    return [{ opinion, filter: { group: target.group, schoolIds: [...target.schoolIds], ...check } }]
  return [{ opinion, filter: { ...target.filter, ...check } }]
}

function filtersOf(target: BatchTarget): readonly ItemFilter[] {
  if ('filter' in target) return [target.filter]
  return 'schoolIds' in target ? target.schoolIds.map((schoolId) => ({ group: target.group, schoolId })) : []
}

function chunk<Value>(values: readonly Value[], size: number): Value[][] {
  const chunks: Value[][] = []
  for (let at = 0; at < values.length; at += size) chunks.push(values.slice(at, at + size))
  return chunks
}
