import { type AuditLine, appendAudit } from '../platform/audit.ts'
import type { Clock } from '../platform/clock.ts'
import type { Transaction } from '../platform/db.ts'
import { releaseClaims } from '../record/identity-claims.ts'
import { appendEvents, type EventWrite, type StoredItem, SYSTEM, writeStates } from './review-store.ts'

/** What the system does to an item, which waits for nobody's decision then, and what its timeline and the audit say of it. */
export type SystemAct = {
  readonly item: Pick<StoredItem, 'id' | 'orgPath' | 'step' | 'round' | 'applicantId'>
  readonly status: 'ended' | 'returned'
  readonly event: Pick<EventWrite, 'kind' | 'step' | 'opinion'>
  readonly audit: Pick<AuditLine, 'action' | 'detail'>
}

/** Carries out acts of the system on items locked by the caller, as one set: state, event, the identity numbers of those ended given back, audit. */
export async function actAsSystem(
  tx: Transaction,
  clock: Clock,
  acts: readonly SystemAct[],
  requestId: string,
): Promise<void> {
  if (acts.length === 0) return
  const at = clock.now().toISOString()
  await writeStates(
    tx,
    acts.map(({ item: { id, step, round }, status }) => ({
      id,
      step,
      round,
      status,
      waitingPath: null,
      waitingAct: null,
    })),
    at,
  )
  await appendEvents(
    tx,
    acts.map(({ item: { id, orgPath, round, applicantId }, event }) => ({
      itemId: id,
      orgPath,
      round,
      applicantId,
      ...event,
    })),
    SYSTEM,
    at,
  )
  const ended = acts.filter(({ status }) => status === 'ended').map(({ item }) => item.id)
  if (ended.length > 0) await releaseClaims(tx, ended, at)
  await appendAudit(
    tx,
    clock,
    acts.map(({ item, audit }) => ({
      actorId: null,
      actorName: SYSTEM.displayName,
      orgPath: item.orgPath,
      action: audit.action,
      target: item.id,
      detail: audit.detail,
      requestId,
    })),
  )
}
