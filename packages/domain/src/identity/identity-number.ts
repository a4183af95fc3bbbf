import type { PlainDate } from '../kernel/plain-date.ts'
import { parsePlainDate } from '../kernel/plain-date.ts'

/** 1 = male, 2 = female (GB/T 2261.1); the registry knows no other (codes 2.1). */
export type Gender = '1' | '2'

/** Why a number is no resident identity number (GB 11643-1999; IDN-001…004). */
export type IdentityNumberFault =
  | 'identity.length'
  | 'identity.oldFormat'
  | 'identity.characters'
  | 'identity.province'
  | 'identity.birthDate'
  | 'identity.checkCharacter'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_CHARACTERS = '10X98765432'
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 66 71 81 82 83'.split(
    ' ',
  ),
)

/**
 * The check character of GB 11643 over 17 characters; letters count in base 36 (A = 10 … Z = 35) so that the same sum serves the
 * temporary student number (NUM-004).
 */
export function checkCharacter(first17: string): string {
  let sum = 0
  for (let index = 0; index < 17; index++) sum += Number.parseInt(first17[index]!, 36) * WEIGHTS[index]!
  return CHECK_CHARACTERS[sum % 11]!
}

/**
 * The first fault of a resident identity number, or undefined when it is well formed. The number is expected trimmed and in
 * upper case; `today` bounds the birth date (IDN-001, 002, 003, 004).
 */
export function findIdentityNumberFault(number: string, today: PlainDate): IdentityNumberFault | undefined {
  if (/^\d{15}$/.test(number)) return 'identity.oldFormat'
  if (number.length !== 18) return 'identity.length'
  if (!/^\d{17}[\dX]$/.test(number)) return 'identity.characters'
  if (!PROVINCES.has(number.slice(0, 2))) return 'identity.province'
  const birth = birthDateOf(number)
  if (!birth || birth > today || birth < '1900-01-01') return 'identity.birthDate'
  return checkCharacter(number) === number[17] ? undefined : 'identity.checkCharacter'
}

/** The birth date inside an 18-character number, or undefined when those digits are no day (IDN-003). */
export const birthDateOf = (number: string): PlainDate | undefined => parsePlainDate(number.slice(6, 14))

/** Odd 17th digit = male, even = female (IDN-005). */
export const genderOf = (number: string): Gender => (Number(number[16]) % 2 === 1 ? '1' : '2')

/** True when the first two digits are a province code in use (IDN-004). */
export const isProvinceCode = (code: string): boolean => PROVINCES.has(code)
