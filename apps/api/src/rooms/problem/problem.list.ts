import type { ProblemRow } from '@xueji/contracts/rooms/problem/problem.api'
import type { Actor } from '@xueji/domain/access/roles'
import type { ChainNode } from '@xueji/domain/review/chain'
import { availableCommands, type ReviewState, type ReviewStatus } from '@xueji/domain/review/machine'
import { PROBLEM_POLICY } from '@xueji/domain/rooms/problem/problem.review'
import { availableHandlings, type Handling, type ProblemType } from '@xueji/domain/rooms/problem/problem-group'
import { maskNumber } from '../../pipeline/item-view.ts'
import type { Where } from '../../pipeline/list-query.ts'
import { keyOf, pageAfter } from '../../pipeline/paging.ts'
import type { Executor } from '../../platform/db.ts'
import { PROBLEM_TABLES } from './problem.filter.ts'
import { loadNotices, type PartyNotice, statusOf } from './problem.parties.ts'
import { isRegisterFault } from './problem.store.ts'

/** A party of the reader's range as lists read it. */
export type ListedParty = {
  readonly groupId: string
  readonly studentId: string
  readonly orgPath: string
  readonly problemType: ProblemType
  readonly fault: string
  readonly isOrdered: boolean
  readonly isCrossProvince: boolean
  readonly isHistory: boolean
  readonly schoolName: string
  readonly gradeName: string
  readonly className: string | null
  readonly studentName: string
  readonly gender: string
  readonly identityType: string
  readonly identityNumber: string | null
  readonly studentNumber: string
  readonly isLocked: boolean
  readonly handling: Handling | null
  readonly itemId: string | null
  readonly itemStatus: ReviewStatus | null
  readonly itemVersion: number | null
  readonly chain: ChainNode[] | null
  readonly step: number | null
  readonly round: number | null
  readonly applicantId: string | null
  readonly applicantOrgId: string | null
}

/** Columns of `ListedParty` over `PROBLEM_TABLES`. */
export const PARTY_COLUMNS = `m.group_id as "groupId", m.student_id as "studentId", m.org_path as "orgPath", g.problem_type as "problemType", g.fault,
  g.is_ordered as "isOrdered", g.is_cross_province as "isCrossProvince", g.is_history as "isHistory", o.name as "schoolName", coalesce(gr.name, '') as "gradeName",
  c.name as "className", s.name as "studentName", s.gender, s.identity_type as "identityType", s.identity_number as "identityNumber",
  s.student_number as "studentNumber", m.is_locked as "isLocked", m.handling, i.id as "itemId", i.status as "itemStatus", i.version as "itemVersion",
  i.chain, i.step, i.round, i.applicant_id as "applicantId", i.org_id as "applicantOrgId"`

/** A page by key (path, group, student) of the reader's range. */
export async function listParties(
  tx: Executor,
  { where, values }: Where,
  limit: number,
  after: string | undefined,
): Promise<{ rows: ListedParty[]; next?: string }> {
  const key = after ? keyOf(after) : []
  const [path, group, student] = [1, 2, 3].map((n) => `$${values.length + 1 + n}`)
  const from = after ? `and (m.org_path, m.group_id, m.student_id) > (${path}, ${group}::uuid, ${student}::uuid)` : ''
  const rows = await tx.query<ListedParty>(
    `select ${PARTY_COLUMNS} from ${PROBLEM_TABLES} where ${where} ${from}
     order by m.org_path, m.group_id, m.student_id limit $${values.length + 1}`,
    [...values, limit + 1, ...key],
  )
  return pageAfter(rows, limit, (row) => [row.orgPath, row.groupId, row.studentId])
}

/** Rows in the words of the lists: numbers masked, the other side by its named fields, what the reader may do now. */
export async function presentParties(
  system: Executor,
  rows: readonly ListedParty[],
  actor: Actor,
): Promise<ProblemRow[]> {
  const notices = await loadNotices(
    system,
    rows.map((row) => row.groupId),
  )
  return rows.map((row) => {
    const group = notices.filter((notice) => notice.groupId === row.groupId)
    const own = group.find((notice) => notice.studentId === row.studentId)!
    return {
      groupId: row.groupId,
      studentId: row.studentId,
      itemId: row.itemId,
      itemVersion: row.itemVersion,
      problemType: row.problemType,
      fault: row.fault,
      isCrossProvince: row.isCrossProvince,
      isHistory: row.isHistory,
      schoolName: row.schoolName,
      gradeName: row.gradeName,
      className: row.className,
      studentName: row.studentName,
      gender: row.gender,
      identityType: row.identityType,
      identityNumber: maskNumber(row.identityNumber),
      studentNumber: maskNumber(row.studentNumber) ?? '',
      isLocked: row.isLocked,
      handling: row.handling,
      statusText: statusOf(own),
      others: group
        .filter((notice) => notice !== own)
        .map((notice) => ({ provinceName: notice.provinceName, statusText: statusOf(notice) })),
      waitingSince: own.since.toISOString(),
      handlings: [...handlingsOf(row, group, actor)],
      commands: [...commandsOf(row, actor)],
    }
  })
}

/** What the reader may file for a party: a registrar of its school, and only what the group allows and no review is about. */
export function handlingsOf(
  row: Pick<ListedParty, 'studentId' | 'orgPath' | 'problemType' | 'fault' | 'isOrdered' | 'itemStatus'>,
  group: readonly PartyNotice[],
  actor: Pick<Actor, 'orgPath' | 'roles'>,
): readonly Handling[] {
  if (row.orgPath !== actor.orgPath || !actor.roles.includes('schoolRegistrar') || row.itemStatus === 'open') return []
  const { problemType, fault, isOrdered } = row
  const [first] = group
  return availableHandlings(
    {
      problemType,
      isOrdered,
      mayAttestAlone: isRegisterFault(fault),
      status: first?.groupStatus ?? 'ended',
      parties: group,
    },
    row.studentId,
  )
}

/** What the reader may decide on the handling under review. */
export function commandsOf(
  row: Pick<ListedParty, 'itemStatus' | 'chain' | 'step' | 'round' | 'itemVersion' | 'applicantId' | 'applicantOrgId'>,
  actor: Pick<Actor, 'accountId' | 'roles' | 'orgId'>,
): readonly string[] {
  if (row.itemStatus !== 'open' || !row.chain) return []
  const state: ReviewState = {
    status: row.itemStatus,
    chain: row.chain,
    step: row.step ?? 0,
    round: row.round ?? 0,
    version: row.itemVersion ?? 0,
    applicantId: row.applicantId ?? '',
    applicantOrgId: row.applicantOrgId ?? '',
    // Nothing is filed before it has been checked.
    identityClass: 'undocumented',
    check: { duplicateStatus: 2, verificationStatus: 2 },
  }
  return availableCommands(state, actor, PROBLEM_POLICY)
}
