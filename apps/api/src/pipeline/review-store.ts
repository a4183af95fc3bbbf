import type { IdentityClass, IdentityType } from '@xueji/domain/identity/identity-type'
import { identityClassOf } from '@xueji/domain/identity/identity-type'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import type { ChainNode } from '@xueji/domain/review/chain'
import { isCheckFree } from '@xueji/domain/review/check-free'
import type { ReviewState, ReviewStatus } from '@xueji/domain/review/machine'
import type { Transaction } from '../platform/db.ts'
import type { EffectItem } from './room.ts'

/** An item as decisions and effects read it; its payload stays in the database. */
export type StoredItem = {
  readonly id: string
  readonly room: string
  readonly business: number
  readonly category: string
  readonly orgId: string
  readonly orgPath: string
  readonly orgName: string
  readonly regionCode: string
  readonly chain: readonly ChainNode[]
  readonly step: number
  readonly round: number
  readonly status: ReviewStatus
  readonly version: number
  readonly applicantId: string
  readonly studentName: string
  readonly gender: string
  readonly birthDate: PlainDate
  readonly identityType: IdentityType
  readonly identityNumber: string | null
  readonly duplicateStatus: 0 | 1 | 2 | 3
  readonly verificationStatus: 0 | 1 | 2 | 3
  readonly verificationFault: 'notFound' | 'nameMismatch' | null
}

const COLUMNS = `i.id, i.room, i.business, i.category, i.org_id as "orgId", i.org_path as "orgPath", i.org_name as "orgName", o.region_code as "regionCode",
  i.chain, i.step, i.round, i.status, i.version, i.applicant_id as "applicantId", i.student_name as "studentName", i.gender,
  i.birth_date::text as "birthDate", i.identity_type as "identityType", i.identity_number as "identityNumber", i.duplicate_status as "duplicateStatus",
  i.verification_status as "verificationStatus", i.verification_fault as "verificationFault"`

/** Locks items in one order (security: Laws) and reads them; items out of the caller's range are not there. */
export const lockItems = (tx: Transaction, ids: readonly string[]): Promise<StoredItem[]> =>
  tx.query<StoredItem>(
    `select ${COLUMNS} from review_item i join organization o on o.id = i.org_id where i.id = any($1::uuid[]) order by i.id for update of i`,
    [ids],
  )

/** The class of document a child registers with. */
export const classOf = (item: Pick<StoredItem, 'identityType'>): IdentityClass =>
  identityClassOf(item.identityType) ?? 'resident'

/** The part of an item that the review machine decides on. */
export const stateOf = (item: StoredItem): ReviewState => ({
  status: item.status,
  chain: item.chain,
  step: item.step,
  round: item.round,
  version: item.version,
  applicantId: item.applicantId,
  applicantOrgId: item.orgId,
  identityClass: classOf(item),
  check: checkOf(item),
})

/** Where the check of an item stands. */
export const checkOf = ({
  business,
  duplicateStatus,
  verificationStatus,
  verificationFault,
}: Pick<
  StoredItem,
  'business' | 'duplicateStatus' | 'verificationStatus' | 'verificationFault'
>): ReviewState['check'] =>
  isCheckFree(business) ? CHECK_FREE : { duplicateStatus, verificationStatus, verificationFault }

// What leaves name and document as they are is reviewed as if the nation had been asked.
const CHECK_FREE = { duplicateStatus: 2, verificationStatus: 2 } as const

/** The part of an item that effects are planned from. */
export const effectItemOf = (item: StoredItem): EffectItem => ({ ...item, identityClass: classOf(item) })

/** A new state to be written. */
export type StateWrite = {
  readonly id: string
  readonly status: ReviewStatus
  readonly step: number
  readonly round: number
  readonly waitingPath: string | null
  readonly waitingAct: string | null
  readonly studentId?: string
  readonly studentNumber?: string
}

/** An event to be appended; `step` only for what decides a step. */
export type EventWrite = {
  readonly itemId: string
  readonly orgPath: string
  readonly kind: string
  readonly round: number
  readonly step: number | null
  readonly opinion: string
  readonly detail?: Readonly<Record<string, unknown>>
  readonly applicantId: string
}

/** Who signs events: a person, or the system. */
export type Signer = { readonly accountId: string | null; readonly displayName: string; readonly orgName: string }

/** The system's signature. */
export const SYSTEM: Signer = { accountId: null, displayName: '系统', orgName: '' }

/** Writes new states as one set; the version grows with each. */
export async function writeStates(tx: Transaction, writes: readonly StateWrite[], at: string): Promise<void> {
  if (writes.length === 0) return
  // As JSON: of arrays the planner expects so many rows that it would rather read the whole range than look the items up.
  await tx.query(
    `update review_item i set status = w.status, step = w.step, round = w.round, waiting_path = w."waitingPath", waiting_act = w."waitingAct",
       waiting_since = $2, version = i.version + 1, student_id = coalesce(w."studentId", i.student_id), student_number = coalesce(w."studentNumber", i.student_number)
     from jsonb_to_recordset($1::jsonb) as w (id uuid, status text, step smallint, round smallint, "waitingPath" text, "waitingAct" text, "studentId" uuid, "studentNumber" text)
     where i.id = w.id`,
    [JSON.stringify(writes), at],
  )
}

/** Appends events as one set; a second decision of one step and round breaks the unique key (one decision per step). */
export async function appendEvents(
  tx: Transaction,
  events: readonly EventWrite[],
  signer: Signer,
  at: string,
): Promise<void> {
  if (events.length === 0) return
  const column = <Key extends keyof EventWrite>(key: Key) => events.map((event) => event[key] ?? null)
  await tx.query(
    `insert into review_event (id, item_id, org_path, kind, round, step, opinion, detail, actor_id, actor_name, actor_org, applicant_id, at)
     select new_id(), e.item_id, e.org_path, e.kind, e.round, e.step, e.opinion, e.detail, $9, $10, $11, e.applicant_id, $12
     from unnest($1::uuid[], $2::text[], $3::text[], $4::smallint[], $5::smallint[], $6::text[], $7::jsonb[], $8::uuid[])
       as e (item_id, org_path, kind, round, step, opinion, detail, applicant_id)`,
    [
      column('itemId'),
      column('orgPath'),
      column('kind'),
      column('round'),
      column('step'),
      column('opinion'),
      events.map(({ detail }) => (detail ? JSON.stringify(detail) : null)),
      column('applicantId'),
      signer.accountId,
      signer.displayName,
      signer.orgName,
      at,
    ],
  )
}
