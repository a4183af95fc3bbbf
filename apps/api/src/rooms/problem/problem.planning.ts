import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { type ApprovedHandling, planHandlings, type Rival } from '@xueji/domain/rooms/problem/problem.effects'
import { numberNeedOf } from '@xueji/domain/rooms/problem/problem-number'
import { actingOrder } from '@xueji/domain/rooms/problem/problem-order'
import type { RecordChange } from '@xueji/domain/student/record-change'
import { formalNumber } from '@xueji/domain/student/student-number'
import type { EffectItem, EffectPlan, ItemToEnd } from '../../pipeline/room.ts'
import type { Transaction } from '../../platform/db.ts'
import { loadAllotmentFacts } from '../../record/allotment-facts.ts'
import { type HandlingPayload, lockGroups, type StoredGroup } from './problem.store.ts'

type HandlingRow = { id: string; payload: HandlingPayload; studentId: string; studentNumber: string }

/** Effects of handlings that are through: groups locked and read whole, the re-check of the nation, numbers, then the decisions (PROB-014…021). */
export async function planProblemEffects(
  tx: Transaction,
  today: PlainDate,
  items: readonly EffectItem[],
): Promise<EffectPlan[]> {
  const rows = await tx.query<HandlingRow>(
    `select i.id, i.payload, i.student_id as "studentId", s.student_number as "studentNumber"
     from review_item i join student s on s.id = i.student_id where i.id = any($1::uuid[])`,
    [items.map((item) => item.id)],
  )
  const found = new Map(rows.map((row) => [row.id, row]))
  const handlings = items.map((item): ApprovedHandling => {
    const { payload, studentId, studentNumber } = found.get(item.id)!
    return { ...payload, itemId: item.id, studentId, studentNumber, orgPath: item.orgPath, regionCode: item.regionCode }
  })
  const groups = await lockGroups(
    tx,
    handlings.map(({ groupId }) => groupId),
  )
  const rivals = await loadRivals(tx, handlings)
  const needs = handlings.flatMap((handling) => {
    const need = numberNeedOf(handling)
    const { identityNumber, birthDate } = handling.after ?? handling.before
    return need
      ? [
          {
            formalNumber: need === 'formal' ? formalNumber(identityNumber ?? '') : null,
            letter: 'L' as const,
            regionCode: handling.regionCode,
            birthDate,
          },
        ]
      : []
  })
  const facts = await loadAllotmentFacts(tx, today, needs)
  const plans = planHandlings(handlings, { ...facts, groups, rivals })
  return withEnds(tx, plans, groups)
}

/** Handlings under way of parties that the conflict has left: the system ends them (自动佐证). */
async function withEnds(
  tx: Transaction,
  plans: readonly EffectPlan[],
  groups: ReadonlyMap<string, StoredGroup>,
): Promise<EffectPlan[]> {
  const left = new Map<string, string>()
  for (const plan of plans)
    for (const change of 'changes' in plan ? plan.changes : [])
      if (change.kind === 'settleProblem') for (const id of itemsLeft(change, groups)) left.set(id, change.itemId)
  if (left.size === 0) return [...plans]
  const open = await tx.nationwide(() =>
    tx.query<ItemToEnd>(
      `select id, org_path as "orgPath", step, round, applicant_id as "applicantId" from review_item
       where id = any($1::uuid[]) and status in ('open', 'returned') order by id for update`,
      [[...left.keys()]],
    ),
  )
  return plans.map((plan) =>
    'changes' in plan ? { ...plan, ends: open.filter(({ id }) => left.get(id) === plan.itemId) } : plan,
  )
}

function itemsLeft(
  change: Extract<RecordChange, { kind: 'settleProblem' }>,
  groups: ReadonlyMap<string, StoredGroup>,
): string[] {
  const members = groups.get(change.groupId)?.members ?? []
  return change.parties.flatMap((party) => {
    const itemId = members.find((member) => member.studentId === party.studentId)?.itemId
    return party.state === 'released' && itemId && itemId !== change.itemId ? [itemId] : []
  })
}

type RivalRow = Rival & { itemId: string; registeredAt: string; identityChangedAt: string | null }

/**
 * Who else is what an amended child would be, in the whole country: by document, or for a child without document by name, gender and birth date among
 * those without (PROB-021, REG-032). One statement for the set; each item's in acting order.
 */
async function loadRivals(tx: Transaction, handlings: readonly ApprovedHandling[]): Promise<Map<string, Rival[]>> {
  const amended = handlings.flatMap(({ itemId, studentId, after }) => (after ? [{ itemId, studentId, ...after }] : []))
  if (amended.length === 0) return new Map()
  const rows = await tx.nationwide(() =>
    tx.query<RivalRow>(
      `with asked as (select * from jsonb_to_recordset($1::jsonb) as a ("itemId" uuid, "studentId" uuid, name text, "identityType" text, "identityNumber" text,
         gender text, "birthDate" date)),
       met as (
         select a."itemId", s.* from asked a join student s on s.identity_number = a."identityNumber" and s.identity_type = a."identityType"
           where s.id <> a."studentId" and s.study_status not in ('SW', 'SC')
         union all
         select a."itemId", s.* from asked a join student s on s.birth_date = a."birthDate" and s.gender = a.gender and s.name = a.name
           where a."identityType" = 'Z' and s.identity_type = 'Z' and s.id <> a."studentId" and s.study_status not in ('SW', 'SC'))
       select met."itemId", met.id as "studentId", met.org_path as "orgPath", m.group_id as "groupId", met.created_at::text as "registeredAt",
         (select max(c.at)::text from student_change c where c.student_id = met.id and c.kind = 'amend') as "identityChangedAt"
       from met left join problem_member m on m.student_id = met.id and m.is_live`,
      [JSON.stringify(amended)],
    ),
  )
  const byItem = new Map<string, Rival[]>()
  for (const { itemId } of amended) {
    const own = rows.filter((row) => row.itemId === itemId)
    const order = actingOrder(own)
    byItem.set(
      itemId,
      order.map((id) => {
        const { studentId, orgPath, groupId } = own.find((row) => row.studentId === id)!
        return { studentId, orgPath, groupId }
      }),
    )
  }
  return byItem
}
