import { personKey, type SamePerson } from '@xueji/domain/duplicates/same-person'
import type { RecordChange } from '@xueji/domain/student/record-change'
import type { Clock } from '../platform/clock.ts'
import type { Transaction } from '../platform/db.ts'
import { appendProblemEvents, SYSTEM_SIGNER } from './problem-changes.ts'

/** A child without document, as far as it is compared. */
export type ComparedPerson = { readonly name: string; readonly gender: string; readonly birthDate: string }

// 在籍 (codes 2.22): who has left for good is not compared with.
const ENROLLED = ['ZX', 'XX', 'YSCX', 'CX']
/** REG-032, PROB-001 type 3. */
const SAME_PERSON = 3
// Somebody of the group of `m` has chosen how to handle it, or is through.
const BEGUN = `exists (select from problem_member a where a.group_id = m.group_id and a.is_live and (a.handling is not null or a.state <> 'todo'))`

/**
 * Enrolled children without document, wherever in the country, who are called, sexed and born like one of the set, by `personKey`, the longest enrolled
 * first (REG-032). The persons are locked in one order until the transaction ends, so that of two approvals at once the second sees the first. Two
 * statements, whatever the number; what is read goes into no answer.
 */
export async function findSamePersons(
  tx: Transaction,
  persons: readonly ComparedPerson[],
): Promise<ReadonlyMap<string, readonly SamePerson[]>> {
  if (persons.length === 0) return new Map()
  const keys = [...new Set(persons.map(({ name, gender, birthDate }) => personKey(name, gender, birthDate)))].sort()
  await tx.query(lockPersons('select person from unnest($1::text[]) as person'), [keys])
  const rows = await tx.nationwide((nation) =>
    nation.query<SamePerson & { name: string; gender: string; birthDate: string }>(
      `select distinct on (s.created_at, s.id) s.name, s.gender, s.birth_date::text as "birthDate", s.id as "studentId", s.org_path as "orgPath", g.id as "groupId"
       from jsonb_to_recordset($1::jsonb) as p (name text, gender char(1), "birthDate" date)
       join student s on s.birth_date = p."birthDate" and s.gender = p.gender and s.name = p.name
       left join problem_member m on m.student_id = s.id and m.is_live
       left join problem_group g on g.id = m.group_id and g.problem_type = ${SAME_PERSON} and g.status = 'open'
       where s.identity_type = 'Z' and s.study_status = any($2) order by s.created_at, s.id, g.id nulls last`,
      [JSON.stringify(persons), ENROLLED],
    ),
  )
  const found = new Map<string, SamePerson[]>()
  for (const { name, gender, birthDate, ...person } of rows) {
    const key = personKey(name, gender, birthDate)
    found.set(key, [...(found.get(key) ?? []), person])
  }
  return found
}

/**
 * Locks persons, given as a select of one column `person`, in one order until the transaction ends. They share a thousand locks, because a load of whole
 * counties brings more of them than a server keeps locks; two that share one wait for each other and do no harm.
 */
export const lockPersons = (persons: string): string =>
  `select pg_advisory_xact_lock(2, lock) from (select distinct (hashtextextended(person, 2) % 1000)::int as lock from (${persons}) as p) as locks order by lock`

type SameGroup = Extract<RecordChange, { kind: 'groupSamePersons' }>

/**
 * Opens the problem groups of children who are alike, or adds the new ones to a group that is open already (REG-032, PROB-020). Who registered last is to
 * act first, everybody else is locked (PROB-003). Parties of other schools are written too: that is the system's work, not the approver's.
 */
export async function groupSamePersons(
  tx: Transaction,
  clock: Clock,
  groups: readonly SameGroup[],
  studentOf: ReadonlyMap<string, string>,
  at: string,
): Promise<void> {
  if (groups.length === 0) return
  const planned = groups.map((group) => {
    const known = group.enrolled.find((one) => one.groupId !== null)?.groupId
    const groupId = known ?? clock.newId()
    const entering = group.entering.map(({ itemId, orgPath }) => ({ studentId: studentOf.get(itemId)!, orgPath }))
    const parties = [...group.enrolled.filter((one) => one.groupId !== groupId), ...entering].reverse()
    return { groupId, isNew: known === undefined, parties }
  })
  const members = planned.flatMap(({ groupId, parties }) =>
    parties.map(({ studentId, orgPath }, index) => ({
      groupId,
      studentId,
      orgPath,
      ordinal: index + 1,
      isLocked: index > 0,
    })),
  )
  const ids = planned.map(({ groupId }) => groupId)
  await tx.nationwide(async (nation) => {
    await nation.query(
      `insert into problem_group (id, problem_type, fault, opened_at) select id, ${SAME_PERSON}, 'samePerson', $2 from unnest($1::uuid[]) as id`,
      [planned.filter(({ isNew }) => isNew).map(({ groupId }) => groupId), at],
    )
    // Whoever comes to a group in which nobody has acted yet goes before them; where somebody has, he acts beside them and takes nobody's turn.
    await nation.query(
      `update problem_member m set is_locked = m.is_live, position = m.position + p.newcomers
       from unnest($1::uuid[], $2::int[]) as p (id, newcomers) where m.group_id = p.id and not ${BEGUN}`,
      [ids, planned.map(({ parties }) => parties.length)],
    )
    await nation.query(
      `insert into problem_member (group_id, student_id, org_path, position, is_locked)
       select m."groupId", m."studentId", m."orgPath",
         case when b.begun then m.ordinal + (select max(position) from problem_member o where o.group_id = m."groupId") else m.ordinal end, m."isLocked" and not b.begun
       from jsonb_to_recordset($1::jsonb) as m ("groupId" uuid, "studentId" uuid, "orgPath" text, ordinal smallint, "isLocked" boolean)
       cross join lateral (select ${BEGUN.replace('m.group_id', 'm."groupId"')} as begun) b
       on conflict do nothing`,
      [JSON.stringify(members)],
    )
    await nation.query(
      `update problem_group g set version = g.version + 1, changed_at = $2, is_cross_province =
         (select count(distinct left(m.org_path, 2)) > 1 from problem_member m where m.group_id = g.id and m.is_live) where g.id = any($1::uuid[])`,
      [ids, at],
    )
    await appendProblemEvents(
      nation,
      planned.map(({ groupId, isNew }) => ({ groupId, studentId: null, kind: isNew ? 'open' : 'join' })),
      SYSTEM_SIGNER,
      at,
    )
    await nation.query('update student set is_problem = true where id = any($1::uuid[]) and not is_problem', [
      members.map(({ studentId }) => studentId),
    ])
  })
}
