import type { IdentityClass } from '../identity/identity-type.ts'

/** 查重状态 (codes 2.25): 0 not yet, 1 running, 2 clear, 3 duplicate. */
export type DuplicateStatus = 0 | 1 | 2 | 3

/** 认证状态 (codes 2.25, resident cards only): 0 not yet, 1 running, 2 passed, 3 failed. */
export type VerificationStatus = 0 | 1 | 2 | 3

/** 认证不通过原因 (DUP-006). */
export type VerificationFault = 'notFound' | 'nameMismatch'

/** Where a check stands for one item. */
export type CheckState = {
  readonly duplicateStatus: DuplicateStatus
  readonly verificationStatus: VerificationStatus
  readonly verificationFault?: VerificationFault | null
}

/** What the national base and the population register answered for one person; `unavailable` is never a pass (DUP-010). */
export type CheckAnswer = {
  readonly duplicate: 'clear' | 'duplicate' | 'unavailable'
  readonly identity?: 'match' | VerificationFault | 'unavailable'
}

/** Before any answer (DUP-004). */
export const UNCHECKED: CheckState = { duplicateStatus: 0, verificationStatus: 0 }

/**
 * The state after an answer: duplicates first, a duplicate is not verified further (DUP-002); what could not be answered stays running
 * and is asked again (DUP-010).
 */
export function applyAnswer(identityClass: IdentityClass, answer: CheckAnswer): CheckState {
  if (answer.duplicate === 'duplicate') return { duplicateStatus: 3, verificationStatus: 0 }
  if (answer.duplicate === 'unavailable') return { duplicateStatus: 1, verificationStatus: 0 }
  if (identityClass !== 'resident') return { duplicateStatus: 2, verificationStatus: 0 }
  if (answer.identity === 'match') return { duplicateStatus: 2, verificationStatus: 2 }
  if (answer.identity === 'notFound' || answer.identity === 'nameMismatch')
    return { duplicateStatus: 2, verificationStatus: 3, verificationFault: answer.identity }
  return { duplicateStatus: 2, verificationStatus: 1 }
}

/** True when every check this class of document asks for has an answer (REG-021). */
export function isCheckComplete(identityClass: IdentityClass, state: CheckState): boolean {
  if (identityClass === 'undocumented') return true
  if (state.duplicateStatus === 3) return true
  if (state.duplicateStatus !== 2) return false
  return identityClass !== 'resident' || state.verificationStatus >= 2
}

/** 查重认证状态 as lists show it (codes 2.25). */
export function checkStatusText(identityClass: IdentityClass, state: CheckState): string {
  if (identityClass === 'undocumented') return '无需查重'
  if (state.duplicateStatus === 3) return '查重不通过'
  if (identityClass === 'overseas')
    return state.duplicateStatus === 2 ? '查重通过' : state.duplicateStatus === 1 ? '查重中' : '未查重'
  if (state.duplicateStatus === 0) return '未查重认证'
  if (state.duplicateStatus === 1 || state.verificationStatus < 2) return '查重认证中'
  return state.verificationStatus === 2 ? '查重认证通过' : '查重通过认证不通过'
}

/** 认证不通过原因 in words (DUP-006). */
export const verificationFaultText = (fault: VerificationFault): string =>
  fault === 'notFound' ? '身份证号不存在' : '身份证号与姓名不匹配'
