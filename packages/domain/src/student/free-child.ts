/** What later rooms are about to begin with a child (flows §13, rows). */
export type Undertaking =
  | 'problemHandling'
  | 'keyDataChange'
  | 'transfer'
  | 'crossTransfer'
  | 'crossGraduation'
  | 'admission'
  | 'graduation'
  | 'vocationalContinuation'

/** What a child is in the middle of (flows §13, columns). */
export type ChildBusiness = {
  readonly isProblem: boolean
  /** An item of any room that is not over; for a problem record that of its own handling too. */
  readonly hasOpenItem: boolean
  /** That item is the handling of its problem record. */
  readonly isHandlingProblem: boolean
}

// PROB-022: neither side of a problem record moves to another school; PROB-023, GRAD-001: nor graduates.
const CLOSED_TO_PROBLEMS: ReadonlySet<Undertaking> = new Set([
  'transfer',
  'crossTransfer',
  'crossGraduation',
  'admission',
  'graduation',
  'vocationalContinuation',
])

/**
 * Why a child is not free for something, or undefined when it is: the one question every room asks before it begins (flows §13; PROB-022, PROB-023).
 * Handling a problem record only minds business other than its own.
 */
export function whyNotFree(
  child: ChildBusiness,
  undertaking: Undertaking,
): 'business.problem' | 'business.open' | undefined {
  if (child.isProblem && CLOSED_TO_PROBLEMS.has(undertaking)) return 'business.problem'
  if (!child.hasOpenItem) return undefined
  return undertaking === 'problemHandling' && child.isHandlingProblem ? undefined : 'business.open'
}
