import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { type Stage, stageYears } from '@xueji/domain/organization/school-kind'
import { type Admission, admissionOf } from '@xueji/domain/rooms/vocational/admission'
import type { ChildRecord, ChildRegistration } from '@xueji/domain/rooms/vocational/continue-line'
import type { StudyStatus } from '@xueji/domain/student/study-status'
import type { ItemToEnd } from '../../pipeline/room.ts'
import type { Executor } from '../../platform/db.ts'
import { describeHolder } from '../../record/identity-claims.ts'

/** Where the child of a line stands in the schools of this system, and who has it (DUP-007). */
export type ChildStanding = {
  readonly record?: ChildRecord
  readonly registration?: ChildRegistration & { readonly item: ItemToEnd }
  readonly admission: Admission | undefined
  /** Name of the school within the reader's province, of the province beyond it. */
  readonly where: string
}

type Row = {
  readonly lineId: string
  readonly studentId: string | null
  readonly orgPath: string
  readonly studyStatus: StudyStatus
  readonly stage: Stage | null
  readonly entryYear: number | null
  readonly schoolType: string | null
  readonly primaryYears: number | null
  readonly juniorYears: number | null
  readonly seniorYears: number | null
  readonly isProblem: boolean
  readonly hasOpenItem: boolean
  readonly isHandlingProblem: boolean
  readonly itemId: string | null
  readonly step: number
  readonly round: number
  readonly applicantId: string
  readonly orgName: string
  readonly provinceName: string
}

/**
 * The named fields of the children of some lines, by line: one statement over the whole country. Lines with neither record nor registration are absent. A
 * registration under way is the one that holds the document of a child of that very name.
 */
export async function loadStandings(
  nation: Executor,
  lineIds: readonly string[],
  askerPath: string,
): Promise<ReadonlyMap<string, ChildStanding>> {
  const rows = await nation.query<Row>(
    `select l.id as "lineId", s.id as "studentId", coalesce(s.org_path, i.org_path) as "orgPath", s.study_status as "studyStatus", g.stage,
       g.entry_year as "entryYear", sc.school_type as "schoolType", sc.primary_years as "primaryYears", sc.junior_years as "juniorYears",
       sc.senior_years as "seniorYears", coalesce(s.is_problem, false) as "isProblem", q.item_id is not null as "hasOpenItem",
       coalesce(q.room = 'problem', false) as "isHandlingProblem", i.id as "itemId", i.step, i.round, i.applicant_id as "applicantId",
       coalesce(o.name, '') as "orgName", coalesce(p.name, '') as "provinceName"
     from vocational_roster_line l
     left join student s on s.id = l.student_id
     left join review_queue q on q.student_id = s.id
     left join identity_claim c on s.id is null and c.identity_number = l.identity_number and c.identity_type = l.identity_type
       and c.released_at is null and c.student_id is null
     left join review_item i on i.id = c.item_id and i.student_name = l.name
     left join grade g on g.id = coalesce(s.grade_id, i.grade_id)
     left join organization o on o.id = coalesce(s.org_id, i.org_id)
     left join organization p on p.path = left(o.path, 2) and p.level = 'province'
     left join school sc on sc.organization_id = o.id
     where l.id = any($1::uuid[]) and (s.id is not null or i.id is not null)`,
    [lineIds],
  )
  return new Map(rows.map((row) => [row.lineId, standingOf(row, askerPath)]))
}

function standingOf(row: Row, askerPath: string): ChildStanding {
  const { stage, orgPath } = row
  const { where } = describeHolder(orgPath, row.orgName, row.provinceName, askerPath)
  if (row.studentId === null) {
    const item = { id: row.itemId!, orgPath, step: row.step, round: row.round, applicantId: row.applicantId }
    const registration = { itemId: item.id, stage, item }
    return { registration, admission: admissionOf({ registration }), where }
  }
  const record: ChildRecord = {
    studentId: row.studentId,
    orgPath,
    studyStatus: row.studyStatus,
    stage,
    entryYear: row.entryYear,
    years: stage === null ? 0 : stageYears({ ...row, schoolType: row.schoolType ?? '' }, stage),
    isProblem: row.isProblem,
    hasOpenItem: row.hasOpenItem,
    isHandlingProblem: row.isHandlingProblem,
  }
  return { record, admission: admissionOf({ record }), where }
}

/** A record as it is offered for confirmation, before it is masked. */
export type StoredRecord = {
  readonly id: string
  readonly name: string
  readonly gender: string
  readonly birthDate: PlainDate
  readonly identityType: string
  readonly identityNumber: string | null
  readonly studentNumber: string
  readonly stage: Stage | null
  readonly orgPath: string
  readonly orgName: string
  readonly provinceName: string
}

/** No child has more that come near; beyond that the six fields are wrong. */
const MOST_CANDIDATES = 50

/**
 * The records that may be the child's of one line, nearest first (PRE-005, PRE-019). Read over the whole country after the line was found in the caller's
 * range, so that nobody sees a record but through a line of his own.
 */
export const listCandidates = (nation: Executor, lineId: string): Promise<StoredRecord[]> =>
  nation.query<StoredRecord>(
    `with line as (select * from vocational_roster_line where id = $1), found as (
       select a.id, 1 as rank from line l join student a on a.identity_number = l.identity_number and a.identity_type = l.identity_type
       union all select n.student_id, 2 from line l join student_number n on n.number = l.student_number
       union all select a.id, 3 from line l join student a on a.name = l.name and a.birth_date = l.birth_date and a.gender = l.gender
     ), best as (select id, min(rank) as rank from found group by id)
     select a.id, a.name, a.gender, a.birth_date::text as "birthDate", a.identity_type as "identityType", a.identity_number as "identityNumber",
       a.student_number as "studentNumber", g.stage, a.org_path as "orgPath", coalesce(o.name, '') as "orgName", coalesce(p.name, '') as "provinceName"
     from best join student a on a.id = best.id left join grade g on g.id = a.grade_id left join organization o on o.id = a.org_id
     left join organization p on p.path = left(o.path, 2) and p.level = 'province'
     where a.study_status not in ('SW', 'SC', 'ZC') order by best.rank, a.id limit ${MOST_CANDIDATES}`,
    [lineId],
  )
