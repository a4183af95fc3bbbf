import type { LegacyOutcome } from '@xueji/contracts/rooms/legacy/legacy.api'
import { type Conflict, connectSharing, type SharingParty } from '@xueji/domain/duplicates/connected'
import type { Executor, Transaction } from '../../platform/db.ts'
import { findSamePersonsOfLoad, findSharedNumbers } from '../../record/legacy-sharing.ts'
import { groupEntries } from '../../record/legacy-write.ts'
import { joinGroups, type NewGroup, openGroups, SYSTEM_SIGNER } from '../../record/problem-changes.ts'

/** Groups opened by one round of statements: what one of them handles stays in memory, so a group costs the same in a load of any size. */
const GROUP_CHUNK = 5_000

/** What a load is in conflict with, in itself and with the nation. */
export type Found = {
  readonly byNumber: readonly Conflict[]
  readonly byPerson: readonly Conflict[]
  /** How many numbers of the load somebody has claimed. */
  readonly claimed: number
}

/** The duplicate check of a load: two statements, and what hangs together of what they find. Read for the system's own work, told to nobody (decision 0019). */
export async function findConflicts(nation: Executor, batchId: string): Promise<Found> {
  const sharing = await findSharedNumbers(nation, batchId)
  const persons = await findSamePersonsOfLoad(nation, batchId)
  const claimed = new Set(sharing.flatMap(({ key, isClaimed }) => (isClaimed ? [key] : [])))
  return { byNumber: connectSharing(sharing), byPerson: connectSharing(persons), claimed: claimed.size }
}

/**
 * Writes the problem groups of a load: one for each wrong number, one for each conflict, newcomers to those that are open. Returns how many of each kind;
 * undefined when an open group no longer takes anybody in. Statements by the thousands of groups, never by one.
 */
export async function writeConflicts(
  tx: Transaction,
  batchId: string,
  found: Pick<Found, 'byNumber' | 'byPerson'>,
  at: string,
): Promise<Pick<LegacyOutcome, 'wrongNumber' | 'sharedNumber' | 'samePerson' | 'joined'> | undefined> {
  const wrong = await tx.query<SharingParty>(
    `select student_id as "studentId", org_path as "orgPath", row_number as "rowNumber" from legacy_entry where batch_id = $1 and result = 'created' and is_wrong order by row_number`,
    [batchId],
  )
  const groups = await nameGroups(tx, [
    ...wrong.map((party) => ({ problemType: 1 as const, fault: 'checkCharacter', parties: [party] })),
    ...newGroups(found.byNumber, 2, 'duplicate'),
    ...newGroups(found.byPerson, 3, 'samePerson'),
  ])
  const joinings = [...found.byNumber, ...found.byPerson].flatMap(({ groupId, parties }) =>
    groupId ? [{ groupId, parties }] : [],
  )
  const written = await tx.nationwide(async (nation) => {
    if (!(await joinGroups(nation, joinings, SYSTEM_SIGNER, at))) return false
    for (let from = 0; from < groups.length; from += GROUP_CHUNK) {
      const chunk = groups.slice(from, from + GROUP_CHUNK)
      await openGroups(nation, chunk, SYSTEM_SIGNER, at)
      await groupEntries(nation, batchId, chunk.flatMap(rowsOf))
    }
    await groupEntries(nation, batchId, joinings.flatMap(rowsOf))
    return true
  })
  if (!written) return undefined
  const ofType = (type: 1 | 2 | 3): number => groups.filter(({ problemType }) => problemType === type).length
  return { wrongNumber: ofType(1), sharedNumber: ofType(2), samePerson: ofType(3), joined: joinings.length }
}

/** What stands in a group with the rows of the load it came by. */
type Grouped = { readonly groupId: string; readonly parties: readonly SharingParty[] }
type Named = NewGroup & Grouped
type Unnamed = Omit<Named, 'groupId' | 'isHistory'>

/** The rows that stand in a group; who was enrolled already has none. */
const rowsOf = ({ groupId, parties }: Grouped): { readonly rowNumber: number; readonly groupId: string }[] =>
  parties.flatMap(({ rowNumber }) => (rowNumber === null ? [] : [{ rowNumber, groupId }]))

/** Groups to be opened, whoever came last first in them (PROB-003). */
const newGroups = (conflicts: readonly Conflict[], problemType: 2 | 3, fault: string): readonly Unnamed[] =>
  conflicts.flatMap(({ groupId, parties }) =>
    groupId ? [] : [{ problemType, fault, parties: [...parties].reverse() }],
  )

async function nameGroups(tx: Transaction, groups: readonly Unnamed[]): Promise<readonly Named[]> {
  const ids = await tx.query<{ id: string }>('select new_id() as id from generate_series(1, $1::int)', [groups.length])
  return groups.map((group, index) => ({ ...group, groupId: ids[index]!.id, isHistory: true }))
}
