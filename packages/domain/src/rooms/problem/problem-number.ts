import { identityClassOf } from '../../identity/identity-type.ts'
import type { AllotmentFacts } from '../../student/allotment.ts'
import { formalNumber, nextSequence, temporaryNumber, temporaryPrefix } from '../../student/student-number.ts'
import type { IdentityValues } from './problem.rules.ts'
import type { Handling } from './problem-group.ts'

/** The part of a handling that decides its number. */
type Numbered = { readonly studentNumber: string; readonly regionCode: string }

/** Numbers for a set, none given twice: L becomes G with a verified card, G becomes a new L with an overseas document, otherwise it is kept. */
export function numberIssuer(facts: AllotmentFacts): (item: Numbered, after: IdentityValues) => string | undefined {
  const issued = new Set<string>()
  const used = new Map<string, Set<number>>()
  return ({ studentNumber, regionCode }, after) => {
    const isFormal = studentNumber.startsWith('G')
    if (after.identityType === '1' && !isFormal) {
      const number = formalNumber(after.identityNumber ?? '')
      if (facts.takenNumbers.has(number) || issued.has(number)) return 'register.numberTaken'
      issued.add(number)
      return number
    }
    if (!isFormal || identityClassOf(after.identityType) !== 'overseas') return undefined
    const prefix = temporaryPrefix(regionCode, after.birthDate)
    const taken = used.get(prefix) ?? new Set(facts.usedSequences.get(prefix))
    used.set(prefix, taken)
    const sequence = nextSequence(taken, after.gender)
    if (sequence === undefined) return 'register.numbersExhausted'
    taken.add(sequence)
    return temporaryNumber(prefix, sequence)
  }
}

/** The number an amendment needs, as allotment loads its facts: a formal one, a temporary one, or none. */
export function numberNeedOf(item: {
  readonly handling: Handling
  readonly studentNumber: string
  readonly after?: IdentityValues
}): 'formal' | 'temporary' | undefined {
  if (item.handling !== 'amend' || !item.after) return undefined
  const isFormal = item.studentNumber.startsWith('G')
  if (item.after.identityType === '1') return isFormal ? undefined : 'formal'
  return isFormal && identityClassOf(item.after.identityType) === 'overseas' ? 'temporary' : undefined
}
