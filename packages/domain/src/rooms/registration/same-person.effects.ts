import { personKey, type SamePerson } from '../../duplicates/same-person.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { RecordChange } from '../../student/record-change.ts'
import type { ApprovedRegistration, RegistrationPlan } from './approved-registration.ts'

/** Adds to the last one of each person what makes those who are alike a group (REG-032). */
export function withGroups(
  items: readonly ApprovedRegistration[],
  plans: readonly RegistrationPlan[],
  facts: {
    readonly today: PlainDate
    readonly samePersons: ReadonlyMap<string, readonly SamePerson[]>
  },
): readonly RegistrationPlan[] {
  const alike = new Map<string, ApprovedRegistration[]>()
  items.forEach((item, index) => {
    if (item.identityClass !== 'undocumented' || 'refusal' in plans[index]!) return
    const key = personKey(item.studentName, item.gender, item.birthDate)
    alike.set(key, [...(alike.get(key) ?? []), item])
  })
  const groups = new Map<string, RecordChange>()
  for (const [key, members] of alike) {
    const enrolled = facts.samePersons.get(key) ?? []
    if (enrolled.length + members.length < 2) continue
    const entering = members.map(({ itemId, orgPath }) => ({ itemId, orgPath }))
    groups.set(members.at(-1)!.itemId, { kind: 'groupSamePersons', entering, enrolled, occurredOn: facts.today })
  }
  return plans.map((plan) => {
    const group = groups.get(plan.itemId)
    return group && 'changes' in plan ? { ...plan, changes: [...plan.changes, group] } : plan
  })
}
