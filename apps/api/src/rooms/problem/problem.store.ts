import type { IdentityType } from '@xueji/domain/identity/identity-type'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import type { IdentityValues } from '@xueji/domain/rooms/problem/problem.rules'
import type {
  GroupStatus,
  Handling,
  PartyState,
  ProblemGroup,
  ProblemType,
} from '@xueji/domain/rooms/problem/problem-group'
import type { Transaction } from '../../platform/db.ts'

/** A group as stored, with what decisions read of it. */
export type StoredGroup = ProblemGroup & {
  readonly id: string
  readonly fault: string
  readonly version: number
  readonly isCrossProvince: boolean
  readonly arbiterPath: string | null
  readonly members: readonly StoredMember[]
}

/** A party as stored. */
export type StoredMember = {
  readonly groupId: string
  readonly studentId: string
  readonly orgPath: string
  readonly state: PartyState
  readonly itemId: string | null
}

type Head = {
  id: string
  problemType: ProblemType
  fault: string
  status: GroupStatus
  version: number
  isOrdered: boolean
  isCrossProvince: boolean
  arbiterPath: string | null
}

const HEAD = `id, problem_type as "problemType", fault, status, version, is_ordered as "isOrdered", is_cross_province as "isCrossProvince",
  arbiter_path as "arbiterPath"`

/**
 * Locks groups in one order and reads them with all their parties, wherever these are: decisions need the whole group, what is shown of it is another
 * matter. Two statements.
 */
export function lockGroups(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, StoredGroup>> {
  return tx.nationwide(async () => {
    const heads = await tx.query<Head>(
      `select ${HEAD} from problem_group where id = any($1::uuid[]) order by id for update`,
      [ids],
    )
    return joinMembers(tx, heads)
  })
}

/** Locks the groups of handlings, as far as they lie in range: whoever decides on one of them waits here for whoever decides on another (groups, items, students). */
export async function lockGroupsOfItems(tx: Transaction, itemIds: readonly string[]): Promise<void> {
  const rows = await tx.query<{ groupId: string }>(
    `select distinct payload->>'groupId' as "groupId" from review_item where id = any($1::uuid[]) and room = 'problem'`,
    [itemIds],
  )
  await lockGroups(
    tx,
    rows.map(({ groupId }) => groupId),
  )
}

async function joinMembers(db: Transaction, heads: readonly Head[]): Promise<ReadonlyMap<string, StoredGroup>> {
  const members = await db.query<StoredMember>(
    `select group_id as "groupId", student_id as "studentId", org_path as "orgPath", item_id as "itemId", case when is_locked then 'locked' else state end as state
     from problem_member where group_id = any($1::uuid[]) order by group_id, position`,
    [heads.map(({ id }) => id)],
  )
  return new Map(
    heads.map((head) => {
      const own = members.filter((member) => member.groupId === head.id)
      return [head.id, { ...head, mayAttestAlone: isRegisterFault(head.fault), parties: own, members: own }]
    }),
  )
}

/** The population register refused the number; nothing is wrong with the number by itself (PROB-005). */
export const isRegisterFault = (fault: string): boolean => fault === 'notFound' || fault === 'nameMismatch'

/** What a handling's item holds besides the columns of every item. */
export type HandlingPayload = {
  readonly groupId: string
  readonly handling: Handling
  readonly before: IdentityValues
  readonly after?: IdentityValues
}

/** A student as handlings read it. */
export type HandledStudent = IdentityValues & {
  readonly id: string
  readonly orgId: string
  readonly orgPath: string
  readonly orgName: string
  readonly studentNumber: string
  readonly stage: 1 | 2 | 3
  readonly gradeId: string | null
  readonly gradeName: string
  readonly classId: string | null
  readonly className: string | null
  readonly isProblem: boolean
  readonly hasGuardianWithCard: boolean
}

/** Students of the caller's range, locked in one order. */
export const lockStudents = (tx: Transaction, ids: readonly string[]): Promise<HandledStudent[]> =>
  tx.query<HandledStudent & { identityType: IdentityType; birthDate: PlainDate }>(
    `select s.id, s.org_id as "orgId", s.org_path as "orgPath", o.name as "orgName", s.student_number as "studentNumber", coalesce(g.stage, 1) as stage,
       s.grade_id as "gradeId", coalesce(g.name, '') as "gradeName", s.class_id as "classId", c.name as "className", s.name, s.identity_type as "identityType",
       s.identity_number as "identityNumber", s.gender, s.birth_date::text as "birthDate", s.is_problem as "isProblem",
       exists (select 1 from guardian f where f.student_id = s.id and f.identity_type = '1' and f.identity_number is not null) as "hasGuardianWithCard"
     from student s join organization o on o.id = s.org_id left join grade g on g.id = s.grade_id left join school_class c on c.id = s.class_id
     where s.id = any($1::uuid[]) order by s.id for update of s`,
    [ids],
  )
