import type { ArbitrationRequest } from '@xueji/contracts/rooms/problem/problem.api'
import type { Actor } from '@xueji/domain/access/roles'
import { arbitrate } from '@xueji/domain/rooms/problem/problem-group'
import { appendAudit } from '../../platform/audit.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Platform } from '../../platform/platform.ts'
import { refuse } from '../../platform/refusal.ts'
import { applyChanges } from '../../record/apply-changes.ts'
import { lockGroups } from './problem.store.ts'

/**
 * 仲裁 by the lowest common superior (PROB-017…019, flows §4.3): the group is locked and read whole, the verdicts are judged by the domain, parties,
 * records, timeline and audit are written in the same transaction.
 */
export async function arbitrateGroup(
  tx: Transaction,
  platform: Pick<Platform, 'clock'>,
  actor: Actor,
  groupId: string,
  request: ArbitrationRequest,
  options: { readonly allowAllPass: boolean; readonly requestId: string },
): Promise<void> {
  // Whoever has no party of the group in range does not learn that there is one.
  const [visible] = await tx.query('select 1 from problem_member where group_id = $1 limit 1', [groupId])
  const group = (await lockGroups(tx, [groupId])).get(groupId)
  if (!visible || !group) return refuse('notFound')
  if (group.status !== 'arbitration') refuse('problem.notInArbitration')
  if (group.arbiterPath !== actor.orgPath) refuse('problem.notArbiter')
  if (group.version !== request.version) refuse('problem.changed')
  const judged = arbitrate(group, request.verdicts, options.allowAllPass)
  if (!judged.ok) return refuse(judged.refusal)
  await applyChanges(tx, platform.clock, actor, [
    {
      kind: 'settleProblem',
      itemId: '',
      groupId,
      status: judged.value.status,
      parties: judged.value.parties,
      event: { kind: 'arbitrate', studentId: '', opinion: request.opinion },
    },
  ])
  await appendAudit(tx, platform.clock, [
    {
      actorId: actor.accountId,
      actorName: actor.displayName,
      orgPath: actor.orgPath,
      action: 'problem.arbitrate',
      target: groupId,
      detail: { verdicts: request.verdicts },
      requestId: options.requestId,
    },
  ])
}
