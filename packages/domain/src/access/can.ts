import { isWithin, rangeOf } from '../organization/org-path.ts'
import type { Actor } from './roles.ts'
import { hasRole } from './roles.ts'

/** May the actor see a thing that belongs to this path at all? Out of scope is "not found", never "forbidden" (security: Laws). */
export const canSee = (actor: Pick<Actor, 'orgPath'>, orgPath: string): boolean =>
  isWithin(rangeOf(actor.orgPath), orgPath)

/** May the actor file registrations for a school? Only its own registrar or newcomer clerk (SEC-010, REG-035). */
export const canFile = (actor: Pick<Actor, 'orgId' | 'roles'>, schoolId: string): boolean =>
  actor.orgId === schoolId && hasRole(actor, ['schoolRegistrar', 'newcomerClerk'])

/** May the actor force an account of this path out (SEC-002, SEC-003)? System administrators, within range, never themselves. */
export const canForceOut = (
  actor: Pick<Actor, 'orgPath' | 'roles' | 'accountId'>,
  target: { orgPath: string; accountId: string },
): boolean =>
  hasRole(actor, ['systemAdministrator']) && canSee(actor, target.orgPath) && actor.accountId !== target.accountId
