import { BIZ, FLOWSCH } from '@xueji/contracts/codes/school-codes'
import { STAGE } from '@xueji/contracts/codes/student-codes'
import { WorkflowRuleRow } from '@xueji/contracts/platform/organization.api'
import { describeSteps, type WorkflowStep } from '@xueji/domain/review/workflow-rule'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sessionOf } from '../http/authenticate.ts'
import { onlyRoles } from '../http/policy.ts'
import type { Platform } from '../platform.ts'

const Query = z.object({
  business: z.coerce.number().int().min(1).max(45).optional(),
  stage: z.coerce.number().int().min(1).max(3).optional(),
  schoolKind: z.enum(['ordinary', 'special', 'reform']).optional(),
})

/** 业务流程配置, read side (WF-001, WF-002): the rules that hold for the caller's province, national defaults included. */
export const workflowRoutes =
  (platform: Platform): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/workflow-rules',
      {
        schema: { querystring: Query, response: { 200: z.array(WorkflowRuleRow) } },
        config: onlyRoles('provinceRegistrar'),
      },
      async (request) => {
        const { actor } = sessionOf(request)
        const { business, stage, schoolKind } = request.query
        const rows = await platform.db.system.query<{
          id: string
          business: number
          schoolKind: string
          stage: number
          scopePath: string
          scopeName: string
          steps: WorkflowStep[]
        }>(
          `select id, business, school_kind as "schoolKind", stage, scope_path as "scopePath", scope_name as "scopeName", steps from workflow_rule
       where (starts_with($1, scope_path) or starts_with(scope_path, $1)) and ($2::int is null or business = $2) and ($3::int is null or stage = $3)
         and ($4::text is null or school_kind = $4) order by business, school_kind, stage, scope_path`,
          [actor.orgPath, business ?? null, stage ?? null, schoolKind ?? null],
        )
        return rows.map(({ scopePath, steps, ...row }) => ({
          ...row,
          businessName: BIZ.label(String(row.business)),
          schoolKindName: FLOWSCH.label(row.schoolKind),
          stageName: STAGE.label(String(row.stage)),
          isDefault: scopePath === '',
          description: describeSteps(steps),
        }))
      },
    )
  }
