import type { SamePerson } from '../../duplicates/same-person.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { type AllotmentFacts, allottedLetter, temporaryIssuer } from '../../student/allotment.ts'
import type { RecordChange } from '../../student/record-change.ts'
import { formalNumber } from '../../student/student-number.ts'
import type { ApprovedRegistration, RegistrationPlan } from './approved-registration.ts'
import { withGroups } from './same-person.effects.ts'

/** What the effects of a set have to know, loaded in bulk. */
export type RegistrationEffectFacts = AllotmentFacts & {
  /** `cfg.studentNo.issueJ`: children without document get a J number instead of an L number (NUM-011). */
  readonly issueJ: boolean
  /** Enrolled children without document in the whole country who are the same person as one of the set, by `personKey` (REG-032). */
  readonly samePersons: ReadonlyMap<string, readonly SamePerson[]>
}

/**
 * What the final approval of a set of registrations does (REG-031): number (NUM-003…006, 010–012), study status 在校, history line; for an unverified
 * resident card an open problem record, for children without document who are alike in name, sex and birth date one for all of them (REG-032). Items
 * are planned in order, so two children of one birthday get successive numbers.
 */
export function planRegistrations(
  items: readonly ApprovedRegistration[],
  facts: RegistrationEffectFacts,
): readonly RegistrationPlan[] {
  const nextTemporary = temporaryIssuer(facts.usedSequences)
  const issued = new Set<string>()
  const plans = items.map((item): RegistrationPlan => {
    const verified = item.identityClass === 'resident' && item.check.verificationStatus === 2
    const letter = allottedLetter(item.identityClass, facts.issueJ)
    const number = verified ? formalNumber(item.identityNumber ?? '') : nextTemporary({ ...item, letter })
    if (!number) return { itemId: item.itemId, refusal: 'register.numbersExhausted' }
    if (facts.takenNumbers.has(number) || issued.has(number))
      return { itemId: item.itemId, refusal: 'register.numberTaken' }
    issued.add(number)
    return { itemId: item.itemId, changes: changesOf(item, number, verified, facts.today) }
  })
  return withGroups(items, plans, facts)
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
