import type { SamePerson } from '../duplicates/same-person.ts'
import type { VerificationFault } from '../duplicates/verdict.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import type { StudyStatus } from './study-status.ts'

/**
 * A change of the student record as data: rooms plan them, only `record/` writes them, as sets, with history and audit in the same
 * transaction (architecture §1.5). The bulk of a new student's fields stays in its review item: the change names the item, so a set of
 * thousands never travels through the process.
 */
export type RecordChange =
  | {
      /** A child enters the registry with the values of an approved item (REG-031). */
      readonly kind: 'enrol'
      readonly itemId: string
      readonly orgPath: string
      readonly studentNumber: string
      readonly studyStatus: StudyStatus
      readonly occurredOn: PlainDate
      /** 学籍变动情况, as the record card shows it. */
      readonly summary: string
    }
  | {
      /** The child of that item becomes 问题学籍 (NUM-006, PROB-001). */
      readonly kind: 'openProblem'
      readonly itemId: string
      readonly orgPath: string
      readonly problemType: 1 | 2 | 3
      readonly fault: VerificationFault
      readonly occurredOn: PlainDate
    }
  | {
      /** Children without document who are called, sexed and born alike become one group of 问题学籍 (REG-032, PROB-001), wherever they are enrolled. */
      readonly kind: 'groupSamePersons'
      /** Those of this set, in the order in which they are enrolled. */
      readonly entering: readonly { readonly itemId: string; readonly orgPath: string }[]
      readonly enrolled: readonly SamePerson[]
      readonly occurredOn: PlainDate
    }
