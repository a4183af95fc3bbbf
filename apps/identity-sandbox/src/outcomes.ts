import type {
  DuplicateAnswer,
  DuplicateHolder,
  DuplicateQuery,
  VerificationAnswer,
  VerificationQuery,
} from '@xueji/contracts/identity/identity-register.api'

/** `hang`: no answer, ever. `flaky`: HTTP 503 for the first FLAKY_FAILURES calls naming the person, then the good answer. */
type Disturbance = 'hang' | 'flaky'
export type Behaviour = {
  readonly check: 'clear' | 'duplicate' | Disturbance
  readonly verify: 'match' | 'notFound' | 'nameMismatch' | Disturbance
}

export const FLAKY_FAILURES = 2

const ORDINARY: Behaviour = { check: 'clear', verify: 'match' }

/** The table of the README: pairs, so that each outcome exists for a girl (even) and for a boy (odd, IDN-005). */
const STEERED: Readonly<Record<string, Behaviour>> = {
  ...bothSexes('990', '991', { check: 'duplicate', verify: 'match' }),
  ...bothSexes('980', '981', { check: 'clear', verify: 'notFound' }),
  ...bothSexes('970', '971', { check: 'clear', verify: 'nameMismatch' }),
  ...bothSexes('960', '961', { check: 'hang', verify: 'hang' }),
  ...bothSexes('962', '963', { check: 'clear', verify: 'hang' }),
  ...bothSexes('950', '951', { check: 'flaky', verify: 'flaky' }),
}

const ELSEWHERE: DuplicateHolder = { provinceCode: '34', provinceName: '安徽省' }
const ELSEWHERE_FOR_ANHUI: DuplicateHolder = { provinceCode: '41', provinceName: '河南省' }

/**
 * How the sandbox treats a document, decided by its number alone (DUP-009). A resident number is read at its sequence
 * code (characters 15–17), because its last character is the check character; any other document at its last three.
 */
export function behaviourOf(identityType: string, identityNumber: string): Behaviour {
  const code = identityType === '1' ? identityNumber.slice(14, 17) : identityNumber.slice(-3)
  return Object.hasOwn(STEERED, code) ? (STEERED[code] ?? ORDINARY) : ORDINARY
}

/** The answer of the duplicate check once the sandbox answers: what hangs or fails at first is clear later (DUP-007). */
export function duplicateAnswer(person: DuplicateQuery): DuplicateAnswer {
  if (behaviourOf(person.identityType, person.identityNumber).check !== 'duplicate') {
    return { ref: person.ref, outcome: 'clear' }
  }
  const holder = person.identityNumber.startsWith('34') ? ELSEWHERE_FOR_ANHUI : ELSEWHERE
  return { ref: person.ref, outcome: 'duplicate', holder }
}

/** The answer of the verification once the sandbox answers: what hangs or fails at first matches later (DUP-006). */
export function verificationAnswer(person: VerificationQuery): VerificationAnswer {
  const { verify } = behaviourOf('1', person.identityNumber)
  return { ref: person.ref, outcome: verify === 'hang' || verify === 'flaky' ? 'match' : verify }
}

function bothSexes(even: string, odd: string, behaviour: Behaviour): Record<string, Behaviour> {
  return { [even]: behaviour, [odd]: behaviour }
}
