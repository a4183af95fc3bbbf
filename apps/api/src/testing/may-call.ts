import type { Role } from '@xueji/domain/access/roles'
import type { DeclaredRoute } from '../platform/http/policy.ts'
import type { Answer } from './http.ts'

/** What an answer says: the id of its refusal, or its status. */
export const idOf = (answer: Answer): string => answer.body?.error?.id ?? String(answer.status)

/** Membership in a list, as a predicate. */
export const in_ =
  <T>(list: readonly T[]) =>
  (one: T): boolean =>
    list.includes(one)

/** Whether a policy lets in somebody of these roles; undefined is nobody signed in. */
export const mayCall = ({ policy }: DeclaredRoute, roles: readonly Role[] | undefined): boolean =>
  policy.kind === 'public' ||
  (roles !== undefined && (policy.kind === 'signedIn' || (policy.kind === 'roles' && policy.roles.some(in_(roles)))))
