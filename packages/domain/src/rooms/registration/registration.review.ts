import type { IdentityClass } from '../../identity/identity-type.ts'
import type { ReviewPolicy } from '../../review/machine.ts'

/** 注册类别 (codes 2.24). */
export type RegistrationCategory = 'R11' | 'R12' | 'R13' | 'R21' | 'R22' | 'R23'

/** One of the six entries (REG-001): its business number in the workflow configuration, name and document class. */
export type RegistrationEntry = {
  readonly business: number
  readonly name: string
  readonly identityClass: IdentityClass
  readonly newcomer: boolean
}

/** The six entries (REG-001, codes 2.23, 2.24). */
export const REGISTRATION_ENTRIES: Readonly<Record<RegistrationCategory, RegistrationEntry>> = {
  R11: { business: 1, name: '居民身份证小学新生注册', identityClass: 'resident', newcomer: true },
  R12: { business: 3, name: '港澳台和外籍小学新生注册', identityClass: 'overseas', newcomer: true },
  R13: { business: 4, name: '无身份证件小学新生注册', identityClass: 'undocumented', newcomer: true },
  R21: { business: 2, name: '居民身份证非小学新生注册', identityClass: 'resident', newcomer: false },
  R22: { business: 5, name: '港澳台和外籍非小学新生注册', identityClass: 'overseas', newcomer: false },
  R23: { business: 6, name: '无身份证件非小学新生注册', identityClass: 'undocumented', newcomer: false },
}

/** Registration reads 不通过 as "back to the registrar" (REG-024, REG-029, flows §0.2 A); REG-023 decides whether an unverified identity passes. */
export const registrationPolicy = (blockOnAuthFail: boolean): ReviewPolicy => ({
  refusal: 'return',
  blockOnVerificationFailure: blockOnAuthFail,
})
