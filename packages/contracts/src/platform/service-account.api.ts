import { z } from 'zod'
import { Id, Instant } from '../common/wire.ts'

/** A service account to be made: for the organisation named, by default one's own, good for so many days. */
export const NewServiceAccount = z.object({
  name: z.string().trim().min(2).max(60),
  orgId: Id.optional(),
  validDays: z.number().int().min(1).max(730).default(365),
})

/** A service account as administrators see it; its key is not kept. */
export const ServiceAccount = z.object({
  id: Id,
  name: z.string(),
  orgName: z.string(),
  createdBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  revokedAt: Instant.nullable(),
})
export type ServiceAccount = z.infer<typeof ServiceAccount>

/** The key, shown once. */
export const ServiceKey = z.object({ account: ServiceAccount, key: z.string() })
