import type { IdentityHolder } from '../../duplicates/holder.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Stage } from '../../organization/school-kind.ts'
import type { RegistrationEntry } from './registration.review.ts'

/** A grade children may be filed for: the school's name of it and its class numbers (REG-013). */
export type RegistrationGrade = {
  readonly name: string
  readonly stage: Stage
  readonly entryYear: number
  readonly classNumbers: ReadonlySet<string>
}

/** Everything a row is checked against, loaded in bulk once per batch. */
export type RegistrationFacts = {
  readonly today: PlainDate
  /** The entry the row came by (REG-005). */
  readonly entry: Pick<RegistrationEntry, 'identityClass' | 'newcomer'>
  /** 学校标识码 of the filing school. */
  readonly schoolCode: string
  /** This school year: the entry year of the first grade into which newcomers register (REG-014). */
  readonly entryYear: number
  /** Least completed age on 31 August of the entry year (REG-018). */
  readonly entryAge: number
  /** Newcomers: their one grade. The others: every active grade of the school but that one (REG-015). */
  readonly grades: readonly RegistrationGrade[]
  /** County codes in force (REG-012). */
  readonly countyCodes: ReadonlySet<string>
  readonly campusNumbers: ReadonlySet<string>
  /** True when the school is run by 民办 founders: only they may have purchased places. */
  readonly isPrivateSchool: boolean
  /** Live holders by `identityKey` (DUP-003); only the numbers asked for. */
  readonly holders: ReadonlyMap<string, IdentityHolder>
}
