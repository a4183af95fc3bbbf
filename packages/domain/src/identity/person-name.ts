import { lengthOf } from '../kernel/text.ts'

const CHINESE_NAME = /^[\p{Script=Han}〇]+(?:·[\p{Script=Han}〇]+)*$/u
const LATIN_NAME = /^[\p{Script=Latin}]+(?:[ '\-·.]{1,2}[\p{Script=Latin}]+)*$/u

/**
 * True for a name as registered with public security: 2–50 characters, Han and `·`; overseas documents also allow Latin letters
 * with blank, hyphen and apostrophe (fields 1.1 姓名). No digits, no other signs.
 */
export function isPersonName(name: string, allowLatin = false): boolean {
  const length = lengthOf(name)
  if (length < 2 || length > 50) return false
  return CHINESE_NAME.test(name) || (allowLatin && LATIN_NAME.test(name))
}

/** True for a name in Latin letters, as a passport has it: 2–100 characters with blank, hyphen, apostrophe and dot between them (fields 1.10 英文姓名). */
export const isLatinName = (name: string): boolean =>
  lengthOf(name) >= 2 && lengthOf(name) <= 100 && LATIN_NAME.test(name)
