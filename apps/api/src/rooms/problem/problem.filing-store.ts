import type { Actor } from '@xueji/domain/access/roles'
import type { ChainNode } from '@xueji/domain/review/chain'
import type { IdentityValues } from '@xueji/domain/rooms/problem/problem.rules'
import type { Handling } from '@xueji/domain/rooms/problem/problem-group'
import { linkEvidenceSets } from '../../pipeline/evidence-store.ts'
import { appendEvents } from '../../pipeline/review-store.ts'
import { appendAudit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Transaction } from '../../platform/db.ts'
import { claimIdentities, releaseClaims } from '../../record/identity-claims.ts'
import { appendProblemEvents } from '../../record/problem-changes.ts'
import type { HandledStudent, HandlingPayload } from './problem.store.ts'

/** A handling that may be filed. */
export type HandlingToFile = {
  readonly id: string
  readonly groupId: string
  readonly handling: Handling
  readonly business: number
  readonly chain: readonly ChainNode[]
  readonly student: HandledStudent
  readonly after?: IdentityValues
  readonly evidenceIds: readonly string[]
}

/**
 * Writes handlings: the returned one before it goes, its number is given back, the new one is claimed, then item, events, link to the group, evidence and
 * audit, as sets. Returns the students whose new number somebody claimed meanwhile: nothing is written for them (DUP-008).
 */
export async function writeHandlings(
  tx: Transaction,
  clock: Clock,
  actor: Actor,
  handlings: readonly HandlingToFile[],
  requestId: string,
): Promise<readonly string[]> {
  if (handlings.length === 0) return []
  const at = clock.now().toISOString()
  await supersede(tx, actor, handlings, at)
  const claims = handlings.flatMap(({ id, student, after }) =>
    after?.identityNumber &&
    (after.identityNumber !== student.identityNumber || after.identityType !== student.identityType)
      ? [
          {
            itemId: id,
            identityType: after.identityType,
            identityNumber: after.identityNumber,
            orgPath: student.orgPath,
          },
        ]
      : [],
  )
  const won = claims.length > 0 ? await claimIdentities(tx, claims, at) : new Set<string>()
  const lost = new Set(claims.filter((claim) => !won.has(claim.itemId)).map((claim) => claim.itemId))
  const filed = handlings.filter(({ id }) => !lost.has(id))
  await insertItems(tx, actor, filed, at)
  await appendEvents(
    tx,
    filed.map(({ id, student, handling }) => ({
      itemId: id,
      orgPath: student.orgPath,
      kind: 'submit',
      round: 0,
      step: null,
      opinion: '',
      detail: { handling },
      applicantId: actor.accountId,
    })),
    actor,
    at,
  )
  await tx.query(
    `update problem_member m set item_id = h.id, handling = h.handling
     from jsonb_to_recordset($1::jsonb) as h (id uuid, "groupId" uuid, "studentId" uuid, handling text) where m.group_id = h."groupId" and m.student_id = h."studentId"`,
    [
      JSON.stringify(
        filed.map(({ id, groupId, student, handling }) => ({ id, groupId, studentId: student.id, handling })),
      ),
    ],
  )
  await appendProblemEvents(
    tx,
    filed.map(({ id, groupId, student }) => ({ groupId, studentId: student.id, kind: 'file', itemId: id })),
    actor,
    at,
  )
  const evidence = await linkEvidenceSets(
    tx,
    clock,
    actor,
    filed.map(({ id, evidenceIds }) => ({ itemId: id, ids: evidenceIds })),
  )
  await appendAudit(
    tx,
    clock,
    filed.map(({ id, groupId, student, handling }) => ({
      actorId: actor.accountId,
      actorName: actor.displayName,
      orgPath: actor.orgPath,
      action: `problem.${handling}`,
      target: id,
      detail: { groupId, studentId: student.id, evidence: evidence.get(id) ?? [] },
      requestId,
    })),
  )
  return handlings.filter(({ id }) => lost.has(id)).map(({ student }) => student.id)
}

/** A returned handling is replaced by the next (PROB-013): it ends as removed, its events stay. */
async function supersede(
  tx: Transaction,
  actor: Actor,
  handlings: readonly HandlingToFile[],
  at: string,
): Promise<void> {
  const old = await tx.query<{ id: string; orgPath: string; round: number; applicantId: string }>(
    `update review_item set status = 'removed', version = version + 1, waiting_since = $2
     where id in (select item_id from review_queue where student_id = any($1::uuid[]) and room = 'problem' and status = 'returned')
     returning id, org_path as "orgPath", round, applicant_id as "applicantId"`,
    [handlings.map(({ student }) => student.id), at],
  )
  if (old.length === 0) return
  await appendEvents(
    tx,
    old.map(({ id, ...item }) => ({ ...item, itemId: id, kind: 'remove', step: null, opinion: '' })),
    actor,
    at,
  )
  await releaseClaims(
    tx,
    old.map(({ id }) => id),
    at,
  )
}

async function insertItems(
  tx: Transaction,
  actor: Actor,
  handlings: readonly HandlingToFile[],
  at: string,
): Promise<void> {
  const rows = handlings.map(({ id, groupId, handling, business, chain, student, after }) => {
    const { name, identityType, identityNumber, gender, birthDate } = student
    const before = { name, identityType, identityNumber, gender, birthDate }
    const payload: HandlingPayload = { groupId, handling, before, ...(after ? { after } : {}) }
    return {
      id,
      business,
      category: handling,
      payload,
      chain,
      studentId: student.id,
      orgId: student.orgId,
      orgPath: student.orgPath,
      orgName: student.orgName,
      gradeId: student.gradeId,
      gradeName: student.gradeName,
      classId: student.classId,
      className: student.className,
      studentNumber: student.studentNumber,
      // What is asked of the nation and claimed is the identity after the amendment.
      ...(after ?? before),
      verificationStatus: after?.identityType === '1' ? 2 : 0,
      duplicateStatus: after ? 2 : 0,
    }
  })
  await tx.query(
    `insert into review_item (id, room, business, category, org_id, org_path, org_name, student_id, payload, chain, status, waiting_path, waiting_act,
       waiting_since, applicant_id, applied_at, student_name, gender, birth_date, identity_type, identity_number, grade_id, grade_name, class_id, class_name,
       student_number, duplicate_status, verification_status)
     select id, 'problem', business, category, "orgId", "orgPath", "orgName", "studentId", payload, chain, 'open', chain->0->>'orgPath', chain->0->>'act',
       $3, $2, $3, name, gender, "birthDate", "identityType", "identityNumber", "gradeId", "gradeName", "classId", "className",
       "studentNumber", "duplicateStatus", "verificationStatus"
     from jsonb_to_recordset($1::jsonb) as h (id uuid, business smallint, category text, "orgId" uuid, "orgPath" text, "orgName" text, "studentId" uuid,
       payload jsonb, chain jsonb, name text, gender text, "birthDate" date, "identityType" text, "identityNumber" text, "gradeId" uuid, "gradeName" text,
       "classId" uuid, "className" text, "studentNumber" text, "duplicateStatus" smallint, "verificationStatus" smallint)`,
    [JSON.stringify(rows), actor.accountId, at],
  )
}
