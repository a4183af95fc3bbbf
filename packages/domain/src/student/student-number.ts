import type { Gender } from '../identity/identity-number.ts'
import { checkCharacter } from '../identity/identity-number.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { compactDate } from '../kernel/plain-date.ts'

const SHAPE = /^[GLJ][0-9A-Z]{17}[0-9X]$/
const SEQUENCES = 36 ** 3

/** True for any well-formed 19-character student number (NUM-001). */
export const isStudentNumber = (text: string): boolean => SHAPE.test(text)

/** The formal number of a verified resident card: G + identity number (NUM-003). */
export const formalNumber = (identityNumber: string): string => `G${identityNumber.toUpperCase()}`

/** What an allotted number begins with: L a temporary number (NUM-004), J one for children without document where it is in use (NUM-011). */
export type AllottedLetter = 'L' | 'J'

/** An allotted number's fixed part: its letter, the 6-digit county of the school, the birth date (NUM-004, NUM-011). 15 characters. */
export const temporaryPrefix = (regionCode: string, birthDate: PlainDate, letter: AllottedLetter = 'L'): string =>
  `${letter}${regionCode}${compactDate(birthDate)}`

/** The number for a prefix and a sequence 1…46655: three base-36 characters and the check character (NUM-004). */
export function temporaryNumber(prefix: string, sequence: number): string {
  const body = prefix.slice(1) + sequence.toString(36).toUpperCase().padStart(3, '0')
  return prefix[0] + body + checkCharacter(body)
}

/**
 * The smallest free sequence of a prefix whose last base-36 digit has the parity of the gender: odd for boys, even for girls
 * (NUM-005). `used` holds the sequences taken under this prefix, retired ones too; those up to `after` are known to be. Undefined when all 23,000 are taken.
 */
export function nextSequence(used: ReadonlySet<number>, gender: Gender, after = 0): number | undefined {
  // 36 is even, so the last digit's parity is the sequence's parity.
  for (let sequence = after ? after + 2 : gender === '1' ? 1 : 2; sequence < SEQUENCES; sequence += 2)
    if (!used.has(sequence)) return sequence
  return undefined
}

/** The sequence inside a temporary number (characters 16–18). */
export const sequenceOf = (number: string): number => Number.parseInt(number.slice(15, 18), 36)
