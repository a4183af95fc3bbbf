import type { RecordChange } from '@xueji/domain/student/record-change'
import type { Transaction } from '../platform/db.ts'

type Amend = Extract<RecordChange, { kind: 'amendIdentity' }>
type StrikeOff = Extract<RecordChange, { kind: 'strikeOff' }>

/**
 * Writes amended identities: record, number in place of the old one, history with the values before, claim of the new document in place of the old
 * (NUM-007…009, PROB-024). Old numbers stay in the book of numbers, so that a child is found by them.
 */
export async function amendIdentities(
  tx: Transaction,
  changes: readonly (Amend & { readonly changeId: string })[],
  actorId: string | null,
  at: string,
): Promise<void> {
  if (changes.length === 0) return
  const set = JSON.stringify(
    changes.map(({ identity, newNumber, ...change }) => ({ ...change, ...identity, newNumber: newNumber ?? null })),
  )
  await tx.query(
    `insert into student_change (id, student_id, org_path, kind, occurred_on, summary, detail, item_id, actor_id, at)
     select c."changeId", s.id, s.org_path, 'amend', c."occurredOn", c.summary,
       jsonb_build_object('before', jsonb_build_object(${FACTS_OF('s.name', 's.identity_type', 's.identity_number', 's.gender', 's.birth_date', 's.student_number')}),
         'after', jsonb_build_object(${FACTS_OF('c.name', 'c."identityType"', 'c."identityNumber"', 'c.gender', 'c."birthDate"', 'coalesce(c."newNumber", s.student_number)')})),
       c."itemId", $2, $3
     from ${AMENDMENTS} join student s on s.id = c."studentId"`,
    [set, actorId, at],
  )
  // The old document is free before the new one is held: they may be each other's.
  await tx.query(
    `update identity_claim claim set released_at = $2 from ${AMENDMENTS}
     where claim.student_id = c."studentId" and claim.released_at is null
       and (claim.identity_type, claim.identity_number) is distinct from (c."identityType", c."identityNumber")`,
    [set, at],
  )
  await tx.query(
    `update identity_claim claim set student_id = c."studentId" from ${AMENDMENTS}
     where claim.item_id = c."itemId" and claim.student_id is null and claim.released_at is null`,
    [set],
  )
  await tx.query(
    `insert into student_number (number, student_id, issued_at) select c."newNumber", c."studentId", $2 from ${AMENDMENTS} where c."newNumber" is not null`,
    [set, at],
  )
  await tx.query(
    `update student_number n set retired_at = $2 from ${AMENDMENTS} join student s on s.id = c."studentId"
     where c."newNumber" is not null and n.number = s.student_number`,
    [set, at],
  )
  await tx.query(
    `update student s set name = c.name, identity_type = c."identityType", identity_number = c."identityNumber", gender = c.gender, birth_date = c."birthDate",
       student_number = coalesce(c."newNumber", s.student_number), version = s.version + 1,
       verification_status = case when coalesce(c."newNumber", s.student_number) like 'G%' then 2 else c."verificationStatus" end
     from ${AMENDMENTS} where s.id = c."studentId"`,
    [set],
  )
}

const FACTS_OF = (name: string, type: string, number: string, gender: string, birth: string, student: string): string =>
  `'name', ${name}, 'identityType', ${type}, 'identityNumber', ${number}, 'gender', ${gender}, 'birthDate', ${birth}, 'studentNumber', ${student}`

const AMENDMENTS = `jsonb_to_recordset($1::jsonb) as c ("changeId" uuid, "itemId" uuid, "studentId" uuid, name text, "identityType" text, "identityNumber" text,
  gender text, "birthDate" date, "verificationStatus" smallint, "newNumber" text, "occurredOn" date, summary text)`

/** Strikes records off: study status 已删除, identity given back, numbers retired for ever, history kept (PROB-024). */
export async function strikeOff(
  tx: Transaction,
  changes: readonly (StrikeOff & { readonly changeId: string })[],
  actorId: string | null,
  at: string,
): Promise<void> {
  if (changes.length === 0) return
  const set = JSON.stringify(changes)
  const records = `jsonb_to_recordset($1::jsonb) as c ("changeId" uuid, "itemId" uuid, "studentId" uuid, "occurredOn" date, summary text)`
  await tx.query(
    `insert into student_change (id, student_id, org_path, kind, occurred_on, summary, detail, item_id, actor_id, at)
     select c."changeId", s.id, s.org_path, 'strikeOff', c."occurredOn", c.summary, jsonb_build_object('studyStatus', s.study_status), c."itemId", $2, $3
     from ${records} join student s on s.id = c."studentId"`,
    [set, actorId, at],
  )
  await tx.query(
    `update student s set study_status = 'SC', version = s.version + 1 from ${records} where s.id = c."studentId"`,
    [set],
  )
  await tx.query(
    `update student_number n set retired_at = $2 from ${records} where n.student_id = c."studentId" and n.retired_at is null`,
    [set, at],
  )
  await tx.query(
    `update identity_claim claim set released_at = $2 from ${records} where claim.student_id = c."studentId" and claim.released_at is null`,
    [set, at],
  )
}
