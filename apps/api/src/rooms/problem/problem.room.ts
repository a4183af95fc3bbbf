import { PROBLEM_POLICY } from '@xueji/domain/rooms/problem/problem.review'
import type { ReviewRoom } from '../../pipeline/room.ts'
import { problemExport } from './problem.export.ts'
import { planProblemEffects } from './problem.planning.ts'
import { lockGroupsOfItems } from './problem.store.ts'

/** 问题学籍: the room of two or more parties, an order between them, evidence and an arbiter. Its items are 变更, 佐证, 删除. */
export const problemRoom: ReviewRoom = {
  name: 'problem',
  title: '问题学籍',
  doneText: '审核通过',
  policy: () => PROBLEM_POLICY,
  lists: [problemExport],
  lockFirst: lockGroupsOfItems,
  planEffects: planProblemEffects,
}
