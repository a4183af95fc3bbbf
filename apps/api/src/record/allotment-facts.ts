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

/** Beyond this many prefixes a set locks its counties instead: a load of whole counties draws from more than a server keeps locks. */
const MOST_LOCKS = 1_000

/**
 * Loads what allotment has to know for a set, in at most four statements, and locks the temporary prefixes it will draw from until the
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
    await lockPrefixes(tx, prefixes)
    const used = await tx.query<{ number: string }>(
      `select n.number from unnest($1::text[]) as prefix join student_number n on n.number >= prefix and n.number < prefix || '~'`,
      [prefixes],
    )
    for (const { number } of used) usedSequences.get(number.slice(0, 15))?.add(sequenceOf(number))
  }
  return { today, usedSequences, takenNumbers: new Set(taken.map((row) => row.number)) }
}

/** Counties first, shared where single prefixes of theirs are locked as well: neither way of locking overlooks the other. */
async function lockPrefixes(tx: Transaction, prefixes: readonly string[]): Promise<void> {
  const counties = [...new Set(prefixes.map((prefix) => Number(prefix.slice(1, 7))))].sort((a, b) => a - b)
  const few = prefixes.length <= MOST_LOCKS
  await tx.query(
    `select pg_advisory_xact_lock${few ? '_shared' : ''}(1, county) from unnest($1::int[]) as county order by county`,
    [counties],
  )
  if (few)
    await tx.query(
      'select pg_advisory_xact_lock(hashtextextended(prefix, 0)) from unnest($1::text[]) as prefix order by prefix',
      [prefixes],
    )
}
