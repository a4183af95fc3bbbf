import type { Gender } from '../identity/identity-number.ts'
import type { IdentityClass } from '../identity/identity-type.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { type AllottedLetter, nextSequence, temporaryNumber, temporaryPrefix } from './student-number.ts'

/** What allotment has to know, loaded in bulk. */
export type AllotmentFacts = {
  readonly today: PlainDate
  /** Sequences taken, by temporary prefix (NUM-005). */
  readonly usedSequences: ReadonlyMap<string, ReadonlySet<number>>
  /** Formal numbers of this set that somebody already holds (NUM-012). */
  readonly takenNumbers: ReadonlySet<string>
}

/** Who needs a temporary number. */
export type TemporaryNeed = {
  readonly letter: AllottedLetter
  readonly regionCode: string
  readonly birthDate: PlainDate
  readonly gender: Gender
}

/** The letter of the number a child gets who gets no formal one (NUM-006, NUM-010, NUM-011). */
export const allottedLetter = (identityClass: IdentityClass | undefined, issueJ: boolean): AllottedLetter =>
  identityClass === 'undocumented' && issueJ ? 'J' : 'L'

/**
 * Draws temporary numbers for a set one after another, the smallest free one each, none twice; undefined when a prefix has none left (NUM-005). What was
 * looked through is not looked through again: a day on which thousands are born costs no more than as many days.
 */
export function temporaryIssuer(
  usedSequences: AllotmentFacts['usedSequences'],
): (need: TemporaryNeed) => string | undefined {
  const drawn = new Map<string, { readonly used: Set<number>; readonly last: Record<Gender, number> }>()
  return ({ letter, regionCode, birthDate, gender }) => {
    const prefix = temporaryPrefix(regionCode, birthDate, letter)
    const book = drawn.get(prefix) ?? { used: new Set(usedSequences.get(prefix)), last: { '1': 0, '2': 0 } }
    drawn.set(prefix, book)
    const sequence = nextSequence(book.used, gender, book.last[gender])
    if (sequence === undefined) return undefined
    book.last[gender] = sequence
    return temporaryNumber(prefix, sequence)
  }
}
