import { STUDENT_FIELDS } from '@xueji/domain/student/field-catalogue'
import type { Executor, Transaction } from '../platform/db.ts'
import {
  GUARDIAN_COLUMNS,
  GUARDIAN_RECORD,
  GUARDIAN_VALUES,
  STUDENT_COLUMNS,
  STUDENT_VALUES,
  snake,
  studentRecord,
  typedValue,
} from './student-columns.ts'

/** Whose load it is, and when. */
export type LegacyStamp = { readonly actorId: string; readonly at: string; readonly today: string }

const NEW_ROWS = `legacy_entry e join import_row r on r.batch_id = e.batch_id and r.row_number = e.row_number`
const CREATED = `e.batch_id = $1 and e.result = 'created'`
// fields 1.1, 1.3: what old records leave out and every record has.
const WITH_DEFAULTS = `(jsonb_build_object('nationality', 'CHN', 'enrolledMonth', g.entry_year || '09') || r.values)`

/** Writes down which number each new child has got. */
export const numberEntries = (
  tx: Transaction,
  batchId: string,
  numbered: readonly { readonly rowNumber: number; readonly studentNumber: string; readonly keeps: boolean }[],
): Promise<unknown> =>
  tx.query(
    `update legacy_entry e set student_number = n."studentNumber", keeps_number = n.keeps
     from jsonb_to_recordset($2::jsonb) as n ("rowNumber" int, "studentNumber" text, keeps boolean) where e.batch_id = $1 and e.row_number = n."rowNumber"`,
    [batchId, JSON.stringify(numbered)],
  )

/**
 * Enrols the new children of a load: records not verified yet, numbers, family, and where they come from as the first line of their history. Four statements,
 * whatever their number; the values never leave the database. A record names the row it came by where others name their item.
 */
export async function enrolLegacy(tx: Transaction, batchId: string, stamp: LegacyStamp): Promise<void> {
  await tx.query(
    `insert into student (id, student_number, org_id, org_path, grade_id, class_id, study_status, category, item_id, verification_status, created_at, ${STUDENT_COLUMNS})
     select e.student_id, e.student_number, e.org_id, e.org_path, e.grade_id, e.class_id, coalesce(r.values->>'studyStatus', 'ZX'), 'L01', r.id, 0, $2, ${STUDENT_VALUES}
     from ${NEW_ROWS} join grade g on g.id = e.grade_id, ${studentRecord(WITH_DEFAULTS)} where ${CREATED} order by e.row_number`,
    [batchId, stamp.at],
  )
  await tx.query(
    `insert into student_number (number, student_id, issued_at) select e.student_number, e.student_id, $2 from legacy_entry e where ${CREATED}`,
    [batchId, stamp.at],
  )
  await tx.query(
    `insert into guardian (student_id, position, org_path, ${GUARDIAN_COLUMNS})
     select e.student_id, position, e.org_path, ${GUARDIAN_VALUES}
     from ${NEW_ROWS}, jsonb_array_elements(coalesce(r.values->'guardians', '[]')) with ordinality as guardian (member, position), ${GUARDIAN_RECORD}
     where ${CREATED} and member <> '{}'`,
    [batchId],
  )
  await tx.query(
    `insert into student_change (id, student_id, org_path, kind, occurred_on, summary, detail, actor_id, at)
     select new_id(), e.student_id, e.org_path, 'legacy', $2, '存量学籍导入，学籍在' || o.name,
       jsonb_build_object('batchId', e.batch_id, 'rowNumber', e.row_number, 'studentNumber', e.student_number, 'keptNumber', e.keeps_number), $3, $4
     from legacy_entry e join organization o on o.id = e.org_id where ${CREATED}`,
    [batchId, stamp.today, stamp.actorId, stamp.at],
  )
}

// 关键字段 change through their own business only (KEY-002); pinyin follows the name by itself and would undo a correction.
const OPEN_FIELDS = STUDENT_FIELDS.filter((field) => !('controlled' in field) && field.key !== 'namePinyin')
const NEWS = OPEN_FIELDS.map((field) => `${snake(field.key)} = coalesce(${typedValue(field)}, s.${snake(field.key)})`)
const DIFFERS = OPEN_FIELDS.map(
  (field) => `coalesce(${typedValue(field)}, s.${snake(field.key)}) is distinct from s.${snake(field.key)}`,
)

/**
 * Writes what a load says anew of children the registry has already, into history with both values; an empty cell says nothing (DAY-004), who is gone stays as
 * he was. Returns how many were changed. One statement.
 */
export async function updateLegacy(tx: Transaction, batchId: string, stamp: LegacyStamp): Promise<number> {
  const [changed] = await tx.query<{ n: number }>(
    `with known as materialized (
       select s.id, e.row_number, to_jsonb(s) as before from legacy_entry e join student s on s.id = e.student_id
       where e.batch_id = $1 and e.result = 'unchanged' and s.study_status not in ('SC', 'SW')
     ), written as (
       update student s set ${NEWS.join(', ')}, version = s.version + 1
       from known k join import_row r on r.batch_id = $1 and r.row_number = k.row_number, ${studentRecord('r.values')}
       where s.id = k.id and (${DIFFERS.join(' or ')})
       returning s.id, s.org_path, k.row_number, k.before, to_jsonb(s) as after
     ), noted as (
       insert into student_change (id, student_id, org_path, kind, occurred_on, summary, detail, actor_id, at)
       select new_id(), w.id, w.org_path, 'legacyUpdate', $2, '存量学籍再次导入，更新非关键信息', (
           select jsonb_build_object('batchId', $1::text, 'rowNumber', w.row_number, 'fields', jsonb_object_agg(a.key, jsonb_build_array(b.value, a.value)))
           from jsonb_each(w.after) a join jsonb_each(w.before) b on b.key = a.key where a.value is distinct from b.value and a.key <> 'version'), $3, $4
       from written w
     ), told as (
       update legacy_entry e set result = 'changed' from written w where e.batch_id = $1 and e.row_number = w.row_number returning 1
     )
     select count(*)::int as n from told`,
    [batchId, stamp.today, stamp.actorId, stamp.at],
  )
  return changed!.n
}

/** Writes down which problem group the new children of these rows stand in: by their keys, however many rows the load has besides. One statement. */
export async function groupEntries(
  tx: Executor,
  batchId: string,
  grouped: readonly { readonly rowNumber: number; readonly groupId: string }[],
): Promise<void> {
  if (grouped.length === 0) return
  await tx.query(
    `update legacy_entry e set group_id = g."groupId" from jsonb_to_recordset($2::jsonb) as g ("rowNumber" int, "groupId" uuid)
     where e.batch_id = $1 and e.row_number = g."rowNumber"`,
    [batchId, JSON.stringify(grouped)],
  )
}
