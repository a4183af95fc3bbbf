import { flowSchoolKindOf, type Stage } from '@xueji/domain/organization/school-kind'
import { type ChainNode, type ChainOrg, resolveChain } from '@xueji/domain/review/chain'
import { findWorkflowRule, type WorkflowRule, type WorkflowStep } from '@xueji/domain/review/workflow-rule'
import type { Executor } from '../platform/db.ts'

type PositionRow = {
  school_type: string
  school: ChainOrg
  authority: ChainOrg
  city: ChainOrg | null
  province: ChainOrg
}

/**
 * The chains items of this business get today, by stage (WF-001…007): the narrowest rule in force for the school, made concrete. The caller stores them
 * in the items: later changes of configuration never reach them. Two statements, once per batch.
 */
export async function loadChains(
  db: Executor,
  schoolId: string,
  business: number,
  stages: readonly Stage[],
  escalateAfterSchool: boolean,
): Promise<ReadonlyMap<Stage, readonly ChainNode[]>> {
  const org = (alias: string): string =>
    `json_build_object('id', ${alias}.id, 'path', ${alias}.path, 'name', ${alias}.name, 'level', ${alias}.level)`
  const [row] = await db.query<PositionRow>(
    `select s.school_type, ${org('o')} as school, ${org('a')} as authority, ${org('p')} as province,
       (select ${org('c')} from organization c where c.level = 'city' and c.path = left(a.path, 4)) as city
     from organization o join school s on s.organization_id = o.id join organization a on a.id = o.authority_id
     join organization p on p.level = 'province' and p.path = left(a.path, 2) where o.id = $1`,
    [schoolId],
  )
  if (!row) throw new Error('school has no place in the tree')
  const schoolKind = flowSchoolKindOf(row.school_type)
  const rules = await db.query<{
    business: number
    schoolKind: WorkflowRule['schoolKind']
    stage: Stage
    scopePath: string
    steps: WorkflowStep[]
  }>(
    `select business, school_kind as "schoolKind", stage, scope_path as "scopePath", steps from workflow_rule
     where business = $1 and school_kind = $2 and stage = any($3::smallint[]) and starts_with($4, scope_path)`,
    [business, schoolKind, stages, row.school.path],
  )
  const { school, authority, city, province } = row
  const position = { school, authority, province, ...(city ? { city } : {}) }
  return new Map(
    stages.map((stage) => {
      const rule = findWorkflowRule(rules, business, schoolKind, stage, school.path)
      if (!rule) throw new Error(`no workflow rule for business ${business} and stage ${stage}`)
      return [stage, resolveChain(rule.steps, position, escalateAfterSchool)]
    }),
  )
}
