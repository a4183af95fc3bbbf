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
  await writeEnrolments(tx, rows, at, actor.accountId)
  const studentOf = new Map(rows.map((row) => [row.itemId, row.studentId]))
  await openProblems(tx, clock, problems, studentOf, at)
  await groupSamePersons(tx, clock, alike, studentOf, at)
  return rows.map(({ itemId, studentId, studentNumber }) => ({ itemId, studentId, studentNumber }))
}

type EnrolRow = Pick<Enrol, 'itemId' | 'studentNumber' | 'studyStatus' | 'occurredOn' | 'summary'> & {
  readonly studentId: string
  readonly changeId: string
}

/**
 * Students, numbers, guardians and first lines of their histories as one statement, then the claims of their numbers: an item is found and its payload carried
 * along once for all of them. Each is looked up by its key: whatever the planner thinks of the range, it is not read through.
 */
async function writeEnrolments(
  tx: Transaction,
  rows: readonly EnrolRow[],
  at: string,
  actorId: string | null,
): Promise<void> {
  const column = <Key extends keyof EnrolRow>(key: Key): EnrolRow[Key][] => rows.map((row) => row[key])
  await tx.query(
    `with item as materialized (
       select c.*, i.* from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::date[], $7::text[])
         as c (item_id, student_id, change_id, student_number, study_status, occurred_on, summary),
       lateral (select id, org_id, org_path, grade_id, class_id, category, verification_status, payload from review_item where id = c.item_id offset 0) as i),
     enrolled as (
       insert into student (id, student_number, org_id, org_path, grade_id, class_id, study_status, category, item_id, verification_status, created_at,
         ${STUDENT_COLUMNS})
       select item.student_id, item.student_number, item.org_id, item.org_path, item.grade_id, item.class_id, item.study_status, item.category, item.id,
         item.verification_status, $8, ${STUDENT_VALUES}
       from item, ${STUDENT_RECORD}),
     numbered as (
       insert into student_number (number, student_id, issued_at) select student_number, student_id, $8 from item),
     family as (
       insert into guardian (student_id, position, org_path, ${GUARDIAN_COLUMNS})
       select item.student_id, position, item.org_path, ${GUARDIAN_VALUES}
       from item, jsonb_array_elements(coalesce(item.payload->'guardians', '[]')) with ordinality as guardian (member, position), ${GUARDIAN_RECORD}),
     history as (
       insert into student_change (id, student_id, org_path, kind, occurred_on, summary, detail, item_id, actor_id, at)
       select change_id, student_id, org_path, 'enrol', occurred_on, summary,
         jsonb_build_object('studentNumber', student_number, 'studyStatus', study_status), id, $9, $8 from item)
     select`,
    [
      column('itemId'),
      column('studentId'),
      column('changeId'),
      column('studentNumber'),
      column('studyStatus'),
      column('occurredOn'),
      column('summary'),
      at,
      actorId,
    ],
  )
  // Each claim by its key too: a join would read every live one as long as the planner believes they are few.
  await tx.query(
    `update identity_claim claim set student_id = (select s.id from student s where s.item_id = claim.item_id)
     where claim.id = any(array(select held.id from unnest($1::uuid[]) as item (id),
       lateral (select id, released_at from identity_claim where item_id = item.id offset 0) as held where held.released_at is null))`,
    [column('itemId')],
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
