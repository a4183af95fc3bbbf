import type { Page } from '@xueji/contracts/common/wire'
import type { ForceOutResponse, OnlineUser } from '@xueji/contracts/platform/auth.api'
import type { WorkflowRuleRow } from '@xueji/contracts/platform/organization.api'
import type { z } from 'zod'
import { apiGet, apiSend } from '../../shared/api-client.ts'
import { pageOfAll } from '../../shared/page-of-all.ts'

export type { OnlineUser } from '@xueji/contracts/platform/auth.api'
export type { WorkflowRuleRow } from '@xueji/contracts/platform/organization.api'

/** Query keys of this room. */
export const ONLINE_USERS = ['system', 'online-users'] as const
export const WORKFLOW_RULES = ['system', 'workflow-rules'] as const

/** The most sessions the server lists. */
const MOST = 200

/** Sessions within one's range, latest first. The server lists up to 200 and turns no pages: they are turned here. */
export async function loadOnlineUsers(args: {
  filter: { search?: string }
  after?: string
  limit: number
}): Promise<Page<OnlineUser>> {
  const { rows } = await apiGet<Page<OnlineUser>>('/api/online-users', { ...args.filter, limit: MOST })
  return { ...pageOfAll(rows, args), capped: rows.length === MOST }
}

/** Ends sessions by their keys, or all within range but one's own. */
export const forceOut = (keys: readonly string[] | 'all'): Promise<z.infer<typeof ForceOutResponse>> =>
  apiSend('POST', '/api/online-users/force-out', keys === 'all' ? { all: true } : { sessionKeys: keys })

/** Conditions of 业务流程配置. */
export type RuleFilter = { business?: number; stage?: number; schoolKind?: string }

/** Rules that hold for the own province; a few hundred, so pages are turned here. */
export async function loadWorkflowRules(args: {
  filter: RuleFilter
  after?: string
  limit: number
}): Promise<Page<NumberedRule>> {
  const rules = await apiGet<WorkflowRuleRow[]>('/api/workflow-rules', args.filter)
  return pageOfAll(
    rules.map((rule, index) => ({ ...rule, number: index + 1 })),
    args,
  )
}

/** A rule with its 序号. */
export type NumberedRule = WorkflowRuleRow & { readonly number: number }
