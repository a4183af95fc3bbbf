import type { RefusalId } from '@xueji/contracts/issues/refusals'
import type { Actor } from '@xueji/domain/access/roles'
import { decide, type ReviewCommand, type ReviewDecision } from '@xueji/domain/review/machine'
import type { RecordChange } from '@xueji/domain/student/record-change'
import { type AuditLine, appendAudit } from '../platform/audit.ts'
import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { type AppliedChange, applyChanges } from '../record/apply-changes.ts'
import { releaseClaims } from '../record/identity-claims.ts'
import { endItems } from './end-items.ts'
import { returnItems } from './return-items.ts'
import {
  appendEvents,
  type EventWrite,
  effectItemOf,
  lockItems,
  type StateWrite,
  type StoredItem,
  stateOf,
  writeStates,
} from './review-store.ts'
import type { ItemToEnd, ReviewRoom, Settings } from './room.ts'

/** One command for a set of items. */
export type SetCommand = {
  readonly room: ReviewRoom
  readonly command: Exclude<ReviewCommand, 'resubmit'>
  readonly opinion: string
  readonly ids: readonly string[]
  /** A single item may be held to the version its reader saw (F-008). */
  readonly version?: number
  readonly requestId: string
}

/** What became of each item: an id out of the actor's range is `notFound`; `isReturned` when it was not refused but sent back, for the reason given. */
export type ItemOutcome = { readonly id: string; readonly refusal?: RefusalId; readonly isReturned?: true }

type Decided = { readonly item: StoredItem; readonly decision: ReviewDecision }

/**
 * Carries out one command on a set of items inside the actor's transaction: decide each (pure), plan the effects of those that are through, write states,
 * events, records, history and audit as sets. The same number of statements for one item as for a thousand (F-005, F-007, F-010; REG-031).
 */
export async function commandItems(
  tx: Transaction,
  platform: Pick<Platform, 'clock'>,
  actor: Actor,
  settings: Settings,
  command: SetCommand,
): Promise<readonly ItemOutcome[]> {
  const at = platform.clock.now().toISOString()
  const policy = command.room.policy(settings)
  await command.room.lockFirst?.(tx, command.ids)
  const items = await lockItems(tx, command.ids)
  const found = new Map(items.map((item) => [item.id, item]))
  const refusals = new Map<string, RefusalId>()
  let decided: Decided[] = []
  for (const id of command.ids) {
    const item = found.get(id)
    if (item?.room !== command.room.name) refusals.set(id, 'notFound')
    else if (command.version !== undefined && item.version !== command.version)
      refusals.set(id, 'review.alreadyDecided')
    else {
      const result = decide(stateOf(item), command.command, actor, policy, command.opinion)
      if (result.ok) decided.push({ item, decision: result.value })
      else refusals.set(id, result.refusal)
    }
  }
  const { changes, ends, returns } = await planEffects(tx, platform, command.room, settings, decided, refusals)
  const sentBack = decided.filter(({ item }) => returns.has(item.id))
  decided = decided.filter(({ item }) => !refusals.has(item.id) && !returns.has(item.id))
  const applied = new Map(
    (await applyChanges(tx, platform.clock, actor, changes)).map((change) => [change.itemId, change]),
  )
  await writeOutcome(tx, actor, command, decided, applied, at)
  if (ends.length > 0) await tx.nationwide(() => endItems(tx, platform.clock, ends, command.requestId))
  await returnItems(
    tx,
    platform.clock,
    sentBack.map(({ item }) => ({ item, reason: returns.get(item.id)! })),
    command.requestId,
  )
  await appendAudit(
    tx,
    platform.clock,
    decided.map((one) => auditLine(actor, command, one, applied)),
  )
  return command.ids.map((id) => {
    const [refusal, reason] = [refusals.get(id), returns.get(id)]
    if (reason) return { id, refusal: reason, isReturned: true }
    return refusal ? { id, refusal } : { id }
  })
}

async function planEffects(
  tx: Transaction,
  platform: Pick<Platform, 'clock'>,
  room: ReviewRoom,
  settings: Settings,
  decided: readonly Decided[],
  refusals: Map<string, RefusalId>,
): Promise<{ changes: RecordChange[]; ends: ItemToEnd[]; returns: Map<string, RefusalId> }> {
  const through = decided.filter(({ decision }) => decision.next.status === 'effective')
  if (through.length === 0) return { changes: [], ends: [], returns: new Map() }
  const plans = await room.planEffects(
    tx,
    platform.clock.today(),
    through.map(({ item }) => effectItemOf(item)),
    settings,
  )
  for (const plan of plans) if ('refusal' in plan) refusals.set(plan.itemId, plan.refusal)
  const carried = plans.flatMap((plan) => ('changes' in plan ? [plan] : []))
  return {
    changes: carried.flatMap((plan) => plan.changes),
    ends: carried.flatMap((plan) => plan.ends ?? []),
    returns: new Map(plans.flatMap((plan) => ('returned' in plan ? [[plan.itemId, plan.returned]] : []))),
  }
}

async function writeOutcome(
  tx: Transaction,
  actor: Actor,
  command: SetCommand,
  decided: readonly Decided[],
  records: ReadonlyMap<string, AppliedChange>,
  at: string,
): Promise<void> {
  const states = decided.map(({ item, decision }): StateWrite => {
    const node = decision.next.status === 'open' ? item.chain[decision.next.step] : undefined
    const record = records.get(item.id)
    return {
      id: item.id,
      ...decision.next,
      waitingPath: node?.orgPath ?? null,
      waitingAct: node?.act ?? null,
      ...(record ? { studentId: record.studentId, studentNumber: record.studentNumber } : {}),
    }
  })
  const events = decided.flatMap(({ item, decision }): EventWrite[] => {
    const base = { itemId: item.id, orgPath: item.orgPath, round: decision.round, applicantId: item.applicantId }
    const own = {
      ...base,
      kind: command.command,
      step: command.command === 'remove' ? null : decision.step,
      opinion: command.opinion,
    }
    const record = records.get(item.id)
    return record
      ? [own, { ...base, kind: 'effect', step: null, opinion: '', detail: { studentNumber: record.studentNumber } }]
      : [own]
  })
  await writeStates(tx, states, at)
  await appendEvents(tx, events, actor, at)
  const ended = decided.filter(({ decision }) => ENDED.has(decision.next.status)).map(({ item }) => item.id)
  if (ended.length > 0) await releaseClaims(tx, ended, at)
}

// Ended unregistered: the identity number is free again.
const ENDED: ReadonlySet<string> = new Set(['removed', 'rejected', 'refused', 'ended'])

function auditLine(
  actor: Actor,
  command: SetCommand,
  { item, decision }: Decided,
  applied: ReadonlyMap<string, AppliedChange>,
): AuditLine {
  const record = applied.get(item.id)
  return {
    actorId: actor.accountId,
    actorName: actor.displayName,
    orgPath: actor.orgPath,
    action: `review.${command.command}`,
    target: item.id,
    detail: {
      room: item.room,
      step: decision.step,
      round: decision.round,
      to: decision.next.status,
      ...(record ? { studentId: record.studentId } : {}),
    },
    requestId: command.requestId,
  }
}
