import type { IdentityClass } from '../../identity/identity-type.ts'
import type { ReviewPolicy } from '../../review/machine.ts'
import type { Handling } from './problem-group.ts'

/** 业务类别 of a handling (codes 2.23): in one province, across provinces; giving up the document goes up to the province (PROB-010). */
export function problemBusiness(handling: Handling, isCross: boolean, newClass?: IdentityClass): number {
  if (handling === 'attest') return isCross ? 40 : 35
  if (handling === 'remove') return isCross ? 41 : 36
  if (newClass === 'undocumented') return isCross ? 42 : 37
  return isCross ? 38 : 34
}

/**
 * 不通过 sends a handling back to the registrar, who may choose another (PROB-013, flows §0.2 A). What the register does not know is never filed
 * (flows §4.2), and never approved either.
 */
export const PROBLEM_POLICY: ReviewPolicy = { refusal: 'return', blockOnVerificationFailure: true }
