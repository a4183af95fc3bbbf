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
        const rows = await platform.prisma.workflowRule.findMany({
          where: { business, stage, schoolKind },
          orderBy: [{ business: 'asc' }, { schoolKind: 'asc' }, { stage: 'asc' }, { scopePath: 'asc' }],
        })
        return rows
          .filter(({ scopePath }) => actor.orgPath.startsWith(scopePath) || scopePath.startsWith(actor.orgPath))
          .map((row) => ({
            id: row.id,
            business: row.business,
            businessName: BIZ.label(String(row.business)),
            schoolKind: row.schoolKind,
            schoolKindName: FLOWSCH.label(row.schoolKind),
            stage: row.stage,
            stageName: STAGE.label(String(row.stage)),
            scopeName: row.scopeName,
            isDefault: row.scopePath === '',
            description: describeSteps(row.steps as WorkflowStep[]),
          }))
      },
    )
  }
