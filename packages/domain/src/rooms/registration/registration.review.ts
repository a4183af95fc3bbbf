import type { IdentityClass } from '../../identity/identity-type.ts'
import type { ReviewPolicy } from '../../review/machine.ts'

/** 注册类别 (codes 2.24). */
export type RegistrationCategory = 'R11' | 'R12' | 'R13' | 'R21' | 'R22' | 'R23'

/** One of the six entries (REG-001): its business number in the workflow configuration, name, document class and ways in. */
export type RegistrationEntry = {
  readonly business: number
  readonly name: string
  readonly identityClass: IdentityClass
  /** 小学新生, to be filed for this year's first grade; the others choose a grade (REG-014, REG-015). */
  readonly newcomer: boolean
  /** 导入 (REG-002, REG-003). */
  readonly importable: boolean
  /** 录入, one child at a time (REG-002, REG-003). */
  readonly fileable: boolean
}

const entry = (
  business: number,
  name: string,
  identityClass: IdentityClass,
  newcomer: boolean,
  ways: { readonly importable: boolean; readonly fileable: boolean },
): RegistrationEntry => ({ business, name, identityClass, newcomer, ...ways })

const BY_FILE = { importable: true, fileable: false }
const BY_FORM = { importable: false, fileable: true }
const BY_BOTH = { importable: true, fileable: true }

/** The six entries (REG-001…003, codes 2.23, 2.24). */
export const REGISTRATION_ENTRIES: Readonly<Record<RegistrationCategory, RegistrationEntry>> = {
  R11: entry(1, '居民身份证小学新生注册', 'resident', true, BY_FILE),
  R12: entry(3, '港澳台和外籍小学新生注册', 'overseas', true, BY_FILE),
  R13: entry(4, '无身份证件小学新生注册', 'undocumented', true, BY_FORM),
  R21: entry(2, '居民身份证非小学新生注册', 'resident', false, BY_BOTH),
  R22: entry(5, '港澳台和外籍非小学新生注册', 'overseas', false, BY_BOTH),
  R23: entry(6, '无身份证件非小学新生注册', 'undocumented', false, BY_FORM),
}

/** Registration reads 不通过 as "back to the registrar" (REG-024, REG-029, flows §0.2 A); REG-023 decides whether an unverified identity passes. */
export const registrationPolicy = (blockOnAuthFail: boolean): ReviewPolicy => ({
  refusal: 'return',
  blockOnVerificationFailure: blockOnAuthFail,
})
