import { birthDateOf, checkCharacter, genderOf } from '../../identity/identity-number.ts'
import type { IdentityValues } from './problem.rules.ts'
import type { ProblemType } from './problem-group.ts'

/** A party as hints read it; `pinyinOf` is given by the caller, for the domain knows no dictionary. */
export type CauseParty = IdentityValues & {
  readonly studentId: string
  readonly orgId: string
  readonly namePinyin: string
  /** 6-digit counties of birth place, household and school: where a number may come from. */
  readonly regions: readonly string[]
  /** What tells a family: document numbers and telephones of its members. */
  readonly guardianKeys: readonly string[]
}

/** 可能原因: what probably happened. */
export const CAUSE_KINDS = [
  'oneDigit',
  'swappedDigits',
  'checkCharacter',
  'sameChild',
  'twins',
  'homophone',
  'otherBirthDate',
  'namePinyin',
  'nameMismatch',
  'notFound',
  'sameIdentity',
  'sharedNumber',
] as const

/** One kind of cause. */
export type CauseKind = (typeof CAUSE_KINDS)[number]

/** A hint: its reason is worded from kind and params; it never acts on its own. */
export type LikelyCause = {
  readonly kind: CauseKind
  readonly studentIds: readonly string[]
  /** The number that would be right, where exactly one is. */
  readonly suggestion?: string
  readonly params?: Readonly<Record<string, string>>
}

/** What is known of a group besides its parties. */
export type CauseContext = {
  readonly problemType: ProblemType
  /** notFound · nameMismatch · checkCharacter · duplicate: the finer kind of error (codes 3.4). */
  readonly fault: string
  readonly pinyinOf: (name: string) => string
}

/** Likely causes of a group, the surest first; never empty. */
export function findCauses(parties: readonly CauseParty[], context: CauseContext): readonly LikelyCause[] {
  const slips = parties.flatMap((party) => slipOf(party) ?? [])
  const pairs = context.problemType === 1 ? [] : pairCauses(parties, context.pinyinOf)
  const others = context.problemType === 1 ? loneCauses(parties[0], context) : []
  const found = [...slips, ...pairs, ...others]
  const fallback = context.problemType === 3 ? 'sameIdentity' : 'sharedNumber'
  return found.length > 0 || parties.length === 0
    ? found
    : [{ kind: fallback, studentIds: parties.map(({ studentId }) => studentId) }]
}

/**
 * A slip of the pen in a resident number, proved: the number is wrong by its check character or against the record's own birth date and gender, and
 * exactly one number that differs in one digit, or by two neighbours changed over, is right in all three and of a county the record names.
 */
function slipOf(party: CauseParty): LikelyCause | undefined {
  const { identityType, identityNumber: number, studentId } = party
  if (identityType !== '1' || !number || !/^\d{17}[\dX]$/.test(number) || agrees(party, number)) return undefined
  const swapped = only(likely(party, number, swaps(number)))
  if (swapped) return { kind: 'swappedDigits', studentIds: [studentId], suggestion: swapped }
  const changed = likely(party, number, replacements(number))
  const near = only(changed.length > 1 ? changed.filter((one) => isKnownRegion(party, one)) : changed)
  if (near) return { kind: 'oneDigit', studentIds: [studentId], suggestion: near }
  if (checkCharacter(number) !== number[17]) return { kind: 'checkCharacter', studentIds: [studentId] }
  return { kind: 'otherBirthDate', studentIds: [studentId], params: { birthDate: party.birthDate } }
}

/** True when check character, birth date and gender of a number are all those of the record. */
const agrees = (party: CauseParty, number: string): boolean =>
  checkCharacter(number) === number[17] && birthDateOf(number) === party.birthDate && genderOf(number) === party.gender

const isKnownRegion = (party: CauseParty, number: string): boolean => party.regions.includes(number.slice(0, 6))

/** Of some numbers those that agree with the record and come from the same county as written, or from one the record names. */
const likely = (party: CauseParty, written: string, numbers: readonly string[]): string[] =>
  numbers.filter((one) => agrees(party, one) && (one.slice(0, 6) === written.slice(0, 6) || isKnownRegion(party, one)))

const swaps = (number: string): string[] =>
  [...Array(16).keys()].map((at) => number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2))

function replacements(number: string): string[] {
  const found: string[] = []
  for (let at = 0; at < 18; at++)
    for (const digit of at === 17 ? '0123456789X' : '0123456789')
      if (digit !== number[at]) found.push(number.slice(0, at) + digit + number.slice(at + 1))
  return found
}

const only = (list: readonly string[]): string | undefined => {
  const distinct = new Set(list)
  return distinct.size === 1 ? [...distinct][0] : undefined
}

function pairCauses(parties: readonly CauseParty[], pinyinOf: (name: string) => string): LikelyCause[] {
  const found: LikelyCause[] = []
  for (const [index, one] of parties.entries())
    for (const other of parties.slice(index + 1)) {
      const studentIds = [one.studentId, other.studentId]
      const isFamily = one.guardianKeys.some((key) => other.guardianKeys.includes(key))
      const sameBirth = one.birthDate === other.birthDate
      const sameName = one.name === other.name
      const soundsAlike = !sameName && pinyinOf(one.name) === pinyinOf(other.name)
      if (isFamily && sameBirth && (sameName || soundsAlike)) found.push({ kind: 'sameChild', studentIds })
      else if (isFamily && sameBirth) found.push({ kind: 'twins', studentIds })
      if (soundsAlike) found.push({ kind: 'homophone', studentIds, params: { one: one.name, other: other.name } })
    }
  return found
}

function loneCauses(party: CauseParty | undefined, { fault, pinyinOf }: CauseContext): LikelyCause[] {
  if (!party) return []
  const studentIds = [party.studentId]
  if (fault === 'notFound') return [{ kind: 'notFound', studentIds }]
  if (fault !== 'nameMismatch') return []
  const written = party.namePinyin.toLowerCase().replace(/[^a-zü]/g, '')
  const read = pinyinOf(party.name)
    .toLowerCase()
    .replace(/[^a-zü]/g, '')
  const differs = written !== '' && written !== read
  return [
    ...(differs
      ? [{ kind: 'namePinyin' as const, studentIds, params: { written: party.namePinyin, read: pinyinOf(party.name) } }]
      : []),
    { kind: 'nameMismatch', studentIds },
  ]
}
