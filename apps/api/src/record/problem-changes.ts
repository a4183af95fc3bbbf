import type { RecordChange } from '@xueji/domain/student/record-change'
import type { Executor, Transaction } from '../platform/db.ts'

type Settle = Extract<RecordChange, { kind: 'settleProblem' }>
type Regroup = Extract<RecordChange, { kind: 'regroup' }>

/** Who signs a line of a group's timeline. */
export type ProblemSigner = {
  readonly accountId: string | null
  readonly displayName: string
  readonly orgName: string
}

/** A conflict comes about by itself: whoever approved or loaded the record did not decide that there is one, and is named to no other side (DUP-007). */
export const SYSTEM_SIGNER: ProblemSigner = { accountId: null, displayName: '系统', orgName: '' }

/** One line of a group's timeline. */
export type ProblemLine = {
  readonly groupId: string
  readonly studentId: string | null
  readonly kind: string
  readonly itemId?: string | null
  readonly opinion?: string
}

/** States after which a party is no 问题学籍 any more. */
const OUT: ReadonlySet<string> = new Set(['won', 'amended', 'removed', 'released'])

/**
 * Writes problem groups after decisions: status, arbiter, states of all parties, whichever range they lie in; who has left the conflict is no 问题学籍 any
 * more, and the identity number goes to whoever is left with it. A constant number of statements for the set.
 */
export async function settleProblems(
  tx: Transaction,
  settlements: readonly Settle[],
  signer: ProblemSigner,
  at: string,
): Promise<void> {
  if (settlements.length === 0) return
  // Several decisions on one group in one set follow one another: the last one says where it stands.
  const last = [...new Map(settlements.map((change) => [change.groupId, change])).values()]
  const parties = last.flatMap(({ groupId, status, parties: own }) =>
    own.map(({ studentId, state }) => ({
      groupId,
      studentId,
      isLocked: state === 'locked',
      state: state === 'locked' ? 'todo' : state,
      isLive: status !== 'ended' && !OUT.has(state),
    })),
  )
  const before = await tx.query<{ groupId: string; studentId: string; isLocked: boolean; state: string }>(
    `select group_id as "groupId", student_id as "studentId", is_locked as "isLocked", state from problem_member where group_id = any($1::uuid[])`,
    [last.map(({ groupId }) => groupId)],
  )
  await tx.query(
    `update problem_member m set state = p.state, is_locked = p."isLocked", is_live = p."isLive"
     from jsonb_to_recordset($1::jsonb) as p ("groupId" uuid, "studentId" uuid, state text, "isLocked" boolean, "isLive" boolean)
     where m.group_id = p."groupId" and m.student_id = p."studentId"`,
    [JSON.stringify(parties)],
  )
  await tx.query(
    `update problem_group g set status = s.status, version = g.version + 1, changed_at = $2::timestamptz,
       ended_at = case when s.status = 'ended' then $2::timestamptz end,
       arbiter_path = case when s.status = 'arbitration' then (
         select o.path from organization o where o.level <> 'school' and not exists (
           select 1 from problem_member m where m.group_id = g.id and m.is_live and not starts_with(m.org_path, o.path))
         order by length(o.path) desc limit 1) else g.arbiter_path end
     from jsonb_to_recordset($1::jsonb) as s (id uuid, status text) where g.id = s.id`,
    [JSON.stringify(last.map(({ groupId, status }) => ({ id: groupId, status }))), at],
  )
  const freed = parties.filter((party) => !party.isLive).map((party) => party.studentId)
  await tx.query(
    'update student set is_problem = false, version = version + 1 where id = any($1::uuid[]) and is_problem',
    [freed],
  )
  await claimForLeft(
    tx,
    last.map(({ groupId }) => groupId),
    at,
  )
  await appendProblemEvents(tx, linesOf(settlements, parties, before), signer, at)
}

