import type { IssuesByRow } from '@xueji/domain/duplicates/within-file'
import { errorOn } from '@xueji/domain/kernel/issue'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import type { RowSet } from '../../pipeline/room.ts'
import type { Executor } from '../../platform/db.ts'

/**
 * Newcomers who are not on their school's preschool roster, by document and name (PRE-017): one anti-join for the whole set. Rows without name or number
 * have their own issue already.
 */
export async function findUnlisted(
  db: Executor,
  orgPath: string,
  { select, parameters }: RowSet,
): Promise<IssuesByRow> {
  const rows = await db.query<{ row_number: number; values: Pick<StudentValues, 'identityNumber'> }>(
    `with asked as (${select}),
     child as (select row_number, v.* from asked, jsonb_to_record(asked.values) as v (name text, "identityType" text, "identityNumber" text))
     select row_number, jsonb_build_object('identityNumber', "identityNumber") as values from child
     where name is not null and "identityType" is not null and "identityNumber" is not null and not exists (
       select 1 from preschool_roster l where l.org_path = $${parameters.length + 1} and l.identity_number = child."identityNumber"
         and l.identity_type = child."identityType" and l.name = child.name)`,
    [...parameters, orgPath],
  )
  return new Map(
    rows.map(({ row_number, values }) => [
      row_number,
      [errorOn('identityNumber', 'register.notOnPreschoolList', values.identityNumber)],
    ]),
  )
}
