import type { Match, MatchEvidence } from '@xueji/domain/continuation/match'
import { matchEvidence, matchPersons, type PersonSet, RECORDS } from '../../pipeline/match-persons.ts'
import type { Transaction } from '../../platform/db.ts'

/**
 * Matching reaches beyond the vocational school's range: the records are those of other schools (decision 0018). What comes back is which record is whose,
 * for the system's own books; what the school reads of it is asked for by `standing.ts`.
 */
export const matchRecords = (tx: Transaction, persons: PersonSet): Promise<ReadonlyMap<string, Match>> =>
  tx.nationwide((nation) => matchPersons(nation, RECORDS, persons))

/** The same for one child, undecided. */
export const recordEvidence = (tx: Transaction, person: PersonSet): Promise<MatchEvidence> =>
  tx.nationwide((nation) => matchEvidence(nation, RECORDS, person))
