import { type AllotmentFacts, type TemporaryNeed, temporaryIssuer } from '../../student/allotment.ts'
import { sequenceOf } from '../../student/student-number.ts'

/** A new child of a load, as numbers are given out. */
export type Unnumbered = TemporaryNeed & {
  readonly rowNumber: number
  /** The well-formed number its row brings. */
  readonly wantedNumber: string | null
  /** Somebody in the nation has or had that number (NUM-002). */
  readonly isTaken: boolean
}

/** The number of one row; `keeps` when it is the one it brought. */
export type Numbered = { readonly rowNumber: number; readonly studentNumber: string; readonly keeps: boolean }

/** Whom a row may keep its number from: it is taken, or an earlier row of the load brought it (NUM-002). */
function keepersOf(rows: readonly Unnumbered[]): Map<number, string> {
  const keepers = new Map<number, string>()
  const given = new Set<string>()
  for (const { rowNumber, wantedNumber, isTaken } of rows) {
    if (!wantedNumber || isTaken || given.has(wantedNumber)) continue
    given.add(wantedNumber)
    keepers.set(rowNumber, wantedNumber)
  }
  return keepers
}

/** The rows, in their order, that keep no number of their own: what allotment has to load its facts for. */
export function needNumbers(rows: readonly Unnumbered[]): readonly Unnumbered[] {
  const keepers = keepersOf(rows)
  return rows.filter(({ rowNumber }) => !keepers.has(rowNumber))
}

/**
 * Student numbers of the new children of a load: who brings a well-formed free one keeps it, the first row of several; everybody else is allotted a
 * temporary one (NUM-004, NUM-005, NUM-011), never one that another row keeps. `exhausted` names rows for which there is none left.
 */
export function numberLegacy(
  rows: readonly Unnumbered[],
  facts: Pick<AllotmentFacts, 'usedSequences'>,
): { readonly numbered: readonly Numbered[]; readonly exhausted: readonly number[] } {
  const keepers = keepersOf(rows)
  const used = new Map([...facts.usedSequences].map(([prefix, sequences]) => [prefix, new Set(sequences)]))
  for (const number of keepers.values())
    if (!number.startsWith('G')) used.get(number.slice(0, 15))?.add(sequenceOf(number))
  const issue = temporaryIssuer(used)
  const exhausted: number[] = []
  const numbered = rows.flatMap((row): Numbered[] => {
    const kept = keepers.get(row.rowNumber)
    const studentNumber = kept ?? issue(row)
    if (!studentNumber) exhausted.push(row.rowNumber)
    return studentNumber ? [{ rowNumber: row.rowNumber, studentNumber, keeps: kept !== undefined }] : []
  })
  return { numbered, exhausted }
}
