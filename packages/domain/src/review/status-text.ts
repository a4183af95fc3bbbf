import type { ReviewState, ReviewStatus } from './machine.ts'

/** Where an item stands, as its status is worded. */
export type ReviewItemPosition = Pick<ReviewState, 'status' | 'chain' | 'step'>

/** The statuses whose words name the step an item waits at or was refused at; the words of all others need no chain. */
export const STATUSES_OF_A_STEP: readonly ReviewStatus[] = ['open', 'returned', 'rejected', 'refused']

/** 注册状态 / 当前环节 as lists show it (codes 3.3); `doneText` is the room's word for `effective`. */
export function reviewStatusText(state: ReviewItemPosition, doneText: string): string {
  const node = state.chain[state.step]
  const who = node?.level === 'school' ? '学校' : (node?.orgName ?? '')
  switch (state.status) {
    case 'checking':
      return '待查重认证'
    case 'duplicate':
      return '查重不通过'
    case 'open':
      return node?.act === 'escalate' ? '待上报' : `待${who}审核`
    case 'returned':
    case 'rejected':
    case 'refused':
      return `${who}审核不通过`
    case 'ended':
      return '查重不通过已结束'
    case 'effective':
      return doneText
    case 'removed':
      return '已删除'
  }
}
