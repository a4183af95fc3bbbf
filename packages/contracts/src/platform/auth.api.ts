import { z } from 'zod'
import { Id, Instant } from '../common/wire.ts'

/** Sign-in. */
export const LoginRequest = z.object({
  username: z.string().trim().min(1, '请输入用户名').max(64),
  password: z.string().min(1, '请输入密码').max(128),
})
export type LoginRequest = z.infer<typeof LoginRequest>

/** Who is signed in, and what the header says (SEC-004, SEC-005). */
export const SessionInfo = z.object({
  accountId: Id,
  username: z.string(),
  displayName: z.string(),
  roles: z.array(z.string()),
  organization: z.object({ id: Id, name: z.string(), level: z.string(), path: z.string(), code: z.string() }),
  /** Ministry to own organisation, for the header. */
  trail: z.array(z.string()),
  csrfToken: z.string(),
  passwordDaysLeft: z.number().int(),
  mustChangePassword: z.boolean(),
  /** Pictures that may be filed at one step (`evidence.maxCount`). */
  evidenceMost: z.number().int(),
  today: z.string(),
  schoolYear: z.number().int(),
  demo: z.boolean(),
  version: z.string(),
})
export type SessionInfo = z.infer<typeof SessionInfo>

/** A change of one's own password. */
export const ChangePasswordRequest = z.object({
  oldPassword: z.string().min(1).max(128),
  newPassword: z.string().min(1).max(128),
})
export type ChangePasswordRequest = z.infer<typeof ChangePasswordRequest>

/** Demo accounts, listed on the sign-in page in demo mode only. */
export const DemoAccount = z.object({
  username: z.string(),
  displayName: z.string(),
  roleNames: z.array(z.string()),
  orgName: z.string(),
})
export const SignInPage = z.object({
  demo: z.boolean(),
  demoPassword: z.string().optional(),
  accounts: z.array(DemoAccount),
  version: z.string(),
})
export type SignInPage = z.infer<typeof SignInPage>

/** 在线用户 (SEC-002). */
export const OnlineUser = z.object({
  sessionKey: z.string(),
  accountId: Id,
  username: z.string(),
  displayName: z.string(),
  orgName: z.string(),
  orgLevel: z.string(),
  ip: z.string(),
  signedInAt: Instant,
  lastSeenAt: Instant,
  isSelf: z.boolean(),
})
export type OnlineUser = z.infer<typeof OnlineUser>
export const ForceOutRequest = z.object({
  sessionKeys: z.array(z.string().length(64)).min(1).max(500).optional(),
  all: z.literal(true).optional(),
})
export const ForceOutResponse = z.object({ ended: z.number().int() })
