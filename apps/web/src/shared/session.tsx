import type { SessionInfo } from '@xueji/contracts/platform/auth.api'
import type { Role } from '@xueji/domain/access/roles'
import { createContext, useContext } from 'react'

/** The session with what changes it; filled by `SessionProvider`. */
export type SessionState = {
  readonly info: SessionInfo
  /** Takes over a fresh answer of the server, after a change of password. */
  readonly update: (info: SessionInfo) => void
  readonly signOut: () => Promise<void>
}

export const SessionContext = createContext<SessionState | undefined>(undefined)

/** The session with its doings. Only inside the shell, where somebody is signed in. */
export function useSessionState(): SessionState {
  const state = useContext(SessionContext)
  if (!state) throw new Error('no session here')
  return state
}

/** Who is signed in: name, roles, own organisation, today and school year as the server counts them. */
export const useSession = (): SessionInfo => useSessionState().info

/** True when the signed-in account holds at least one of the roles. */
export function useHasRole(...roles: Role[]): boolean {
  const held = useSession().roles
  return roles.some((role) => held.includes(role))
}
