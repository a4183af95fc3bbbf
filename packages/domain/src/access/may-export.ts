import type { Actor, Role } from './roles.ts'
import { hasRole, roleFitsLevel } from './roles.ts'

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

/** What a list is, as far as the decision goes. */
export type ExportMatter = {
  /** Who may ask for it; `EXPORTERS` when left out. */
  readonly askers?: readonly Role[]
  /** True when left out; false for a list of accounts, classes, files or counts: EXP-004 and EXP-005 are about children's data. */
  readonly namesChildren?: boolean
}

/**
 * Why an actor may not export a list from a page; undefined when nothing is in the way. A school may (EXP-005), a county when its province has said so
 * (EXP-004), and from the city upwards data is handed out on application only (EXP-005). A list that names no child leaves with whoever may ask for it.
 */
export function exportHindrance(
  actor: Pick<Actor, 'roles' | 'orgLevel'>,
  countyEnabled: boolean,
  { askers = EXPORTERS, namesChildren = true }: ExportMatter = {},
): ExportHindrance | undefined {
  if (!actor.roles.some((role) => askers.includes(role) && roleFitsLevel(role, actor.orgLevel))) return 'forbidden'
  if (!namesChildren) return undefined
  switch (actor.orgLevel) {
    case 'school':
      return undefined
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
