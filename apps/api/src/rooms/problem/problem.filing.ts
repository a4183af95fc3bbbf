import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { HandlingRequest } from '@xueji/contracts/rooms/problem/problem.api'
import type { Actor } from '@xueji/domain/access/roles'
import { identityClassOf } from '@xueji/domain/identity/identity-type'
import type { Issue } from '@xueji/domain/kernel/issue'
import type { ChainNode } from '@xueji/domain/review/chain'
import { problemBusiness } from '@xueji/domain/rooms/problem/problem.review'
import { type IdentityValues, planAmendment } from '@xueji/domain/rooms/problem/problem.rules'
import { mayHandle } from '@xueji/domain/rooms/problem/problem-group'
import { whyNotFree } from '@xueji/domain/student/free-child'
import { loadChains } from '../../pipeline/resolve-chain.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import type { Platform } from '../../platform/platform.ts'
import { openBusinessOf } from '../../record/open-business.ts'
import { type HandlingToFile, writeHandlings } from './problem.filing-store.ts'
import { type AmendmentToCheck, type IdentityRegister, precheckAmendments } from './problem.precheck.ts'
import { type HandledStudent, lockGroups, lockStudents, type StoredGroup } from './problem.store.ts'

type Target = HandlingRequest['targets'][number]

/** What became of one target. */
export type FilingOutcome = {
  readonly studentId: string
  readonly refusal?: RefusalId
  readonly detail?: string
  readonly issues?: readonly Issue[]
}

/**
 * Files 变更, 佐证 or 删除 for a set of children of the registrar's school: judged by the domain, amendments asked of the nation, then judged again under
 * lock and written in one transaction (PROB-003…013). Every target gets an outcome; what one lacks keeps no other out.
 */
export async function fileHandlings(
  platform: Pick<Platform, 'clock' | 'db'>,
  register: IdentityRegister,
  actor: Actor,
  request: HandlingRequest,
  requestId: string,
): Promise<readonly FilingOutcome[]> {
  const { db } = platform
  const judged = await db.inScopeOf(actor, (tx) => judge(tx, platform, actor, request))
  const amendments = judged.flatMap(({ student, after, outcome }): AmendmentToCheck[] =>
    student && after && !outcome.refusal && !outcome.issues ? [{ studentId: student.id, before: student, after }] : [],
  )
  const faults = await precheckAmendments(db, register, amendments, actor.orgPath)
  const sound = request.targets.filter((target) => {
    const before = judged.find((one) => one.outcome.studentId === target.studentId)
    return before && !before.outcome.refusal && !before.outcome.issues && !faults.has(target.studentId)
  })
  const filed = await file(db, platform, actor, { ...request, targets: sound }, requestId)
  return judged.map(({ outcome }) => {
    const fault = faults.get(outcome.studentId)
    return fault ? { studentId: outcome.studentId, ...fault } : (filed.get(outcome.studentId) ?? outcome)
  })
}

async function file(
  db: Database,
  platform: Pick<Platform, 'clock'>,
  actor: Actor,
  request: HandlingRequest,
  requestId: string,
): Promise<ReadonlyMap<string, FilingOutcome>> {
  if (request.targets.length === 0) return new Map()
  return db.inScopeOf(actor, async (tx) => {
    // Rights and turns are those of now: somebody may have been quicker while the register was asked.
    const judged = await judge(tx, platform, actor, request)
    const outcomes = new Map(judged.map(({ outcome }) => [outcome.studentId, outcome]))
    const handlings: HandlingToFile[] = []
    const chains = new Map<string, readonly ChainNode[]>()
    for (const { student, group, after, outcome, target } of judged) {
      if (!student || !group || outcome.refusal || outcome.issues) continue
      const business = problemBusiness(
        request.handling,
        group.isCrossProvince,
        after && identityClassOf(after.identityType),
      )
      // All children are of one school: a chain for each business and stage, not for each child.
      const key = `${business} ${student.stage}`
      const chain =
        chains.get(key) ?? (await loadChains(tx, student.orgId, business, [student.stage], false)).get(student.stage)!
      chains.set(key, chain)
      handlings.push({
        id: platform.clock.newId(),
        groupId: group.id,
        handling: request.handling,
        business,
        chain,
        student,
        ...(after ? { after } : {}),
        evidenceIds: target.evidenceIds,
      })
    }
    const lost = await writeHandlings(tx, platform.clock, actor, handlings, requestId)
    for (const studentId of lost) outcomes.set(studentId, { studentId, refusal: 'problem.numberHeld' })
    return outcomes
  })
}

type Judged = {
  readonly target: Target
  readonly student?: HandledStudent
  readonly group?: StoredGroup
  readonly after?: IdentityValues
  readonly outcome: FilingOutcome
}

/** Locks in one order (groups, items, students) and says of each target whether it may be filed. A constant number of statements. */
async function judge(
  tx: Transaction,
  platform: Pick<Platform, 'clock'>,
  actor: Actor,
  { handling, targets }: HandlingRequest,
): Promise<Judged[]> {
  const ids = targets.map((target) => target.studentId)
  const members = await tx.query<{ groupId: string; studentId: string }>(
    'select group_id as "groupId", student_id as "studentId" from problem_member where student_id = any($1::uuid[]) and is_live and org_path = $2',
    [ids, actor.orgPath],
  )
  const groups = await lockGroups(
    tx,
    members.map(({ groupId }) => groupId),
  )
  await tx.query(
    `select 1 from review_item where id in (select item_id from review_queue where student_id = any($1::uuid[])) order by id for update`,
    [ids],
  )
  const students = new Map(
    (
      await lockStudents(
        tx,
        members.map(({ studentId }) => studentId),
      )
    ).map((student) => [student.id, student]),
  )
  const business = await openBusinessOf(tx, ids)
  const openItems = await tx.query<{ studentId: string }>(
    `select student_id as "studentId" from review_queue where student_id = any($1::uuid[]) and room = 'problem' and status = 'open'`,
    [ids],
  )
  const underReview = new Set(openItems.map((item) => item.studentId))
  return targets.map((target): Judged => {
    const { studentId } = target
    const student = students.get(studentId)
    const group = groups.get(members.find((member) => member.studentId === studentId)?.groupId ?? '')
    const no = (refusal: RefusalId): Judged => ({ target, outcome: { studentId, refusal } })
    if (!student || !group) return no('problem.ended')
    const may = mayHandle(group, studentId, handling)
    if (!may.ok) return no(may.refusal)
    if (underReview.has(studentId)) return no('problem.underReview')
    const hindrance = whyNotFree(business.get(studentId)!, 'problemHandling')
    if (hindrance) return no(hindrance)
    if (handling !== 'amend') return { target, student, group, outcome: { studentId } }
    if (!target.amendment) return no('problem.amendmentMissing')
    const amended = planAmendment(student, target.amendment, {
      today: platform.clock.today(),
      studentNumber: student.studentNumber,
      mayAmendName: group.fault === 'nameMismatch',
      hasGuardianWithCard: student.hasGuardianWithCard,
    })
    if ('refusal' in amended) return no(amended.refusal)
    if ('issues' in amended) return { target, outcome: { studentId, issues: amended.issues } }
    return { target, student, group, after: identityOf(amended.after), outcome: { studentId } }
  })
}

/** Only what says who a child is: the record it came from holds more. */
const identityOf = ({ name, identityType, identityNumber, gender, birthDate }: IdentityValues): IdentityValues => ({
  name,
  identityType,
  identityNumber,
  gender,
  birthDate,
})
