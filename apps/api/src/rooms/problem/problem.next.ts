import { HANDLING_WORDS } from '@xueji/contracts/rooms/problem/problem.words'
import type { ProblemParty } from '@xueji/contracts/rooms/problem/problem-group.api'
import type { GroupStatus } from '@xueji/domain/rooms/problem/problem-group'
import type { PartyNotice } from './problem.parties.ts'

/** Who is next, in words: the arbiter, the offices that review, the schools whose turn it is; empty once it is over. */
export function nextActors(notices: readonly PartyNotice[], status: GroupStatus, arbiterName: string): string {
  if (status === 'ended') return ''
  if (status === 'arbitration') return `${arbiterName}（仲裁）`
  const acting = notices.filter((notice) => notice.state === 'todo' || notice.state === 'lost')
  return acting
    .map((notice) => {
      const node = notice.itemStatus === 'open' ? notice.chain?.[notice.step ?? 0] : undefined
      return node ? `${node.orgName}（审核）` : `${notice.schoolName}（处理）`
    })
    .join('、')
}

/** What the reader can do now, or whom it waits for: one sentence. */
export function adviceFor(
  parties: readonly ProblemParty[],
  status: GroupStatus,
  mayArbitrate: boolean,
  next: string,
): string {
  if (status === 'ended') return '本组问题学籍已处理结束'
  if (mayArbitrate) return '各方均已佐证，请本单位仲裁：选定一方通过，其余各方退回学校变更或删除'
  const toHandle = parties.find((party) => party.handlings.length > 0)
  if (toHandle) {
    const ways = toHandle.handlings.map((handling) => HANDLING_WORDS[handling]).join('、')
    return `请本校处理：可选择${ways}，均须上传证明材料`
  }
  if (parties.some((party) => party.commands.length > 0)) return '请本单位审核所提交的处理'
  return `正在等待${next}`
}
