import type { Actor } from '@xueji/domain/access/roles'
import type { RecordChange } from '@xueji/domain/student/record-change'
import type { Clock } from '../platform/clock.ts'
import type { Transaction } from '../platform/db.ts'
import { amendIdentities, strikeOff } from './identity-changes.ts'
import { openGroups, openRegroups, SYSTEM_SIGNER, settleProblems } from './problem-changes.ts'
import { groupSamePersons } from './same-persons.ts'
import {
  GUARDIAN_COLUMNS,
  GUARDIAN_RECORD,
  GUARDIAN_VALUES,
  STUDENT_COLUMNS,
  STUDENT_RECORD,
  STUDENT_VALUES,
} from './student-columns.ts'
import { goVocational } from './vocational-changes.ts'

/** The record a change made: student by item. */
export type AppliedChange = { readonly itemId: string; readonly studentId: string; readonly studentNumber: string }

type Enrol = Extract<RecordChange, { kind: 'enrol' }>
type OpenProblem = Extract<RecordChange, { kind: 'openProblem' }>

/**
 * The only writer of student tables. Applies a set of changes in the transaction given: student, guardians, number, history, identity claim,
 * problem records. A constant number of statements, however many changes; the values of new students never leave the database.
 */
export async function applyChanges(
  tx: Transaction,
  clock: Clock,
  actor: Pick<Actor, 'accountId' | 'displayName' | 'orgName'>,
  changes: readonly RecordChange[],
): Promise<readonly AppliedChange[]> {
  const enrolled = await enrol(tx, clock, actor, changes)
  const renumbered = await applyHandlings(tx, clock, actor, changes)
  return [...enrolled, ...renumbered]
}

/** Changes of records that stand: amended, struck off, left for a vocational school, problem groups moved on and opened, beyond the range where the other side lies there. */
async function applyHandlings(
  tx: Transaction,
  clock: Clock,
  actor: Pick<Actor, 'accountId' | 'displayName' | 'orgName'>,
  changes: readonly RecordChange[],
): Promise<readonly AppliedChange[]> {
  const ofKind = <Kind extends RecordChange['kind']>(kind: Kind) =>
    changes.filter((change): change is Extract<RecordChange, { kind: Kind }> => change.kind === kind)
  const amendments = ofKind('amendIdentity')
  const settlements = ofKind('settleProblem')
  const at = clock.now().toISOString()
  const withId = <Change>(change: Change): Change & { changeId: string } => ({ ...change, changeId: clock.newId() })
  await amendIdentities(tx, amendments.map(withId), actor.accountId, at)
  await strikeOff(tx, ofKind('strikeOff').map(withId), actor.accountId, at)
  const leaving = ofKind('goVocational').map(withId)
  if (leaving.length > 0) await tx.nationwide((nation) => goVocational(nation, leaving, actor.accountId, at))
  if (settlements.length > 0)
    await tx.nationwide(async () => {
      await settleProblems(tx, settlements, actor, at)
      const regroups = ofKind('regroup').map((change) => ({ ...change, groupId: clock.newId() }))
      await openRegroups(tx, regroups, actor, at)
    })
  return amendments.flatMap(({ itemId, studentId, newNumber }) =>
    newNumber ? [{ itemId, studentId, studentNumber: newNumber }] : [],
  )
}

async function enrol(
  tx: Transaction,
  clock: Clock,
  actor: Pick<Actor, 'accountId'>,
  changes: readonly RecordChange[],
): Promise<readonly AppliedChange[]> {
  const enrolments = changes.filter((change): change is Enrol => change.kind === 'enrol')
  const problems = changes.filter((change): change is OpenProblem => change.kind === 'openProblem')
  const alike = changes.filter((change) => change.kind === 'groupSamePersons')
  if (enrolments.length === 0) return []
  const at = clock.now().toISOString()
  const rows = enrolments.map((change) => ({
    itemId: change.itemId,
    studentId: clock.newId(),
    changeId: clock.newId(),
    studentNumber: change.studentNumber,
    studyStatus: change.studyStatus,
    occurredOn: change.occurredOn,
    summary: change.summary,
  }))
  const set = JSON.stringify(rows)
  await insertStudents(tx, set, at)
  await insertGuardians(tx, set)
  await insertHistory(tx, set, at, actor.accountId)
  await tx.query(
    `update identity_claim claim set student_id = change."studentId"
     from jsonb_to_recordset($1::jsonb) as change ("itemId" uuid, "studentId" uuid)
     where claim.item_id = change."itemId" and claim.released_at is null`,
    [set],
  )
  const studentOf = new Map(rows.map((row) => [row.itemId, row.studentId]))
  await openProblems(tx, clock, problems, studentOf, at)
  await groupSamePersons(tx, clock, alike, studentOf, at)
  return rows.map(({ itemId, studentId, studentNumber }) => ({ itemId, studentId, studentNumber }))
}

const CHANGE_SET = `jsonb_to_recordset($1::jsonb) as change ("itemId" uuid, "studentId" uuid, "changeId" uuid, "studentNumber" text,
  "studyStatus" text, "occurredOn" date, summary text)`

async function insertStudents(tx: Transaction, set: string, at: string): Promise<void> {
  await tx.query(
    `insert into student (id, student_number, org_id, org_path, grade_id, class_id, study_status, category, item_id,
       verification_status, created_at, ${STUDENT_COLUMNS})
     select change."studentId", change."studentNumber", item.org_id, item.org_path, item.grade_id, item.class_id, change."studyStatus",
       item.category, item.id, item.verification_status, $2, ${STUDENT_VALUES}
     from ${CHANGE_SET} join review_item item on item.id = change."itemId", ${STUDENT_RECORD}`,
    [set, at],
  )
  await tx.query(
    `insert into student_number (number, student_id, issued_at) select change."studentNumber", change."studentId", $2 from ${CHANGE_SET}`,
    [set, at],
  )
}

async function insertGuardians(tx: Transaction, set: string): Promise<void> {
  await tx.query(
    `insert into guardian (student_id, position, org_path, ${GUARDIAN_COLUMNS})
     select change."studentId", position, item.org_path, ${GUARDIAN_VALUES}
     from ${CHANGE_SET} join review_item item on item.id = change."itemId",
       jsonb_array_elements(coalesce(item.payload->'guardians', '[]')) with ordinality as guardian (member, position), ${GUARDIAN_RECORD}`,
    [set],
  )
}

async function insertHistory(tx: Transaction, set: string, at: string, actorId: string): Promise<void> {
  await tx.query(
    `insert into student_change (id, student_id, org_path, kind, occurred_on, summary, detail, item_id, actor_id, at)
     select change."changeId", change."studentId", item.org_path, 'enrol', change."occurredOn", change.summary,
       jsonb_build_object('studentNumber', change."studentNumber", 'studyStatus', change."studyStatus"), item.id, $3, $2
     from ${CHANGE_SET} join review_item item on item.id = change."itemId"`,
    [set, at, actorId],
  )
}

async function openProblems(
  tx: Transaction,
  clock: Clock,
  problems: readonly OpenProblem[],
  studentOf: ReadonlyMap<string, string>,
  at: string,
): Promise<void> {
  // One party each, of the approver's own range.
  await openGroups(
    tx,
    problems.map(({ itemId, orgPath, problemType, fault }) => ({
      groupId: clock.newId(),
      problemType,
      fault,
      parties: [{ studentId: studentOf.get(itemId)!, orgPath }],
    })),
    SYSTEM_SIGNER,
    at,
  )
}
