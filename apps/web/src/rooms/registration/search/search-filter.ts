import { STATUS_WORDS } from '@xueji/contracts/pipeline/item-words'
import type { ItemFilter } from '@xueji/contracts/pipeline/review.api'

type Status = NonNullable<ItemFilter['status']>

/** 注册状态 in words (codes 3.3), in the order a registration goes through. */
export const STATUS_OPTIONS: readonly { value: Status; label: string }[] = (Object.keys(STATUS_WORDS) as Status[]).map(
  (value) => ({ value, label: STATUS_WORDS[value] }),
)

const STATUSES: ReadonlySet<string> = new Set(STATUS_OPTIONS.map((option) => option.value))

/** Conditions a link brings along: the students of one import, of one school, of one state. Anything else in the address is ignored. */
export function filterOfAddress(params: URLSearchParams): ItemFilter {
  const batch = params.get('importBatchId')
  const status = params.get('status')
  const school = params.get('schoolId')
  return {
    ...(batch ? { importBatchId: batch } : {}),
    ...(school ? { schoolId: school } : {}),
    ...(status && STATUSES.has(status) ? { status: status as Status } : {}),
  }
}
