import type { RecordChange } from '@xueji/domain/student/record-change'
import type { Executor } from '../platform/db.ts'

type GoVocational = Extract<RecordChange, { kind: 'goVocational' }>

/**
 * Records leave for vocational schools (PRE-019, codes 2.22 QZZ): study status 去中职就读 and history with what was before. The record, its numbers and its
 * identity claim stay: they are the child's for life. Grade and class stay too, as the last it attended; no list of a class shows who has left.
 */
export async function goVocational(
  nation: Executor,
  changes: readonly (GoVocational & { readonly changeId: string })[],
  actorId: string | null,
  at: string,
): Promise<void> {
  const set = JSON.stringify(changes)
  const records = `jsonb_to_recordset($1::jsonb) as c ("changeId" uuid, "studentId" uuid, "vocationalSchool" jsonb, "occurredOn" date, summary text)`
  await nation.query(
    `insert into student_change (id, student_id, org_path, kind, occurred_on, summary, detail, actor_id, at)
     select c."changeId", s.id, s.org_path, 'goVocational', c."occurredOn", c.summary,
       jsonb_build_object('studyStatus', s.study_status, 'gradeId', s.grade_id, 'classId', s.class_id, 'vocationalSchool', c."vocationalSchool"), $2, $3
     from ${records} join student s on s.id = c."studentId"`,
    [set, actorId, at],
  )
  await nation.query(
    `update student s set study_status = 'QZZ', version = s.version + 1 from ${records} where s.id = c."studentId"`,
    [set],
  )
}
