import { refusalMessage } from '@xueji/contracts/issues/refusals'
import type { ItemRow } from '@xueji/contracts/pipeline/review.api'

/** What became of one student of the sequence; `gone` when the item has left the reviewer's list by another hand. */
export type ReviewOutcome = {
  readonly kind: 'approved' | 'refused' | 'skipped'
  readonly reason?: string
  readonly gone?: boolean
}

/** Students reviewed one after another (REG-025): the rows in the order of the list, who is shown, what became of each. */
export type ReviewQueue = {
  readonly rows: readonly ItemRow[]
  readonly at: number
  readonly outcomes: ReadonlyMap<string, ReviewOutcome>
}

/** A sequence over the selection; students that cannot be reviewed are settled with the reason before it begins. */
export function startQueue(rows: readonly ItemRow[]): ReviewQueue {
  const outcomes = new Map<string, ReviewOutcome>()
  for (const row of rows) {
    const reason = whyNotReviewable(row)
    if (reason) outcomes.set(row.id, { kind: 'skipped', reason })
  }
  return { rows, at: nextOpen(rows, outcomes, 0), outcomes }
}

/** Notes what became of the student shown and moves to the next one still open. */
export function settle(queue: ReviewQueue, outcome: ReviewOutcome): ReviewQueue {
  const row = queue.rows[queue.at]
  if (!row) return queue
  const outcomes = new Map(queue.outcomes).set(row.id, outcome)
  return { ...queue, outcomes, at: nextOpen(queue.rows, outcomes, queue.at + 1) }
}

/** The student shown; undefined once all are through. */
export const currentRow = (queue: ReviewQueue): ItemRow | undefined => queue.rows[queue.at]

/** How many ended each way, for the line below the dialog and its last page. */
export function countOutcomes(queue: ReviewQueue): Record<ReviewOutcome['kind'], number> {
  const counts = { approved: 0, refused: 0, skipped: 0 }
  for (const { kind } of queue.outcomes.values()) counts[kind]++
  return counts
}

/** Ids that wait no longer, decided here or elsewhere: they leave the list and the selection. */
export const settledIds = (queue: ReviewQueue): string[] =>
  [...queue.outcomes].filter(([, outcome]) => outcome.kind !== 'skipped' || outcome.gone).map(([id]) => id)

/** Why a reviewer cannot decide this item now, in the words of the server's refusals; undefined when they can (REG-021, REG-022). */
export function whyNotReviewable(row: Pick<ItemRow, 'commands' | 'checkState' | 'status'>): string | undefined {
  if (row.commands.includes('approve') || row.commands.includes('refuse')) return undefined
  if (row.checkState === 'failed') return refusalMessage('review.duplicate')
  if (row.status === 'checking') return refusalMessage('review.checkPending')
  if (row.status !== 'open') return refusalMessage('review.alreadyDecided')
  return refusalMessage('review.notYourStep')
}

function nextOpen(rows: readonly ItemRow[], outcomes: ReadonlyMap<string, ReviewOutcome>, from: number): number {
  let at = from
  while (at < rows.length && outcomes.has(rows[at]!.id)) at++
  return at
}
