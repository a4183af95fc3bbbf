import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import { formTemplate } from '@xueji/contracts/template/template'
import type { Actor } from '@xueji/domain/access/roles'
import { identityKey } from '@xueji/domain/duplicates/holder'
import { needsNewCheck } from '@xueji/domain/duplicates/recheck'
import { passes } from '@xueji/domain/kernel/issue'
import { decide } from '@xueji/domain/review/machine'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { appendAudit } from '../platform/audit.ts'
import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { claimIdentities, findHolders, releaseClaims } from '../record/identity-claims.ts'
import { countEvidence, linkEvidence } from './evidence-store.ts'
import { presentIssue } from './import-view.ts'
import { pinyinOfName } from './name-pinyin.ts'
import { appendEvents, lockItems, type StoredItem, stateOf } from './review-store.ts'
import { findEntry, givenRows, type PlaceGrade, placeOf, type Room, type Settings, schoolOf } from './room.ts'
import { makeRowCheck } from './row-stage.ts'

/** What became of a correction. */
export type CorrectionOutcome = { readonly refusal?: RefusalId; readonly issues?: readonly RowIssue[] }

/**
 * Files a returned item, or one that ended as a duplicate, again with corrected values (REG-022, REG-029, flows §3.1 D7/D8): the same checks as an import, then a new round. A changed name or document
 * is checked by the nation again and its claim moved; otherwise the results stand and the item goes straight to the school's review.
 */
export async function resubmitItem(
  tx: Transaction,
  platform: Pick<Platform, 'clock'>,
  actor: Actor,
  settings: Settings,
  room: Room,
  input: {
    readonly id: string
    readonly version: number
    readonly values: Readonly<Record<string, string>>
    /** Evidence added to what was filed before. */
    readonly evidenceIds?: readonly string[]
    readonly requestId: string
  },
): Promise<CorrectionOutcome> {
  const [item] = await lockItems(tx, [input.id])
  if (item?.room !== room.name) return { refusal: 'notFound' }
  if (item.version !== input.version) return { refusal: 'review.alreadyDecided' }
  const decided = decide(stateOf(item), 'resubmit', actor, room.policy(settings))
  if (!decided.ok) return { refusal: decided.refusal }
  const entry = findEntry(room, item.category)
  if (!entry) return { refusal: 'notFound' }
  const checker = await room.loadChecker(tx, platform.clock.today(), schoolOf(actor), settings, entry)
  if ('refusal' in checker) return { refusal: checker.refusal }
  const template = formTemplate(entry.template)
  const cells = withoutOldPinyin(item.studentName, input.values)
  const checked = makeRowCheck(template, checker)({ rowNumber: 1, cells })
  const { values } = checked
  const holders = await findHolders(tx, identitiesOf(values), [item.id], item.orgPath)
  const holder = holders.get(identityKey(values.identityType, values.identityNumber))
  const added = new Set(input.evidenceIds)
  const pieces = added.size + (await countEvidence(tx, item.id))
  const issues = [
    ...checked.issues,
    ...checker.checkEvidence(pieces),
    ...(holder ? (checker.checkHolder?.(values, holder) ?? []) : []),
    ...((await checker.checkSet?.(givenRows([{ row_number: 1, values }])))?.get(1) ?? []),
  ]
  if (!passes(issues)) return { issues: issues.map((issue) => presentIssue(issue, template)) }
  // What ended as a duplicate has given its number back: it is claimed anew and asked about again, even unchanged (REG-022).
  const ended = item.status === 'ended'
  const again =
    ended ||
    needsNewCheck(
      { name: item.studentName, identityType: item.identityType, identityNumber: item.identityNumber ?? undefined },
      values,
    )
  const at = platform.clock.now().toISOString()
  if (again && !(await moveClaim(tx, item, values, ended, at))) return { refusal: 'review.duplicate' }
  await writeCorrection(tx, item, values, again, at, placeOf(checker.place, values))
  const evidence = await linkEvidence(tx, platform.clock, actor, [...added], item.id)
  await appendEvents(
    tx,
    [
      {
        itemId: item.id,
        orgPath: item.orgPath,
        kind: 'resubmit',
        round: item.round + 1,
        step: null,
        opinion: '',
        applicantId: actor.accountId,
      },
    ],
    actor,
    at,
  )
  await appendAudit(tx, platform.clock, [
    {
      actorId: actor.accountId,
      actorName: actor.displayName,
      orgPath: actor.orgPath,
      action: 'review.resubmit',
      target: item.id,
      detail: { round: item.round + 1, checkedAgain: again, evidence },
      requestId: input.requestId,
    },
  ])
  return {}
}

// The spelling made from the old name goes with it: of a changed name it is made anew. One that was written stays.
function withoutOldPinyin(oldName: string, cells: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { namePinyin, ...others } = cells
  return namePinyin && namePinyin === pinyinOfName(oldName) ? others : cells
}

/** The document a child is asked for by; none where it has none. */
export const identitiesOf = (values: StudentValues): { identityType: string; identityNumber: string }[] =>
  values.identityType && values.identityNumber
    ? [{ identityType: values.identityType, identityNumber: values.identityNumber }]
    : []

async function moveClaim(
  tx: Transaction,
  item: StoredItem,
  values: StudentValues,
  ended: boolean,
  at: string,
): Promise<boolean> {
  const unchanged = item.identityNumber === values.identityNumber && item.identityType === values.identityType
  if (unchanged && !ended) return true
  await releaseClaims(tx, [item.id], at)
  const [request] = identitiesOf(values)
  if (!request) return true
  return (await claimIdentities(tx, [{ itemId: item.id, orgPath: item.orgPath, ...request }], at)).has(item.id)
}

async function writeCorrection(
  tx: Transaction,
  item: StoredItem,
  values: StudentValues,
  again: boolean,
  at: string,
  grade: PlaceGrade | undefined,
): Promise<void> {
  const first = item.chain[0]!
  const schoolClass = grade?.classIds.get(values.classNumber ?? '')
  await tx.query(
    `update review_item set payload = $2, round = round + 1, step = 0, version = version + 1, status = $3, waiting_path = $4, waiting_act = $5, waiting_since = $6,
       next_check_at = $7, student_name = $8, gender = $9, birth_date = $10, identity_type = $11, identity_number = $12, class_id = $13, class_name = $14,
       grade_id = coalesce($16, grade_id), grade_name = coalesce($17, grade_name),
       duplicate_status = case when $15 then 0 else duplicate_status end, verification_status = case when $15 then 0 else verification_status end,
       verification_fault = case when $15 then null else verification_fault end, duplicate_holder = null, check_attempts = 0
     where id = $1`,
    [
      item.id,
      JSON.stringify(values),
      again ? 'checking' : 'open',
      again ? null : first.orgPath,
      again ? null : first.act,
      at,
      again ? at : null,
      values.name,
      values.gender,
      values.birthDate,
      values.identityType,
      values.identityNumber ?? null,
      schoolClass?.id ?? null,
      schoolClass?.name ?? null,
      again,
      grade?.id ?? null,
      grade?.name ?? null,
    ],
  )
}
