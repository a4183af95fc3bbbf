import type { IssuesByRow } from '@xueji/domain/duplicates/within-file'
import { errorOn, type Issue } from '@xueji/domain/kernel/issue'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { rangeOf } from '@xueji/domain/organization/org-path'
import { checkLegacyRow } from '@xueji/domain/rooms/legacy/legacy.rules'
import { NO_PLACE, type RowChecker, type RowSet } from '../../pipeline/room.ts'
import type { Executor } from '../../platform/db.ts'

/** Temporary numbers of one county, birthday and sex; children of the other sex may have used of them only by mistake (NUM-005). */
const NUMBERS_OF_A_DAY = 23_327

/**
 * The checks of a load: rows by themselves, and as a set where they belong. Schools are the whole range of the loader, so places are joined, not loaded. Rows
 * with one number, and numbers with a holder, are no fault here: they become problem records when they enter.
 */
export const legacyChecker = (db: Executor, today: PlainDate, loaderPath: string): RowChecker => ({
  checkRow: (values) => checkLegacyRow(values, today),
  checkEvidence: () => [],
  checkFile: () => new Map(),
  checkSet: (rows) => findMisplaced(db, loaderPath, rows),
  factsKey: `legacy ${today}`,
  place: NO_PLACE,
})

type Misplaced = { row_number: number; code: string; field: string; value: string | null }

/** Rows without a school in range, a grade or class of it; whose number is just being registered or before an arbiter; for whom no number is left. One statement. */
async function findMisplaced(db: Executor, loaderPath: string, { select, parameters }: RowSet): Promise<IssuesByRow> {
  const at = (place: number): string => `$${parameters.length + place}`
  const { from, to } = rangeOf(loaderPath)
  const rows = await db.query<Misplaced>(
    `with asked as materialized (
       select given.row_number, v.* from (${select}) as given, jsonb_to_record(given.values) as v ("schoolCode" text, "gradeName" text, "classNumber" text,
         name text, gender text, "birthDate" text, "identityType" text, "identityNumber" text)
     ), placed as materialized (
       select a.*, o.id as school_id, o.path, o.region_code, g.id as grade_id, c.id as class_id,
         row_number() over (partition by o.region_code, a."birthDate", a.gender order by a.row_number) as nth
       from asked a
       left join school s on s.school_code = a."schoolCode"
       left join organization o on o.id = s.organization_id and o.status = 'active' and o.path >= ${at(1)} and o.path < ${at(2)}
       left join grade g on g.school_id = o.id and g.name = a."gradeName" and g.status = 'active'
       left join school_class c on c.grade_id = g.id and c.class_number = a."classNumber" and c.status = 'active'
     ), crowded as (
       select region_code, "birthDate", gender, max(nth) as most from placed where school_id is not null and "birthDate" is not null group by 1, 2, 3
     ), room_left as (
       select d.region_code, d."birthDate", d.gender, ${NUMBERS_OF_A_DAY} - (
         select count(*) from student_number n, (select 'L' || d.region_code || replace(d."birthDate", '-', '') as prefix) as p
         where n.number >= p.prefix collate "C" and n.number < (p.prefix || '~') collate "C") as numbers
       from crowded d
     )
     select row_number, 'legacy.noSchool' as code, 'schoolCode' as field, "schoolCode" as value from placed where school_id is null and "schoolCode" is not null
     union all select row_number, 'legacy.noGrade', 'gradeName', "gradeName" from placed where school_id is not null and grade_id is null and "gradeName" is not null
     union all select row_number, 'legacy.noClass', 'classNumber', "classNumber" from placed where grade_id is not null and class_id is null and "classNumber" is not null
     union all select a.row_number, 'legacy.inRegistration', 'identityNumber', a."identityNumber" from asked a
       join identity_claim c on c.identity_number = a."identityNumber" and c.identity_type = a."identityType" and c.released_at is null and c.student_id is null
     union all select distinct a.row_number, 'legacy.inArbitration', 'identityNumber', a."identityNumber" from problem_group g
       join problem_member m on m.group_id = g.id and m.is_live join student s on s.id = m.student_id
       join placed a on a."identityNumber" = s.identity_number and a."identityType" = s.identity_type and (a.path, a.name) is distinct from (s.org_path, s.name)
       where g.status = 'arbitration'
     union all select p.row_number, 'register.numbersExhausted', 'birthDate', p."birthDate" from placed p
       join room_left l on l.region_code = p.region_code and l."birthDate" = p."birthDate" and l.gender = p.gender and p.nth > l.numbers`,
    [...parameters, from, to],
  )
  const issues = new Map<number, Issue[]>()
  for (const { row_number, code, field, value } of rows)
    issues.set(row_number, [...(issues.get(row_number) ?? []), errorOn(field, code, value ?? undefined)])
  return issues
}
