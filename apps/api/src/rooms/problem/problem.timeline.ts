import type { TimelineEntry } from '@xueji/contracts/pipeline/review.api'
import { HANDLING_WORDS, PROBLEM_EVENT_WORDS } from '@xueji/contracts/rooms/problem/problem.words'
import { isWithin, rangeOf } from '@xueji/domain/organization/org-path'
import type { Handling } from '@xueji/domain/rooms/problem/problem-group'
import type { Executor } from '../../platform/db.ts'

const DECISIONS: ReadonlySet<string> = new Set(['open', 'join', 'file', 'approve', 'refuse'])

type Line = {
  kind: string
  orgPath: string | null
  schoolName: string | null
  handling: Handling | null
  opinion: string
  actorName: string
  actorOrg: string
  at: Date
  source: number
}

// Lines of one decision carry one instant: this is the order in which they follow from one another.
const RANKS = [
  'open',
  'join',
  'file',
  'approve',
  'refuse',
  'amend',
  'attest',
  'remove',
  'arbitrate',
  'win',
  'lose',
  'release',
  'unlock',
  'end',
]

/**
 * What happened to a group, for one reader: every line says what and which office; person and opinion of a review only where it lies in the reader's
 * range (DUP-007), of an arbitration for all parties.
 */
export async function loadTimeline(system: Executor, groupId: string, readerPath: string): Promise<TimelineEntry[]> {
  const lines = await system.query<Line>(
    `select e.kind, m.org_path as "orgPath", o.name as "schoolName", i.category as handling, e.opinion, e.actor_name as "actorName", e.actor_org as "actorOrg", e.at, 1 as source
     from problem_event e left join problem_member m on m.group_id = e.group_id and m.student_id = e.student_id left join organization o on o.path = m.org_path
     left join review_item i on i.id = e.item_id where e.group_id = $1
     union all
     select r.kind, r.org_path, o.name, i.category, r.opinion, r.actor_name, r.actor_org, r.at, 2
     from problem_event e join review_item i on i.id = e.item_id join review_event r on r.item_id = i.id left join organization o on o.path = r.org_path
     where e.group_id = $1 and e.kind = 'file' and r.kind in ('approve', 'refuse', 'end')`,
    [groupId],
  )
  const range = rangeOf(readerPath)
  return lines
    .sort((a, b) => a.at.getTime() - b.at.getTime() || RANKS.indexOf(a.kind) - RANKS.indexOf(b.kind))
    .map((line): TimelineEntry => {
      const isArbiter = line.kind === 'arbitrate'
      const isOpen = isArbiter || line.orgPath === null || isWithin(range, line.orgPath)
      return {
        kind: line.kind,
        title: titleOf(line),
        // What follows from a decision names its office; who took it stands with the decision itself.
        who: isOpen && (isArbiter || DECISIONS.has(line.kind)) ? line.actorName : '',
        org: line.actorOrg,
        opinion: isOpen ? line.opinion : '',
        at: line.at.toISOString(),
        state: line.kind === 'refuse' || line.kind === 'lose' ? 'refused' : 'done',
        round: 0,
      }
    })
}

function titleOf({ kind, schoolName, handling, source }: Line): string {
  const what = handling ? HANDLING_WORDS[handling] : ''
  const whose = schoolName ? `${schoolName}：` : ''
  if (source === 2) return `${whose}${what}${REVIEW_WORDS[kind] ?? kind}`
  return kind === 'file' ? `${whose}提交${what}` : `${whose}${PROBLEM_EVENT_WORDS[kind] ?? kind}`
}

const REVIEW_WORDS: Readonly<Record<string, string>> = {
  approve: '审核通过',
  refuse: '审核不通过，退回学校重新选择处理方式',
  end: '已无须处理，系统结束',
}
