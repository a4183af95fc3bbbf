import type { RefusalId } from '@xueji/contracts/issues/refusals'
import { decideLine, type LineCommand, planContinuation } from '@xueji/domain/rooms/vocational/continue-line'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import type { Commander } from '../../pipeline/batch-lock.ts'
import { endItems } from '../../pipeline/end-items.ts'
import type { ItemToEnd } from '../../pipeline/room.ts'
import { appendAudit } from '../../platform/audit.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Platform } from '../../platform/platform.ts'
import { applyChanges } from '../../record/apply-changes.ts'
import { listLines, type StoredLine } from './line-store.ts'
import { type ChildStanding, loadStandings } from './standing.ts'
import { writeRequests } from './write-requests.ts'

/** A command for some lines of one school, each held to the version its giver saw; no version where a service gives it. */
export type LinesCommand = LineCommand & {
  readonly lines: readonly { readonly id: string; readonly version?: number }[]
}

/** What became of a line. */
export type LineOutcome = { readonly id: string; readonly refusal: RefusalId | null }

type Decided = { readonly line: StoredLine; readonly standing: ChildStanding; readonly state: 'continued' | 'stopped' }

/**
 * 继续 or 不继续 for a set of lines (PRE-019): decide each on the locked facts, change the records, end registrations left without an object, write lines and
 * what the children's schools are told, and the audit: one transaction, the same number of statements for one line as for a thousand. The children belong
 * to other schools: only these statements reach them (decision 0018). Returns the registrations ended besides the outcomes.
 */
export async function decideLines(
  tx: Transaction,
  { clock }: Pick<Platform, 'clock'>,
  { actor, requestId }: Commander,
  command: LinesCommand,
): Promise<{ readonly outcomes: readonly LineOutcome[]; readonly ended: readonly ItemToEnd[] }> {
  const ids = [...new Set(command.lines.map(({ id }) => id))]
  const lines = new Map((await listLines(tx, ids, true)).map((line) => [line.id, line]))
  const standings = await lockStandings(tx, [...lines.keys()], actor.orgPath)
  const versions = new Map(command.lines.map(({ id, version }) => [id, version]))
  const schoolYear = schoolYearOf(clock.today())
  const refusals = new Map<string, RefusalId>()
  const decided: Decided[] = []
  const taken = new Set<string>()
  for (const id of ids) {
    const line = lines.get(id)
    const standing = standings.get(id) ?? NOWHERE
    const version = versions.get(id)
    const result = line && decideLine({ ...line, ...standing }, command, schoolYear)
    const child = standing.record?.studentId ?? standing.registration?.itemId ?? id
    if (!result) refusals.set(id, 'notFound')
    else if (version !== undefined && line.version !== version) refusals.set(id, 'vocational.changed')
    else if (!result.ok) refusals.set(id, result.refusal)
    // Two lines of one command about one child: the first has it.
    else if (taken.has(child)) refusals.set(id, 'vocational.elsewhere')
    else {
      taken.add(child)
      decided.push({ line, standing, state: result.value })
    }
  }
  const ended = await carryOut(tx, clock, { actor, requestId }, decided, command.despiteAdmission)
  return { outcomes: ids.map((id) => ({ id, refusal: refusals.get(id) ?? null })), ended }
}

const NOWHERE: ChildStanding = { admission: undefined, where: '' }

/** The facts the decision rests on, locked in the one order of the house: items, then students. */
const lockStandings = (
  tx: Transaction,
  lineIds: readonly string[],
  askerPath: string,
): Promise<ReadonlyMap<string, ChildStanding>> =>
  tx.nationwide(async (nation) => {
    await nation.query(
      `select i.id from review_item i where i.id in (
         select c.item_id from vocational_roster_line l join identity_claim c on c.identity_number = l.identity_number and c.identity_type = l.identity_type
         where l.id = any($1::uuid[]) and c.released_at is null and c.student_id is null) order by i.id for update`,
      [lineIds],
    )
    await nation.query(
      `select s.id from student s where s.id in (select student_id from vocational_roster_line where id = any($1::uuid[])) order by s.id for update`,
      [lineIds],
    )
    return loadStandings(nation, lineIds, askerPath)
  })

/** Writes what was decided, the registration ended with the reason its own school reads. */
async function carryOut(
  tx: Transaction,
  clock: Platform['clock'],
  { actor, requestId }: Commander,
  decided: readonly Decided[],
  despiteAdmission: boolean,
): Promise<readonly ItemToEnd[]> {
  if (decided.length === 0) return []
  const now = clock.now()
  const school = { code: actor.orgPath.split(':')[1] ?? '', name: actor.orgName }
  const plans = decided.map(({ line, standing, state }) =>
    state === 'continued' ? planContinuation({ ...line, ...standing }, school, clock.today()) : { changes: [] },
  )
  await applyChanges(
    tx,
    clock,
    actor,
    plans.flatMap(({ changes }) => changes),
  )
  const ends = decided.flatMap(({ standing: { registration } }, index) =>
    registration && plans[index]!.endsItemId === registration.itemId
      ? [{ ...registration.item, reason: `该生去中职就读（${school.name}），注册终止` }]
      : [],
  )
  if (ends.length > 0) await tx.nationwide(() => endItems(tx, clock, ends, requestId))
  const ending = new Set(ends.map(({ id }) => id))
  const rows = decided.map(({ line, standing, state }) => ({
    lineId: line.id,
    state,
    admitted: standing.admission !== undefined,
    itemId: standing.registration?.itemId ?? null,
    endedItemId: ending.has(standing.registration?.itemId ?? '') ? standing.registration!.itemId : null,
  }))
  await tx.query(
    `update vocational_roster_line l set state = d.state, item_id = d."endedItemId", despite_admission = $2 and d.admitted, decided_at = $3, decided_by = $4,
       version = l.version + 1
     from jsonb_to_recordset($1::jsonb) as d ("lineId" uuid, state text, admitted boolean, "endedItemId" uuid) where l.id = d."lineId"`,
    [JSON.stringify(rows), despiteAdmission, now, actor.displayName],
  )
  await writeRequests(tx, rows, now)
  await appendAudit(
    tx,
    clock,
    rows.map(({ lineId, state, admitted, endedItemId }, index) => ({
      actorId: actor.accountId,
      actorName: actor.displayName,
      orgPath: actor.orgPath,
      action: state === 'continued' ? 'vocational.continue' : 'vocational.stop',
      target: lineId,
      detail: { studentId: decided[index]!.standing.record?.studentId ?? null, endedItemId, admitted },
      requestId,
    })),
  )
  return ends
}
