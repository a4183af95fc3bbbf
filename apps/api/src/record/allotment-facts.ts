import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import type { AllotmentFacts } from '@xueji/domain/student/allotment'
import { type AllottedLetter, sequenceOf, temporaryPrefix } from '@xueji/domain/student/student-number'
import type { Transaction } from '../platform/db.ts'

/** Who may need which kind of number. */
export type NumberNeed = {
  readonly formalNumber: string | null
  /** What the number begins with when it is no formal one. */
  readonly letter: AllottedLetter
  readonly regionCode: string
  readonly birthDate: PlainDate
}

/**
 * Loads what allotment has to know for a set, in at most three statements, and locks the temporary prefixes it will draw from until the
 * transaction ends, in one order, so that two bureaus never draw the same sequence (NUM-005; the unique number is the last word).
 */
export async function loadAllotmentFacts(
  tx: Transaction,
  today: PlainDate,
  needs: readonly NumberNeed[],
): Promise<AllotmentFacts> {
  const formal = needs.flatMap((need) => (need.formalNumber ? [need.formalNumber] : []))
  const prefixes = [
    ...new Set(
      needs
        .filter((need) => !need.formalNumber)
        .map((need) => temporaryPrefix(need.regionCode, need.birthDate, need.letter)),
    ),
  ].sort()
  const taken = formal.length
    ? await tx.query<{ number: string }>('select number from student_number where number = any($1)', [formal])
    : []
  const usedSequences = new Map<string, Set<number>>(prefixes.map((prefix) => [prefix, new Set()]))
  if (prefixes.length > 0) {
    await tx.query(
      'select pg_advisory_xact_lock(hashtextextended(prefix, 0)) from unnest($1::text[]) as prefix order by prefix',
      [prefixes],
    )
    const used = await tx.query<{ number: string }>(
      `select n.number from unnest($1::text[]) as prefix join student_number n on n.number >= prefix and n.number < prefix || '~'`,
      [prefixes],
    )
    for (const { number } of used) usedSequences.get(number.slice(0, 15))?.add(sequenceOf(number))
  }
  return { today, usedSequences, takenNumbers: new Set(taken.map((row) => row.number)) }
}
