import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import { passes } from '@xueji/domain/kernel/issue'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { appendAudit } from '../platform/audit.ts'
import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { claimIdentities, findHolders } from '../record/identity-claims.ts'
import { type Commander, lineOf } from './batch-lock.ts'
import { presentIssue } from './import-view.ts'
import { loadChain } from './resolve-chain.ts'
import { appendEvents } from './review-store.ts'
import { type ItemPlace, type Room, type RoomEntry, type Settings, schoolOf } from './room.ts'
import { makeRowCheck } from './row-stage.ts'

/** What became of a child filed by itself. */
export type FiledItem =
  | { readonly itemId: string }
  | { readonly refusal: RefusalId }
  | { readonly issues: readonly RowIssue[] }

/**
 * Files one child without a workbook: the same checks as a row of an import, then claim, item and first event in the transaction given, so that whatever
 * goes with it (a roster line, say) is written together with it.
 */
export async function fileItem(
  tx: Transaction,
  platform: Pick<Platform, 'clock'>,
  by: Commander,
  settings: Settings,
  { room, entry, cells }: { readonly room: Room; readonly entry: RoomEntry; readonly cells: Record<string, string> },
): Promise<FiledItem> {
  const { actor } = by
  if (!entry.template) return { refusal: 'notFound' }
  const checker = await room.loadChecker(tx, platform.clock.today(), schoolOf(actor), settings)
  if ('refusal' in checker) return checker
  const checked = makeRowCheck(entry.template, checker)({ rowNumber: 1, cells })
  const { values } = checked
  const identities =
    values.identityType && values.identityNumber
      ? [{ identityType: values.identityType, identityNumber: values.identityNumber }]
      : []
  const holder = (await findHolders(tx, identities, [], actor.orgPath)).get(values.identityNumber ?? '')
  const issues = [...checked.issues, ...(holder ? checker.checkHolder(values, holder) : [])]
  if (!passes(issues)) return { issues: issues.map((issue) => presentIssue(issue, entry.template)) }
  const now = platform.clock.now()
  const itemId = platform.clock.newId()
  const claims = identities.map((identity) => ({ itemId, orgPath: actor.orgPath, ...identity }))
  // Another school was quicker (DUP-008).
  if (claims.length > 0 && !(await claimIdentities(tx, claims, now.toISOString())).has(itemId))
    return { refusal: 'review.duplicate' }
  await insertItem(tx, by, room, entry, { id: itemId, values, place: checker.place, now })
  await appendAudit(tx, platform.clock, [
    { ...lineOf(by), action: 'review.submit', target: itemId, detail: { category: entry.category } },
  ])
  return { itemId }
}

async function insertItem(
  tx: Transaction,
  { actor }: Commander,
  room: Room,
  entry: RoomEntry,
  { id, values, place, now }: { id: string; values: StudentValues; place: ItemPlace; now: Date },
): Promise<void> {
  const chain = await loadChain(tx, actor.orgId, entry.business, 1, room.escalateAfterSchool)
  const checking = entry.identityClass !== 'undocumented'
  const first = chain[0]!
  const schoolClass = place.classIds.get(values.classNumber ?? '')
  await tx.query(
    `insert into review_item (id, room, business, category, org_id, org_path, org_name, payload, chain, status, waiting_path, waiting_act, waiting_since,
       applicant_id, applied_at, student_name, gender, birth_date, identity_type, identity_number, grade_id, grade_name, class_id, class_name, next_check_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`,
    [
      id,
      room.name,
      entry.business,
      entry.category,
      actor.orgId,
      actor.orgPath,
      actor.orgName,
      JSON.stringify(values),
      JSON.stringify(chain),
      checking ? 'checking' : 'open',
      checking ? null : first.orgPath,
      checking ? null : first.act,
      now,
      actor.accountId,
      values.name,
      values.gender,
      values.birthDate,
      values.identityType,
      values.identityNumber ?? null,
      place.gradeId,
      place.gradeName,
      schoolClass?.id ?? null,
      schoolClass?.name ?? null,
      checking ? now : null,
    ],
  )
  await appendEvents(
    tx,
    [
      {
        itemId: id,
        orgPath: actor.orgPath,
        kind: 'submit',
        round: 0,
        step: null,
        opinion: '',
        applicantId: actor.accountId,
      },
    ],
    actor,
    now.toISOString(),
  )
}
