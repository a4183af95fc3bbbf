import type { Actor, Role } from './roles.ts'
import { hasRole } from './roles.ts'

/** Who is offered an export on a page: the registrars of schools and counties (EXP-005). Those above are told of the other road. */
export const EXPORTERS: readonly Role[] = [
  'schoolRegistrar',
  'countyRegistrar',
  'cityRegistrar',
  'provinceRegistrar',
  'ministryRegistrar',
]

/** Why somebody may not export; the id of a refusal. */
export type ExportHindrance = 'forbidden' | 'export.countyDisabled' | 'export.onApplication'

/**
 * Why an actor may not export from a page; undefined when nothing is in the way. A school may (EXP-005), a county when its province has said so
 * (EXP-004), and from the city upwards data is handed out on application only (EXP-005).
 */
export function exportHindrance(
  actor: Pick<Actor, 'roles' | 'orgLevel'>,
  countyEnabled: boolean,
): ExportHindrance | undefined {
  if (!hasRole(actor, EXPORTERS)) return 'forbidden'
  switch (actor.orgLevel) {
    case 'school':
      return hasRole(actor, ['schoolRegistrar']) ? undefined : 'forbidden'
    case 'county':
      return countyEnabled ? undefined : 'export.countyDisabled'
    default:
      return 'export.onApplication'
  }
}

/** An account that is to authorise an export, as far as the decision goes. */
export type Authoriser = Pick<Actor, 'accountId' | 'orgId' | 'roles'>

/**
 * Why an account may not authorise an export; undefined when it may (EXP-001): it must be another one, of the same organisation, with a role that may
 * itself read the list.
 */
export function authoriserFault(
  asker: Pick<Actor, 'accountId' | 'orgId'>,
  authoriser: Authoriser,
  readers: readonly Role[],
): 'export.ownAccount' | 'export.notAuthorised' | undefined {
  if (authoriser.accountId === asker.accountId) return 'export.ownAccount'
  return authoriser.orgId === asker.orgId && hasRole(authoriser, readers) ? undefined : 'export.notAuthorised'
}
