import type { CheckState } from '../../duplicates/verdict.ts'
import type { Gender } from '../../identity/identity-number.ts'
import type { IdentityClass } from '../../identity/identity-type.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { AllotmentFacts } from '../../student/allotment.ts'
import type { RecordChange } from '../../student/record-change.ts'
import { formalNumber, nextSequence, temporaryNumber, temporaryPrefix } from '../../student/student-number.ts'

/** The part of an approved item that decides its effects. */
export type ApprovedRegistration = {
  readonly itemId: string
  readonly orgPath: string
  readonly schoolName: string
  /** 6-digit county of the school's address (NUM-004). */
  readonly regionCode: string
  readonly identityClass: IdentityClass
  readonly identityNumber: string | null
  readonly gender: Gender
  readonly birthDate: PlainDate
  readonly check: CheckState
}

/** The outcome for one item: changes as data, or why it can't take effect. */
export type RegistrationPlan =
  | { readonly itemId: string; readonly changes: readonly RecordChange[] }
  | { readonly itemId: string; readonly refusal: 'register.numberTaken' | 'register.numbersExhausted' }

/**
 * What the final approval of a set of registrations does (REG-031): number (NUM-003…006, 010–012), study status 在校, history line, and for an
 * unverified resident card an open problem record. Items are planned in order, so two children of one birthday get successive numbers.
 */
export function planRegistrations(
  items: readonly ApprovedRegistration[],
  facts: AllotmentFacts,
): readonly RegistrationPlan[] {
  const taken = new Map<string, Set<number>>()
  const issued = new Set<string>()
  return items.map((item) => {
    const verified = item.identityClass === 'resident' && item.check.verificationStatus === 2
    const number = verified ? formalNumber(item.identityNumber ?? '') : nextTemporary(item, facts, taken)
    if (!number) return { itemId: item.itemId, refusal: 'register.numbersExhausted' }
    if (facts.takenNumbers.has(number) || issued.has(number))
      return { itemId: item.itemId, refusal: 'register.numberTaken' }
    issued.add(number)
    return { itemId: item.itemId, changes: changesOf(item, number, verified, facts.today) }
  })
}

function changesOf(
  item: ApprovedRegistration,
  studentNumber: string,
  verified: boolean,
  today: PlainDate,
): RecordChange[] {
  const enrol: RecordChange = {
    kind: 'enrol',
    itemId: item.itemId,
    orgPath: item.orgPath,
    studentNumber,
    studyStatus: 'ZX',
    occurredOn: today,
    summary: `在${item.schoolName}完成学籍注册`,
  }
  if (item.identityClass !== 'resident' || verified) return [enrol]
  return [
    enrol,
    {
      kind: 'openProblem',
      itemId: item.itemId,
      orgPath: item.orgPath,
      problemType: 1,
      fault: item.check.verificationFault ?? 'notFound',
      occurredOn: today,
    },
  ]
}

function nextTemporary(
  item: ApprovedRegistration,
  facts: AllotmentFacts,
  taken: Map<string, Set<number>>,
): string | undefined {
  const prefix = temporaryPrefix(item.regionCode, item.birthDate)
  let used = taken.get(prefix)
  if (!used) {
    used = new Set(facts.usedSequences.get(prefix))
    taken.set(prefix, used)
  }
  const sequence = nextSequence(used, item.gender)
  if (sequence === undefined) return undefined
  used.add(sequence)
  return temporaryNumber(prefix, sequence)
}
