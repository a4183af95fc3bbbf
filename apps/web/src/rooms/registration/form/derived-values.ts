import { birthDateOf, genderOf } from '@xueji/domain/identity/identity-number'
import { canonicalIdentityNumber } from '@xueji/domain/identity/identity-type'

const RESIDENT_CARD = '1'

/** True when gender and birth date come from the identity number and may not be typed (IDN-006). */
export const followsNumber = (identityType: string | undefined): boolean => identityType === RESIDENT_CARD

/** Gender and birth date inside a resident number (IDN-003, IDN-005); both empty while it is incomplete, so that nothing stale stays. */
export function valuesOfNumber(number: string | undefined): { gender: string; birthDate: string } {
  const canonical = canonicalIdentityNumber(number ?? '')
  const birthDate = /^\d{17}[\dX]$/.test(canonical) ? birthDateOf(canonical) : undefined
  return birthDate ? { gender: genderOf(canonical), birthDate } : { gender: '', birthDate: '' }
}
