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

/** Columns of `ListedItem` over `review_item i join organization o`. */
export const LISTED_COLUMNS = `i.id, i.room, i.business, i.category, i.org_id as "orgId", i.org_path as "orgPath", i.org_name as "orgName", o.region_code as "regionCode",
  i.chain, i.step, i.round, i.status, i.version, i.applicant_id as "applicantId", i.student_name as "studentName", i.gender,
  i.birth_date::text as "birthDate", i.identity_type as "identityType", i.identity_number as "identityNumber", i.duplicate_status as "duplicateStatus",
  i.verification_status as "verificationStatus", i.verification_fault as "verificationFault", i.grade_name as "gradeName", i.class_name as "className",
  i.student_number as "studentNumber", coalesce((select s.is_problem from student s where s.id = i.student_id), false) as "isProblem", i.applied_at as "appliedAt",
  i.waiting_since as "waitingSince",
  case when i.status = 'returned' then (select e.opinion from review_event e where e.item_id = i.id and e.kind = 'refuse' order by e.at desc limit 1) end as "refusalOpinion"`

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