/** Parties that hold a number nobody has claimed claim it, the earliest registered of a group first (DUP-003). */
async function claimForLeft(tx: Transaction, groupIds: readonly string[], at: string): Promise<void> {
  await tx.query(
    `insert into identity_claim (id, identity_type, identity_number, org_path, student_id, claimed_at)
     select new_id(), s.identity_type, s.identity_number, s.org_path, s.id, $2
     from problem_member m join student s on s.id = m.student_id
     where m.group_id = any($1::uuid[]) and m.state not in ('amended', 'removed') and s.identity_number is not null
     order by s.identity_number, m.position desc
     on conflict (identity_number, identity_type) where released_at is null do nothing`,
    [groupIds, at],
  )
}

type Stand = {
  readonly groupId: string
  readonly studentId: string
  readonly isLocked: boolean
  readonly state: string
}

function linesOf(settlements: readonly Settle[], after: readonly Stand[], before: readonly Stand[]): ProblemLine[] {
  const was = new Map(before.map((party) => [`${party.groupId} ${party.studentId}`, party]))
  return settlements.flatMap(({ groupId, itemId, event, status }): ProblemLine[] => {
    const own = {
      groupId,
      studentId: event.studentId || null,
      kind: event.kind,
      itemId: itemId || null,
      opinion: event.opinion,
    }
    const others = after.flatMap((party): ProblemLine[] => {
      if (party.groupId !== groupId || party.studentId === event.studentId) return []
      const old = was.get(`${groupId} ${party.studentId}`)
      const kind = EVENT_OF[party.state]
      if (old && kind && old.state !== party.state) return [{ groupId, studentId: party.studentId, kind }]
      return old?.isLocked && !party.isLocked ? [{ groupId, studentId: party.studentId, kind: 'unlock' }] : []
    })
    return [own, ...others, ...(status === 'ended' ? [{ groupId, studentId: null, kind: 'end' }] : [])]
  })
}

const EVENT_OF: Readonly<Record<string, string>> = { released: 'release', won: 'win', lost: 'lose' }

/** Opens new groups for amended children and those they collide with; the amended child acts first (PROB-021). */
export async function openRegroups(
  tx: Transaction,
  regroups: readonly (Regroup & { readonly groupId: string })[],
  signer: ProblemSigner,
  at: string,
): Promise<void> {
  if (regroups.length === 0) return
  await openGroups(
    tx,
    regroups.map(({ groupId, problemType, parties }) => ({ groupId, problemType, fault: 'duplicate', parties })),
    signer,
    at,
  )
}

/** A group to be opened; parties in the order in which they act. */
export type NewGroup = {
  readonly groupId: string
  readonly problemType: 1 | 2 | 3
  readonly fault: string
  readonly parties: readonly { readonly studentId: string; readonly orgPath: string }[]
  /** A conflict of old (PROB-026) in which nobody knows who came first: all act at once (flows §4.1). */
  readonly isHistory?: boolean
}

/** Opens problem groups as a set: heads, parties, marks on the records, first lines of the timelines. */
export async function openGroups(
  tx: Executor,
  groups: readonly NewGroup[],
  signer: ProblemSigner,
  at: string,
): Promise<void> {
  if (groups.length === 0) return
  const heads = groups.map(({ groupId, problemType, fault, parties, isHistory = false }) => ({
    groupId,
    problemType,
    fault,
    isHistory,
    isCross: new Set(parties.map((party) => party.orgPath.slice(0, 2))).size > 1,
  }))
  const members = groups.flatMap(({ groupId, parties, isHistory }) =>
    parties.map((party, index) => ({ groupId, ...party, position: index + 1, isLocked: index > 0 && !isHistory })),
  )
  await tx.query(
    `insert into problem_group (id, problem_type, fault, is_cross_province, is_history, is_ordered, opened_at, changed_at)
     select "groupId", "problemType", fault, "isCross", "isHistory", not "isHistory", $2, $2
     from jsonb_to_recordset($1::jsonb) as g ("groupId" uuid, "problemType" smallint, fault text, "isCross" boolean, "isHistory" boolean)`,
    [JSON.stringify(heads), at],
  )
  await tx.query(
    `insert into problem_member (group_id, student_id, org_path, position, is_locked)
     select "groupId", "studentId", "orgPath", position, "isLocked"
     from jsonb_to_recordset($1::jsonb) as m ("groupId" uuid, "studentId" uuid, "orgPath" text, position smallint, "isLocked" boolean)`,
    [JSON.stringify(members)],
  )
  await tx.query('update student set is_problem = true, version = version + 1 where id = any($1::uuid[])', [
    members.map((member) => member.studentId),
  ])
  await appendProblemEvents(
    tx,
    groups.map(({ groupId }) => ({ groupId, studentId: null, kind: 'open' })),
    signer,
    at,
  )
}

