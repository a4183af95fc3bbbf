import type { SamePerson } from '../duplicates/same-person.ts'
import type { VerificationFault } from '../duplicates/verdict.ts'
import type { Gender } from '../identity/identity-number.ts'
import type { IdentityType } from '../identity/identity-type.ts'
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
  | {
      /** Who a child is, corrected: the record takes the values, the number may become another (NUM-007…009, PROB-024). */
      readonly kind: 'amendIdentity'
      readonly itemId: string
      readonly studentId: string
      readonly orgPath: string
      readonly identity: {
        readonly name: string
        readonly identityType: IdentityType
        readonly identityNumber: string | null
        readonly gender: Gender
        readonly birthDate: PlainDate
      }
      /** 2 where the population register knows name and number together, else 0. */
      readonly verificationStatus: 0 | 2
      /** The number issued in place of the present one; absent when that is kept. */
      readonly newNumber?: string
      readonly occurredOn: PlainDate
      readonly summary: string
    }
  | {
      /** The record is struck off: study status 已删除, kept for look-up, its numbers never given again (PROB-024, NUM-013). */
      readonly kind: 'strikeOff'
      readonly itemId: string
      readonly studentId: string
      readonly orgPath: string
      readonly occurredOn: PlainDate
      readonly summary: string
    }
  | {
      /** The record leaves for a vocational school: study status 去中职就读, the enrolment ends, record and number stay the child's (PRE-019, codes 2.22). */
      readonly kind: 'goVocational'
      readonly studentId: string
      readonly orgPath: string
      readonly vocationalSchool: { readonly code: string; readonly name: string }
      readonly occurredOn: PlainDate
      readonly summary: string
    }
  | {
      /** A problem group after a decision: its status and where each party stands; who has left it is no 问题学籍 any more. */
      readonly kind: 'settleProblem'
      readonly itemId: string
      readonly groupId: string
      readonly status: 'open' | 'arbitration' | 'ended'
      readonly parties: readonly {
        readonly studentId: string
        readonly state: 'locked' | 'todo' | 'attested' | 'lost' | 'won' | 'amended' | 'removed' | 'released'
      }[]
      /** What the timeline says of it. */
      readonly event: { readonly kind: string; readonly studentId: string; readonly opinion: string }
    }
  | {
      /** An amended child collides with others: a new group in which it acts first (PROB-021). */
      readonly kind: 'regroup'
      readonly itemId: string
      readonly problemType: 2 | 3
      readonly parties: readonly { readonly studentId: string; readonly orgPath: string }[]
    }
