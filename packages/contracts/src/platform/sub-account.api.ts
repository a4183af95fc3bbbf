import { z } from 'zod'
import { Id, Instant } from '../common/wire.ts'

/** 新生注册专用账号 of one person of the school (SEC-001 XN, REG-035). */
export const SubAccount = z.object({
  id: Id,
  username: z.string(),
  displayName: z.string(),
  status: z.enum(['active', 'disabled']),
  /** Has not signed in with a password of his own yet. */
  mustChange: z.boolean(),
  createdAt: Instant,
  /** Sessions open now. */
  online: z.number().int(),
})
export type SubAccount = z.infer<typeof SubAccount>

/** A new one: whose it is, and the part of the user name after the school's. */
export const NewSubAccount = z.object({
  displayName: z
    .string()
    .trim()
    .regex(/^[\p{Script=Han}·]{2,20}$/u, '请填使用人的姓名，2 至 20 个汉字'),
  username: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9]{1,19}$/, '请填 2 至 20 位小写字母或数字，以字母开头'),
})
export type NewSubAccount = z.infer<typeof NewSubAccount>

/** An account with the password it was given: told this once and kept nowhere. */
export const SubAccountPassword = z.object({ account: SubAccount, password: z.string() })
export type SubAccountPassword = z.infer<typeof SubAccountPassword>

/** 停用 or 启用. */
export const SubAccountChange = z.object({ status: z.enum(['active', 'disabled']) })