/** Children who come to groups that are open already. */
export type Joining = {
  readonly groupId: string
  readonly parties: readonly { readonly studentId: string; readonly orgPath: string }[]
}

/**
 * Lets children come to open groups, as a set: they act beside the others and take nobody's turn. What was one child's wrong number is a shared one from then
 * on (codes 3.4). Returns false, having written nothing, when one of the groups has gone to its arbiter or ended meanwhile.
 */
export async function joinGroups(
  tx: Executor,
  joinings: readonly Joining[],
  signer: ProblemSigner,
  at: string,
): Promise<boolean> {
  if (joinings.length === 0) return true
  const ids = joinings.map(({ groupId }) => groupId)
  const open = await tx.query(
    `select id from problem_group where id = any($1::uuid[]) and status = 'open' order by id for update`,
    [ids],
  )
  if (open.length !== ids.length) return false
  await tx.query(
    `insert into problem_member (group_id, student_id, org_path, position)
     select j."groupId", j."studentId", j."orgPath", j.ordinal + (select max(position) from problem_member m where m.group_id = j."groupId")
     from jsonb_to_recordset($1::jsonb) as j ("groupId" uuid, "studentId" uuid, "orgPath" text, ordinal smallint)`,
    [
      JSON.stringify(
        joinings.flatMap(({ groupId, parties }) =>
          parties.map((party, index) => ({ groupId, ...party, ordinal: index + 1 })),
        ),
      ),
    ],
  )
  await tx.query(
    `update problem_group g set version = g.version + 1, changed_at = $2, problem_type = case g.problem_type when 1 then 2 else g.problem_type end,
       fault = case g.problem_type when 1 then 'duplicate' else g.fault end,
       is_cross_province = (select count(distinct left(m.org_path, 2)) > 1 from problem_member m where m.group_id = g.id and m.is_live)
     where g.id = any($1::uuid[])`,
    [ids, at],
  )
  const studentIds = joinings.flatMap(({ parties }) => parties.map(({ studentId }) => studentId))
  await tx.query('update student set is_problem = true, version = version + 1 where id = any($1::uuid[])', [studentIds])
  await appendProblemEvents(
    tx,
    joinings.map(({ groupId }) => ({ groupId, studentId: null, kind: 'join' })),
    signer,
    at,
  )
  return true
}

/** Appends lines to the timelines of groups, as one set. */
export async function appendProblemEvents(
  tx: Executor,
  lines: readonly ProblemLine[],
  signer: ProblemSigner,
  at: string,
): Promise<void> {
  if (lines.length === 0) return
  await tx.query(
    `insert into problem_event (id, group_id, student_id, kind, item_id, opinion, actor_id, actor_name, actor_org, at)
     select new_id(), "groupId", "studentId", kind, "itemId", coalesce(opinion, ''), $2, $3, $4, $5
     from jsonb_to_recordset($1::jsonb) as e ("groupId" uuid, "studentId" uuid, kind text, "itemId" uuid, opinion text)`,
    [JSON.stringify(lines), signer.accountId, signer.displayName, signer.orgName, at],
  )
}
