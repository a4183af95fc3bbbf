import type { ItemFilter } from '@xueji/contracts/pipeline/review.api'

/** 注册状态 in words (codes 3.3), in the order a registration goes through. */
export const STATUS_OPTIONS: readonly { value: NonNullable<ItemFilter['status']>; label: string }[] = [
  { value: 'checking', label: '待查重认证' },
  { value: 'schoolReview', label: '待学校审核' },
  { value: 'escalate', label: '待上报' },
  { value: 'bureauReview', label: '待主管部门审核' },
  { value: 'returned', label: '审核不通过（已退回）' },
  { value: 'duplicate', label: '查重不通过' },
  { value: 'ended', label: '查重不通过已结束' },
  { value: 'effective', label: '注册完成' },
  { value: 'removed', label: '已删除' },
]

const STATUSES: ReadonlySet<string> = new Set(STATUS_OPTIONS.map((option) => option.value))

/** Conditions a link brings along: the students of one import, or of one state. Anything else in the address is ignored. */
export function filterOfAddress(params: URLSearchParams): ItemFilter {
  const batch = params.get('importBatchId')
  const status = params.get('status')
  return {
    ...(batch ? { importBatchId: batch } : {}),
    ...(status && STATUSES.has(status) ? { status: status as NonNullable<ItemFilter['status']> } : {}),
  }
}
