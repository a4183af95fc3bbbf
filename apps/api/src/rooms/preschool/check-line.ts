import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import type { RosterValues } from '@xueji/contracts/rooms/preschool/preschool.api'
import { PRESCHOOL_ROSTER_TEMPLATE } from '@xueji/contracts/rooms/preschool/roster.template'
import type { MatchPerson } from '@xueji/domain/continuation/match'
import { identityKey } from '@xueji/domain/duplicates/holder'
import { passes } from '@xueji/domain/kernel/issue'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { checkListed } from '@xueji/domain/rooms/preschool/roster.rules'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { presentIssue } from '../../pipeline/import-view.ts'
import { makeRowCheck } from '../../pipeline/row-stage.ts'
import type { Executor } from '../../platform/db.ts'
import { findHolders } from '../../record/identity-claims.ts'
import { rosterChecker } from './roster-checker.ts'
import { isListedElsewhere } from './roster-store.ts'

/** The five fields of a line read and found sound, or what is wrong with them. */
export type CheckedLine = { readonly person: MatchPerson } | { readonly issues: readonly RowIssue[] }

/** A conflict of numbers seen at the last moment, by the unique key. */
export const LISTED: RefusalId = 'preschool.listed'

/**
 * Checks the five fields of 新增 and 修改 as an import checks its rows (PRE-001, PRE-002). `exceptId` is the line being edited: its own number is its own.
 * `nation` sees beyond the school.
 */
export async function checkLine(
  nation: Executor,
  today: PlainDate,
  orgPath: string,
  given: RosterValues,
  exceptId: string | null,
): Promise<CheckedLine> {
  const check = makeRowCheck(PRESCHOOL_ROSTER_TEMPLATE, rosterChecker(nation, today))
  const { values, issues } = check({ rowNumber: 1, cells: given })
  const person = personOf(values)
  const held = person ? await findConflicts(nation, person, values, orgPath, exceptId) : []
  const all = [...issues, ...held]
  if (!person || !passes(all)) return { issues: all.map((issue) => presentIssue(issue, PRESCHOOL_ROSTER_TEMPLATE)) }
  return { person }
}

async function findConflicts(
  nation: Executor,
  person: MatchPerson,
  values: StudentValues,
  orgPath: string,
  exceptId: string | null,
) {
  const { identityType, identityNumber } = person
  if (identityNumber === null) return []
  const holders = await findHolders(nation, [{ identityType, identityNumber }], [], orgPath)
  const holder = holders.get(identityKey(identityType, identityNumber))
  if (holder) return checkListed(values, holder)
  return (await isListedElsewhere(nation, person, exceptId)) ? checkListed(values, true) : []
}

function personOf({ name, gender, birthDate, identityType, identityNumber }: StudentValues): MatchPerson | undefined {
  if (!name || !gender || !birthDate || !identityType) return undefined
  return { name, gender, birthDate: birthDate as PlainDate, identityType, identityNumber: identityNumber ?? null }
}
