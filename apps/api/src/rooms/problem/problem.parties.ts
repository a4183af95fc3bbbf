import type { IdentityType } from '@xueji/domain/identity/identity-type'
import type { ChainNode } from '@xueji/domain/review/chain'
import type { ReviewStatus } from '@xueji/domain/review/machine'
import { partyStatusText } from '@xueji/domain/rooms/problem/problem.status'
import type { CauseParty } from '@xueji/domain/rooms/problem/problem-cause'
import type { GroupStatus, Handling, PartyState } from '@xueji/domain/rooms/problem/problem-group'
import type { Executor } from '../../platform/db.ts'

/**
 * What every party of a group, and its bureaus, may know of every other while it is open (DUP-007, PROB-025): where it is and how far it has got. No
 * name, no number, no person. This and `loadComparison` are all that is ever read of a side out of range.
 */
export type PartyNotice = {
  readonly groupId: string
  readonly studentId: string
  readonly position: number
  readonly orgPath: string
  readonly provinceName: string
  readonly schoolName: string
  readonly state: PartyState
  readonly handling: Handling | null
  readonly itemId: string | null
  readonly groupStatus: GroupStatus
  readonly itemStatus: ReviewStatus | null
  readonly chain: readonly ChainNode[] | null
  readonly step: number | null
  readonly since: Date
}

/** The named fields of all parties of some groups, in acting order: one statement over the whole country. */
export const loadNotices = (system: Executor, groupIds: readonly string[]): Promise<PartyNotice[]> =>
  system.query<PartyNotice>(
    `select m.group_id as "groupId", m.student_id as "studentId", m.position, m.org_path as "orgPath", coalesce(r.name, '') as "provinceName",
       coalesce(o.name, '') as "schoolName", case when m.is_locked then 'locked' else m.state end as state, m.handling, m.item_id as "itemId",
       g.status as "groupStatus", i.status as "itemStatus", i.chain, i.step, coalesce(i.waiting_since, g.changed_at) as since
     from problem_member m join problem_group g on g.id = m.group_id left join organization o on o.path = m.org_path
     left join region r on r.code = left(m.org_path, 2) || '0000' left join review_item i on i.id = m.item_id
     where m.group_id = any($1::uuid[]) order by m.group_id, m.position`,
    [groupIds],
  )

/** 处理状态 of a party (codes 3.4). */
export const statusOf = (notice: PartyNotice): string =>
  partyStatusText(
    notice,
    notice.itemStatus && notice.chain
      ? { status: notice.itemStatus, chain: notice.chain, step: notice.step ?? 0 }
      : undefined,
  )

/**
 * The parties of a group as they are compared with one another. Never shown: only whether fields are equal, and hints, come of it, and a suggested
 * number goes to the party it belongs to.
 */
export const loadComparison = (
  system: Executor,
  groupIds: readonly string[],
): Promise<(CauseParty & { groupId: string })[]> =>
  system.query<CauseParty & { groupId: string; identityType: IdentityType }>(
    `select m.group_id as "groupId", s.id as "studentId", s.org_id as "orgId", s.name, s.name_pinyin as "namePinyin", s.identity_type as "identityType",
       s.identity_number as "identityNumber", s.gender, s.birth_date::text as "birthDate",
       array_remove(array[left(s.birth_place_code, 6), left(s.household_place_code, 6), o.region_code], null) as regions,
       coalesce((select array_agg(distinct key) from guardian f, unnest(array[f.identity_number, f.phone]) as key
         where f.student_id = s.id and key is not null and key <> ''), '{}') as "guardianKeys"
     from problem_member m join student s on s.id = m.student_id join organization o on o.id = s.org_id
     where m.group_id = any($1::uuid[]) order by m.group_id, m.position`,
    [groupIds],
  )
