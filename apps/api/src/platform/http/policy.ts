import type { Role } from '@xueji/domain/access/roles'
import type { FastifyInstance, RouteOptions } from 'fastify'

/**
 * What a route declares about who may call it. `public` needs no session; `signedIn` any; `service` the key of a service account; otherwise one of the roles. What a caller may see is
 * never decided here: the scope layer does that, and out of scope is 404.
 */
export type RoutePolicy =
  | { readonly kind: 'public'; readonly reason: string }
  | {
      readonly kind: 'signedIn' /** Reachable with an expired or initial password. */
      readonly beforePasswordChange?: boolean
    }
  | { readonly kind: 'roles'; readonly roles: readonly Role[] }
  /** Another system with a key of its own; nobody who is signed in. */
  | { readonly kind: 'service' }

/** A route as the authorisation matrix reads it. */
export type DeclaredRoute = { readonly method: string; readonly url: string; readonly policy: RoutePolicy }

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: RoutePolicy
    /** Mutating routes that need no idempotency key: sign-in and what is harmless to repeat. */
    withoutIdempotencyKey?: boolean
  }
  interface FastifyInstance {
    declaredRoutes: DeclaredRoute[]
  }
}

/** Only these roles. */
export const onlyRoles = (...roles: Role[]): { policy: RoutePolicy } => ({ policy: { kind: 'roles', roles } })

/** Anybody signed in. */
export const anySignedIn: { policy: RoutePolicy } = { policy: { kind: 'signedIn' } }

/** Service accounts alone. No cookie is looked at, so there is no token to send and no answer to replay. */
export const onlyServices: { policy: RoutePolicy; withoutIdempotencyKey: true } = {
  policy: { kind: 'service' },
  withoutIdempotencyKey: true,
}

/** Open to the world; the reason is part of the declaration. */
export const openToAll = (reason: string): { policy: RoutePolicy } => ({ policy: { kind: 'public', reason } })

/**
 * Collects every route's policy; a route without one stops the start (architecture, security: Laws). `assumed` speaks for the routes of plugins, which
 * cannot declare one themselves.
 */
export function requirePolicies(
  app: FastifyInstance,
  assumed: (url: string) => RoutePolicy | undefined = () => undefined,
): void {
  app.decorate('declaredRoutes', [])
  app.addHook('onRoute', (route: RouteOptions) => {
    const policy = route.config?.policy ?? assumed(route.url)
    if (!policy) throw new Error(`route ${String(route.method)} ${route.url} declares no policy`)
    route.config = { ...route.config, policy }
    for (const method of [route.method].flat())
      if (method !== 'HEAD') app.declaredRoutes.push({ method, url: route.url, policy })
  })
}
