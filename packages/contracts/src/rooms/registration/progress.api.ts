import { z } from 'zod'
import { Day, Id } from '../../common/wire.ts'

/** The deadline of this school year's newcomers (TIME-001). */
const Deadline = z.object({ on: Day, daysLeft: z.number().int(), overdue: z.boolean() })

/** What the home page reminds of: the deadline, and how many children, or schools, have not finished. */
export const RegisterReminder = z.object({
  entryYear: z.number().int(),
  deadline: Deadline,
  /** Registrations under way in one's range. */
  unfinished: z.number().int(),
  /** Schools that have some; null for a school itself. */
  schools: z.number().int().nullable(),
})
export type RegisterReminder = z.infer<typeof RegisterReminder>

/** Below which organisation; one's own when absent. */
export const ProgressQuery = z.object({ orgId: Id.optional() })

/** Conditions of the list as its page holds them. */
export const ProgressConditions = ProgressQuery.extend({
  name: z.string().max(100).optional(),
  only: z.enum(['unfinished', 'none']).optional(),
  order: z.enum(['tree', 'overdue', 'unfinished', 'verified', 'photographed']).optional(),
})
export type ProgressConditions = z.infer<typeof ProgressConditions>

/** One organisation with everything below it, or one school. */
export const ProgressRow = z.object({
  orgId: Id,
  orgName: z.string(),
  level: z.string(),
  schools: z.number().int(),
  registered: z.number().int(),
  /** With the checks, the school or a bureau. */
  waiting: z.number().int(),
  /** Back with the school. */
  returned: z.number().int(),
  /** Waiting or returned after the deadline. */
  overdue: z.number().int(),
  overdueSchools: z.number().int(),
  /** 认证通过 and 认证不通过 (resident cards only). */
  verified: z.number().int(),
  unverified: z.number().int(),
  /** Of those registered, how many have their photograph (PHO-008). */
  photographed: z.number().int(),
})
export type ProgressRow = z.infer<typeof ProgressRow>

/** 注册进度: where this school year's newcomers stand, one line for each organisation below. */
export const ProgressView = z.object({
  entryYear: z.number().int(),
  deadline: Deadline,
  /** From one's own organisation down to the one shown. */
  trail: z.array(z.object({ id: Id, name: z.string() })),
  rows: z.array(ProgressRow),
})
export type ProgressView = z.infer<typeof ProgressView>
