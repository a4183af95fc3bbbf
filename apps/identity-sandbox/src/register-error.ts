import type { RegisterError } from '@xueji/contracts/identity/identity-register.api'

/** The error body of the contract. Messages name fields and codes, never values: they end up in logs. */
export function registerError(code: string, message: string): RegisterError {
  return { error: { code, message } }
}
