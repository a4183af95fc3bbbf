import { wordCause } from '@xueji/contracts/rooms/problem/problem.words'
import type { ProblemGroupView, ProblemParty } from '@xueji/contracts/rooms/problem/problem-group.api'
import type { Actor } from '@xueji/domain/access/roles'
import type { CauseParty } from '@xueji/domain/rooms/problem/problem-cause'
import { findCauses } from '@xueji/domain/rooms/problem/problem-cause'
import type { Executor, Transaction } from '../../platform/db.ts'
import { refuse } from '../../platform/refusal.ts'
import { PROBLEM_TABLES } from './problem.filter.ts'
import { commandsOf, handlingsOf, type ListedParty, PARTY_COLUMNS } from './problem.list.ts'
import { adviceFor, nextActors } from './problem.next.ts'
import { loadComparison, loadNotices, type PartyNotice, statusOf } from './problem.parties.ts'
import { pinyinOf } from './problem.pinyin.ts'
import type { HandlingPayload } from './problem.store.ts'
import { loadTimeline } from './problem.timeline.ts'

type OwnParty = ListedParty & {
  readonly birthDate: string
  readonly registeredAt: Date
  readonly guardians: string[]
  readonly formerNumbers: string[]
  readonly payload: HandlingPayload | null
  readonly refusalOpinion: string | null
}

type Head = {
  version: number
  problemType: 1 | 2 | 3
  fault: string
  status: 'open' | 'arbitration' | 'ended'
  isCrossProvince: boolean
  isHistory: boolean
  arbiterPath: string | null
  arbiterName: string | null
  openedAt: Date
  changedAt: Date
}

/**
 * The one page of a group for both schools and their bureaus (issue 5, PROB-025): own parties in full from inside the range, the others by their named
 * fields, hints worded without a value of theirs. 404 for whoever has no party in range.
 */
export async function viewGroup(
  tx: Transaction,
  system: Executor,
  actor: Actor,
  id: string,
): Promise<ProblemGroupView> {
  const own = await tx.query<OwnParty>(
    `select ${PARTY_COLUMNS}, s.birth_date::text as "birthDate", s.created_at as "registeredAt", i.payload,
       coalesce((select array_agg(f.name order by f.position) from guardian f where f.student_id = s.id), '{}') as guardians,
       coalesce((select array_agg(n.number order by n.issued_at) from student_number n where n.student_id = s.id and n.number <> s.student_number), '{}') as "formerNumbers",
       case when i.status = 'returned' then (select e.opinion from review_event e where e.item_id = i.id and e.kind = 'refuse' order by e.at desc limit 1) end as "refusalOpinion"
     from ${PROBLEM_TABLES} where m.group_id = $1`,
    [id],
  )
  if (own.length === 0) refuse('notFound')
  const [head] = await tx.query<Head>(
    `select g.version, g.problem_type as "problemType", g.fault, g.status, g.is_cross_province as "isCrossProvince", g.is_history as "isHistory",
       g.arbiter_path as "arbiterPath", o.name as "arbiterName", g.opened_at as "openedAt", g.changed_at as "changedAt"
     from problem_group g left join organization o on o.path = g.arbiter_path and o.level <> 'school' where g.id = $1`,
    [id],
  )
  const notices = await loadNotices(system, [id])
  const compared = await loadComparison(system, [id])
  const { arbiterPath, arbiterName, openedAt, changedAt, ...shown } = head!
  const mayArbitrate = shown.status === 'arbitration' && arbiterPath === actor.orgPath && actor.orgLevel !== 'school'
  const parties = notices.map((notice) =>
    presentParty(
      notice,
      own.find((row) => row.studentId === notice.studentId),
      compared,
      notices,
      actor,
    ),
  )
  const next = nextActors(notices, shown.status, arbiterName ?? '')
  return {
    ...shown,
    id,
    openedAt: openedAt.toISOString(),
    parties,
    causes: findCauses(compared, { ...shown, pinyinOf }).map((cause) => {
      const worded = wordCause(cause)
      const isOwn = cause.studentIds.every((studentId) => own.some((row) => row.studentId === studentId))
      return isOwn ? worded : { ...worded, suggestion: null }
    }),
    timeline: await loadTimeline(system, id, actor.orgPath),
    next,
    nextSince: latest(notices, changedAt).toISOString(),
    advice: adviceFor(parties, shown.status, mayArbitrate, next),
    mayArbitrate,
  }
}

function latest(notices: readonly PartyNotice[], changedAt: Date): Date {
  const waiting = notices.filter((notice) => notice.itemStatus === 'open' || notice.itemStatus === 'returned')
  return new Date(Math.max(changedAt.getTime(), ...waiting.map(({ since }) => since.getTime())))
}

function presentParty(
  notice: PartyNotice,
  own: OwnParty | undefined,
  compared: readonly CauseParty[],
  group: readonly PartyNotice[],
  actor: Actor,
): ProblemParty {
  const { studentId, position, state, provinceName, schoolName, handling } = notice
  return {
    studentId,
    isOwn: own !== undefined,
    position,
    state,
    statusText: statusOf(notice),
    provinceName,
    schoolName,
    schoolCode: notice.orgPath.split(':')[1] ?? null,
    handling,
    itemId: own?.itemId ?? null,
    itemVersion: own?.itemVersion ?? null,
    record: own ? recordOf(own) : null,
    same: samenessOf(studentId, compared),
    amendment: own?.payload?.after && notice.itemStatus !== 'removed' ? amendmentOf(own.payload.after) : null,
    refusalOpinion: own?.refusalOpinion ?? null,
    handlings: own ? [...handlingsOf(own, group, actor)] : [],
    mayAmendName: own?.fault === 'nameMismatch',
    commands: own ? [...commandsOf(own, actor)] : [],
  }
}

const amendmentOf = ({ name, identityType, identityNumber }: NonNullable<HandlingPayload['after']>) => ({
  name,
  identityType,
  identityNumber,
})

const recordOf = (own: OwnParty): ProblemParty['record'] => ({
  studentNumber: own.studentNumber,
  name: own.studentName,
  gender: own.gender,
  birthDate: own.birthDate,
  identityType: own.identityType,
  identityNumber: own.identityNumber,
  gradeName: own.gradeName,
  className: own.className,
  registeredAt: own.registeredAt.toISOString(),
  guardians: own.guardians,
  formerNumbers: own.formerNumbers,
})

const COMPARED = ['name', 'gender', 'birthDate', 'identityType', 'identityNumber'] as const

function samenessOf(studentId: string, compared: readonly CauseParty[]): Record<string, boolean> {
  const one = compared.find((party) => party.studentId === studentId)
  const others = compared.filter((party) => party.studentId !== studentId)
  if (!one || others.length === 0) return {}
  return {
    ...Object.fromEntries(COMPARED.map((key) => [key, others.every((other) => other[key] === one[key])])),
    // Nothing is said of families of whom nothing is known.
    ...(one.guardianKeys.length > 0 && others.some((other) => other.guardianKeys.length > 0)
      ? { guardians: others.some((other) => one.guardianKeys.some((key) => other.guardianKeys.includes(key))) }
      : {}),
  }
}
