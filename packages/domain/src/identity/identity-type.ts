/** 身份证件类型 (codes 2.2): 1 resident card, 6 Hong Kong, 7 Macao, 8 Taiwan, 9 permanent residence, A passport, B household book, Z none. */
export type IdentityType = '1' | '6' | '7' | '8' | '9' | 'A' | 'B' | 'Z'

/** The three template classes of REG-001. */
export type IdentityClass = 'resident' | 'overseas' | 'undocumented'

/** The template class a student's identity type belongs to (codes 2.3); undefined for B, which a student may not use. */
export function identityClassOf(type: IdentityType): IdentityClass | undefined {
  if (type === '1') return 'resident'
  if (type === 'Z') return 'undocumented'
  return type === 'B' ? undefined : 'overseas'
}

const OVERSEAS_PATTERNS: Partial<Record<IdentityType, RegExp>> = {
  '6': /^[A-Z0-9()]{6,20}$/,
  '7': /^[A-Z0-9()]{6,20}$/,
  '8': /^[A-Z0-9]{8,20}$/,
  '9': /^[A-Z0-9]{15,18}$/,
  A: /^[A-Z0-9]{5,20}$/,
}

/** The number as it is stored and compared: no blanks, upper case (IDN-001, IDN-010). */
export const canonicalIdentityNumber = (text: string): string => text.replace(/\s+/g, '').toUpperCase()

/** True when the number has the shape its overseas document type asks for (IDN-010). */
export const isOverseasNumber = (type: IdentityType, number: string): boolean =>
  OVERSEAS_PATTERNS[type]?.test(number) ?? false
