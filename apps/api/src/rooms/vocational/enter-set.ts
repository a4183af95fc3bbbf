import { type RefusalId, refusalMessage } from '@xueji/contracts/issues/refusals'
import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import type { VocationalValues } from '@xueji/contracts/rooms/vocational/vocational.api'
import { identityKey } from '@xueji/domain/duplicates/holder'
import { auditCommand, type Commander } from '../../pipeline/batch-lock.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Platform } from '../../platform/platform.ts'
import { insertLines, type NewLine, type VocationalPerson } from './line-store.ts'
import { matchRecords } from './match-records.ts'
import { makeLineCheck } from './vocational-checker.ts'
import { askForChildren } from './write-requests.ts'

/** What became of one child given: its line, or why it has none. */
export type EnteredOutcome = {
  readonly id: string | null
  readonly refusal: { readonly id: string; readonly message: string } | null
  readonly issues: RowIssue[]
}

const refusedAs = (id: RefusalId, line: string | null, issues: RowIssue[] = []): EnteredOutcome => ({
  id: line,
  refusal: { id, message: refusalMessage(id) },
  issues,
})

/**
 * Enters children as lines of a school as one set: those that are sound and not on the list yet; whoever is on it answers with its line. The same number of
 * statements for one child as for a thousand.
 */
export async function enterSet(
  tx: Transaction,
  platform: Pick<Platform, 'clock'>,
  by: Commander,
  given: readonly VocationalValues[],
): Promise<EnteredOutcome[]> {
  const { clock } = platform
  const { actor } = by
  const checked = given.map(makeLineCheck(clock.today()))
  const persons = checked.flatMap((one) => ('person' in one ? [one.person] : []))
  const listed = await findListed(tx, actor.orgId, persons)
  const taken = new Set<string>()
  const asked: (Omit<NewLine, 'found'> & { readonly index: number })[] = []
  const outcomes = checked.map((one, index): EnteredOutcome => {
    if ('issues' in one) return refusedAs('vocational.lineInvalid', null, [...one.issues])
    const key = keyOf(one.person)
    const line = key === undefined ? undefined : listed.get(key)
    if (line) return refusedAs('vocational.listed', line)
    if (key !== undefined && taken.has(key)) return refusedAs('vocational.listed', null)
    if (key !== undefined) taken.add(key)
    const id = clock.newId()
    asked.push({ id, index, ...one.person })
    return { id, refusal: null, issues: [] }
  })
  const matches = await matchRecords(tx, {
    select: `select id, name, gender, "birthDate" as birth_date, "identityType" as identity_type, "identityNumber" collate "C" as identity_number,
        "studentNumber" collate "C" as student_number
      from jsonb_to_recordset($1::jsonb) as p (id uuid, name text, gender text, "birthDate" date, "identityType" text, "identityNumber" text, "studentNumber" text)`,
    parameters: [JSON.stringify(asked)],
  })
  const lines = asked.map(({ index: _, ...line }) => ({
    ...line,
    found: matches.get(line.id) ?? ({ status: '3', archiveId: null } as const),
  }))
  const place = { orgId: actor.orgId, orgPath: actor.orgPath, addedBy: actor.accountId }
  const entered = await insertLines(tx, place, lines, clock.now())
  await askForChildren(tx, [...entered], actor.orgPath, clock.now())
  await auditCommand(tx, platform, by, 'vocational.add', actor.orgId, { lines: [...entered] })
  // A colleague was quicker with a number.
  for (const { id, index } of asked) if (!entered.has(id)) outcomes[index] = refusedAs('vocational.listed', null)
  return outcomes
}

const keyOf = ({ identityType, identityNumber }: VocationalPerson): string | undefined =>
  identityNumber === null ? undefined : identityKey(identityType, identityNumber)

/** Lines of the school that have these numbers, by `identityKey`: one statement. */
async function findListed(
  tx: Transaction,
  orgId: string,
  persons: readonly VocationalPerson[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; type: string; number: string }>(
    `select id, identity_type as type, identity_number as number from vocational_roster_line
     where org_id = $1 and identity_number = any($2::text[]) and state <> 'stopped'`,
    [orgId, persons.flatMap(({ identityNumber }) => identityNumber ?? [])],
  )
  return new Map(rows.map(({ id, type, number }) => [identityKey(type, number), id]))
}
