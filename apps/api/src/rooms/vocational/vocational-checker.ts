import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import type { VocationalValues } from '@xueji/contracts/rooms/vocational/vocational.api'
import { VOCATIONAL_TEMPLATE } from '@xueji/contracts/rooms/vocational/vocational.template'
import { checkWithinFile, type IssuesByRow } from '@xueji/domain/duplicates/within-file'
import { passes } from '@xueji/domain/kernel/issue'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { isVocational } from '@xueji/domain/organization/school-kind'
import {
  checkVocationalLine,
  checkVocationalListed,
  type VocationalLineValues,
} from '@xueji/domain/rooms/vocational/vocational.rules'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { presentIssue } from '../../pipeline/import-view.ts'
import { NO_PLACE, type RowChecker, type RowSet } from '../../pipeline/room.ts'
import { makeRowCheck } from '../../pipeline/row-stage.ts'
import type { Executor } from '../../platform/db.ts'
import type { VocationalPerson } from './line-store.ts'

/** The checks of lines of a school. A child who has a record already, here or elsewhere, is what these lists are for: holders are no fault. */
export const vocationalChecker = (db: Executor, today: PlainDate, schoolId: string): RowChecker => ({
  checkRow: (values) => checkVocationalLine(values, today),
  checkHolder: () => [],
  checkEvidence: () => [],
  checkFile: checkWithinFile,
  checkSet: (rows) => findListed(db, rows, schoolId),
  factsKey: `vocational ${today}`,
  place: NO_PLACE,
})

/** Why a school cannot have such a list at all; undefined when it can (codes 2.26). */
export async function schoolHindrance(db: Executor, schoolId: string): Promise<RefusalId | undefined> {
  const [school] = await db.query<{ schoolType: string; attachedClassTypes: string[] }>(
    'select school_type as "schoolType", attached_class_types as "attachedClassTypes" from school where organization_id = $1',
    [schoolId],
  )
  return school && isVocational(school) ? undefined : 'vocational.notVocational'
}

/** Rows whose numbers are on the school's list already: one join. */
async function findListed(db: Executor, { select, parameters }: RowSet, schoolId: string): Promise<IssuesByRow> {
  const rows = await db.query<{ row_number: number; values: StudentValues }>(
    `with asked as (${select})
     select row_number, values from asked
     join vocational_roster_line l on l.identity_number = asked.values->>'identityNumber' and l.identity_type = asked.values->>'identityType'
       and l.org_id = $${parameters.length + 1} and l.state <> 'stopped'`,
    [...parameters, schoolId],
  )
  return new Map(rows.map((row) => [row.row_number, checkVocationalListed(row.values)]))
}

/** The six fields of a line read and found sound, or what is wrong with them. */
export type CheckedLine = { readonly person: VocationalPerson } | { readonly issues: readonly RowIssue[] }

/** The check of the six fields of 新增, 修改 and the service, as an import checks its rows. Made once for a set: making it costs more than a line does. */
export function makeLineCheck(today: PlainDate): (given: VocationalValues) => CheckedLine {
  const check = makeRowCheck(VOCATIONAL_TEMPLATE, {
    ...NOBODY_LISTED,
    checkRow: (values) => checkVocationalLine(values, today),
  })
  return (given) => {
    const { values, issues } = check({ rowNumber: 1, cells: given })
    const person = personOf(values)
    if (person && passes(issues)) return { person }
    return { issues: issues.map((issue) => presentIssue(issue, VOCATIONAL_TEMPLATE)) }
  }
}

const NOBODY_LISTED: Omit<RowChecker, 'checkRow'> = {
  checkHolder: () => [],
  checkEvidence: () => [],
  checkFile: () => new Map(),
  factsKey: '',
  place: NO_PLACE,
}

/** What an issue of 新增 or 修改 says when the number is on the list already. */
export const listedIssue = (person: VocationalPerson): RowIssue =>
  presentIssue(checkVocationalListed({ identityNumber: person.identityNumber ?? '' })[0]!, VOCATIONAL_TEMPLATE)

function personOf(values: VocationalLineValues): VocationalPerson | undefined {
  const { name, gender, birthDate, identityType, identityNumber, studentNumber } = values
  if (!name || !gender || !birthDate || !identityType) return undefined
  return {
    name,
    gender,
    birthDate: birthDate as PlainDate,
    identityType,
    identityNumber: identityNumber ?? null,
    studentNumber: studentNumber ?? null,
  }
}
