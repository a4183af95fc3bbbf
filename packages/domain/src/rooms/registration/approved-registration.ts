import type { CheckState } from '../../duplicates/verdict.ts'
import type { Gender } from '../../identity/identity-number.ts'
import type { IdentityClass } from '../../identity/identity-type.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { RecordChange } from '../../student/record-change.ts'

/** The part of an approved item that decides its effects. */
export type ApprovedRegistration = {
  readonly itemId: string
  readonly orgPath: string
  readonly schoolName: string
  /** 6-digit county of the school's address (NUM-004). */
  readonly regionCode: string
  readonly identityClass: IdentityClass
  readonly identityNumber: string | null
  readonly studentName: string
  readonly gender: Gender
  readonly birthDate: PlainDate
  readonly check: CheckState
}

/** The outcome for one item: changes as data, or why it can't take effect. */
export type RegistrationPlan =
  | { readonly itemId: string; readonly changes: readonly RecordChange[] }
  | { readonly itemId: string; readonly refusal: 'register.numberTaken' | 'register.numbersExhausted' }
