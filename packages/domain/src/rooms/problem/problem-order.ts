/** What decides who acts first: instants as ISO text, the larger of registration and the last change of identity (flows §4.1). */
export type Arrival = {
  readonly studentId: string
  readonly registeredAt: string
  readonly identityChangedAt: string | null
}

/**
 * The parties in the order in which they act: who registered or changed last comes first (PROB-003); of two at the same instant the one whose
 * record is younger, ids rising with age.
 */
export function actingOrder(arrivals: readonly Arrival[]): readonly string[] {
  return [...arrivals]
    .sort((a, b) => compare(latest(b), latest(a)) || compare(b.studentId, a.studentId))
    .map(({ studentId }) => studentId)
}

const latest = ({ registeredAt, identityChangedAt }: Arrival): string =>
  identityChangedAt && identityChangedAt > registeredAt ? identityChangedAt : registeredAt

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
