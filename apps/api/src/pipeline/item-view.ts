import type { ItemRow } from '@xueji/contracts/pipeline/review.api'
import type { Actor } from '@xueji/domain/access/roles'
import { checkStatusText, isCheckComplete } from '@xueji/domain/duplicates/verdict'
import { availableCommands } from '@xueji/domain/review/machine'
import { reviewStatusText } from '@xueji/domain/review/status-text'
import { classOf, type StoredItem, stateOf } from './review-store.ts'
import type { ReviewRoom, Settings } from './room.ts'

/** An item as lists read it: what decisions need plus what is shown. */
export type ListedItem = StoredItem & {
  readonly gradeName: string
  readonly className: string | null
  readonly studentNumber: string | null
  readonly isProblem: boolean
  readonly appliedAt: Date
  readonly waitingSince: Date
  readonly refusalOpinion: string | null
}

/** What `ListedItem` is read from, over `review_item i join organization o`. */
export const LISTED: Readonly<Record<keyof ListedItem, string>> = {
  id: 'i.id',
  room: 'i.room',
  business: 'i.business',
  category: 'i.category',
  orgId: 'i.org_id',
  orgPath: 'i.org_path',
  orgName: 'i.org_name',
  regionCode: 'o.region_code',
  chain: 'i.chain',
  step: 'i.step',
  round: 'i.round',
  status: 'i.status',
  version: 'i.version',
  applicantId: 'i.applicant_id',
  studentName: 'i.student_name',
  gender: 'i.gender',
  birthDate: 'i.birth_date::text',
  identityType: 'i.identity_type',
  identityNumber: 'i.identity_number',
  duplicateStatus: 'i.duplicate_status',
  verificationStatus: 'i.verification_status',
  verificationFault: 'i.verification_fault',
  gradeName: 'i.grade_name',
  className: 'i.class_name',
  studentNumber: 'i.student_number',
  isProblem: 'coalesce((select s.is_problem from student s where s.id = i.student_id), false)',
  appliedAt: 'i.applied_at',
  waitingSince: 'i.waiting_since',
  refusalOpinion: `case when i.status = 'returned' then
    (select e.opinion from review_event e where e.item_id = i.id and e.kind = 'refuse' order by e.at desc limit 1) end`,
}

/** Columns of `ListedItem` over `review_item i join organization o`. */
export const LISTED_COLUMNS = Object.entries(LISTED)
  .map(([key, from]) => `${from} as "${key}"`)
  .join(', ')

/** Hides the middle eight characters of a number (SEC-007). */
export function maskNumber(number: string | null): string | null {
  if (!number) return number
  if (number.length < 12) return number.slice(0, 2) + '*'.repeat(Math.max(0, number.length - 4)) + number.slice(-2)
  const head = Math.floor((number.length - 8) / 2) + 1
  return `${number.slice(0, head)}********${number.slice(head + 8)}`
}

/** An item in the words of the lists; numbers masked. */
export function presentItem(item: ListedItem, room: ReviewRoom, actor: Actor, settings: Settings): ItemRow {
  const identityClass = classOf(item)
  const state = stateOf(item)
  return {
    id: item.id,
    version: item.version,
    orgName: item.orgName,
    studentName: item.studentName,
    gender: item.gender,
    birthDate: item.birthDate,
    identityType: item.identityType,
    identityNumber: maskNumber(item.identityNumber),
    category: item.category,
    gradeName: item.gradeName,
    className: item.className,
    checkText: checkStatusText(identityClass, state.check),
    checkState: checkStateOf(identityClass, state),
    status: item.status,
    statusText: reviewStatusText(state, room.doneText),
    // A formal number is an identity number with a letter before it.
    studentNumber: maskNumber(item.studentNumber),
    isProblem: item.isProblem,
    refusalOpinion: item.refusalOpinion,
    appliedAt: item.appliedAt.toISOString(),
    waitingSince: item.waitingSince.toISOString(),
    commands: [...availableCommands(state, actor, room.policy(settings))],
  }
}

function checkStateOf(
  identityClass: ReturnType<typeof classOf>,
  { check }: ReturnType<typeof stateOf>,
): ItemRow['checkState'] {
  if (identityClass === 'undocumented') return 'none'
  if (check.duplicateStatus === 3) return 'failed'
  if (!isCheckComplete(identityClass, check)) return check.duplicateStatus === 0 ? 'none' : 'running'
  return check.verificationStatus === 3 ? 'warning' : 'passed'
}
