import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import { formTemplate } from '@xueji/contracts/template/template'
import { identityKey } from '@xueji/domain/duplicates/holder'
import { passes } from '@xueji/domain/kernel/issue'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { appendAudit } from '../platform/audit.ts'
import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { claimIdentities, findHolders } from '../record/identity-claims.ts'
import { type Commander, lineOf } from './batch-lock.ts'
import { identitiesOf } from './correction.ts'
import { enterItems } from './enter-items.ts'
import { linkEvidence } from './evidence-store.ts'
import { presentIssue } from './import-view.ts'
import { loadChains } from './resolve-chain.ts'
import { appendEvents } from './review-store.ts'
import {
  findEntry,
  givenRows,
  type Room,
  type RowChecker,
  type Settings,
  schoolCodeOf,
  schoolOf,
  stagesOf,
} from './room.ts'
import { makeRowCheck } from './row-stage.ts'

/** A child as the form sends it. */
export type FiledForm = {
  readonly category: string
  /** Filled in from the preschool roster (补录, PRE-016), which also admits what 录入 does not. */
  readonly supplements?: true
  readonly values: Readonly<Record<string, string>>
  readonly evidenceIds: readonly string[]
}

/** The item a form became, with what was noticed; or why it did not. */
export type FilingOutcome =
  | { readonly id: string; readonly warnings: readonly RowIssue[] }
  | { readonly refusal: RefusalId }
  | { readonly issues: readonly RowIssue[] }

const FORM =
  'select * from jsonb_to_recordset($1::jsonb) as r (id uuid, org_path text, values jsonb, batch_id uuid, row_number int)'

/**
 * Files one child by a form (录入, REG-003, REG-020): a batch of one. The same row check as a file's, the same claim on its number, the same item, chain,
 * event and audit; only that issues go back to the form instead of into a list.
 */
export async function fileItem(
  tx: Transaction,
  platform: Pick<Platform, 'clock'>,
  by: Commander,
  settings: Settings,
  room: Room,
  form: FiledForm,
): Promise<FilingOutcome> {
  const { clock } = platform
  const { actor } = by
  const entry = findEntry(room, form.category)
  if (!entry) return { refusal: 'notFound' }
  if (!entry.fileable && !form.supplements) return { refusal: 'register.notFileable' }
  const template = formTemplate(entry.template)
  const checker = await room.loadChecker(tx, clock.today(), schoolOf(actor), settings, entry)
  if ('refusal' in checker) return checker
  // The school is the filer's own, whatever a form says.
  const cells = { ...form.values, schoolCode: schoolCodeOf(actor) }
  const checked = makeRowCheck(template, checker)({ rowNumber: 1, cells })
  const { values } = checked
  const issues = [
    ...checked.issues,
    ...checker.checkEvidence(new Set(form.evidenceIds).size),
    ...(await askNation(tx, checker, values, actor.orgPath)),
    ...((await checker.checkSet?.(givenRows([{ row_number: 1, values }])))?.get(1) ?? []),
  ]
  const inWords = issues.map((issue) => presentIssue(issue, template))
  if (!passes(issues)) return { issues: inWords }
  const id = clock.newId()
  const at = clock.now().toISOString()
  const claims = identitiesOf(values).map((identity) => ({ itemId: id, orgPath: actor.orgPath, ...identity }))
  if ((await claimIdentities(tx, claims, at)).size < claims.length) {
    // Somebody was quicker between question and claim (DUP-008): now the nation knows who.
    const taken = await askNation(tx, checker, values, actor.orgPath)
    return taken.length > 0
      ? { issues: taken.map((issue) => presentIssue(issue, template)) }
      : { refusal: 'review.duplicate' }
  }
  const chains = await loadChains(tx, actor.orgId, entry.business, stagesOf(checker.place), room.escalateAfterSchool)
  const row = { id, org_path: actor.orgPath, values, batch_id: null, row_number: null }
  const entered = await enterItems(
    tx,
    { sql: FORM, parameter: JSON.stringify([row]) },
    {
      room,
      entry,
      school: { id: actor.orgId, name: actor.orgName },
      applicantId: actor.accountId,
      place: checker.place,
      chains,
      at,
    },
  )
  if (entered !== 1) throw new Error('form without a grade')
  const event = { itemId: id, orgPath: actor.orgPath, kind: 'submit', round: 0, step: null, opinion: '' }
  await appendEvents(tx, [{ ...event, applicantId: actor.accountId }], actor, at)
  const evidence = await linkEvidence(tx, clock, actor, form.evidenceIds, id)
  const detail = { room: room.name, category: entry.category, evidence }
  await appendAudit(tx, clock, [{ ...lineOf(by), action: 'item.file', target: id, detail }])
  return { id, warnings: inWords }
}

async function askNation(tx: Transaction, checker: RowChecker, values: StudentValues, askerPath: string) {
  const holders = await findHolders(tx, identitiesOf(values), [], askerPath)
  const holder = holders.get(identityKey(values.identityType, values.identityNumber))
  return holder ? (checker.checkHolder?.(values, holder) ?? []) : []
}
