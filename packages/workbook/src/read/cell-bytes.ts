import { ASCII } from './ascii.ts'

const { AMP, CR, LOWER_B, LOWER_D, LOWER_E, LOWER_I, LOWER_S, LOWER_T, LOWER_X, LT, NINE, UNDERSCORE, ZERO } = ASCII

/**
 * The small steps of `CellReader` over the bytes of a cell. They answer -1 when what they look for is not there, be it that it
 * lies beyond `end`.
 */

/** What a cell's value means, from its attribute `t`. */
export const CELL_TYPE = {
  NUMBER: 0,
  SHARED: 1,
  INLINE: 2,
  FORMULA_TEXT: 3,
  BOOLEAN: 4,
  ERROR: 5,
  ISO_DATE: 6,
} as const

const { NUMBER, SHARED, INLINE, FORMULA_TEXT, BOOLEAN, ERROR, ISO_DATE } = CELL_TYPE

/** How the types are written, by their number. */
export const TYPE_NAMES: readonly string[] = ['n', 's', 'inlineStr', 'str', 'b', 'e', 'd']
export const TYPE_LENGTHS: readonly number[] = TYPE_NAMES.map((name) => name.length)

/** The type named at `at`: n, s, inlineStr, str, b, e or d. */
export function readType(bytes: Uint8Array, at: number): number {
  const first = bytes[at]
  if (first === LOWER_S) return bytes[at + 1] === LOWER_T ? FORMULA_TEXT : SHARED
  if (first === LOWER_I) return INLINE
  if (first === LOWER_B) return BOOLEAN
  if (first === LOWER_E) return ERROR
  return first === LOWER_D ? ISO_DATE : NUMBER
}

/** The number whose digits start at `from`; 0 without digits. */
export function readDigits(bytes: Uint8Array, from: number): number {
  let value = 0
  for (let at = from; bytes[at]! >= ZERO && bytes[at]! <= NINE; at++) value = value * 10 + bytes[at]! - ZERO
  return value
}

/** Bytes that end a text or make it more than plain UTF-8. */
const NOT_PLAIN = new Uint8Array(256)
for (const byte of [LT, AMP, CR, UNDERSCORE]) NOT_PLAIN[byte] = 1

/** Where the text ends that starts at `from`; -1 also when it needs more than UTF-8 decoding. */
export function endOfText(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    if (NOT_PLAIN[bytes[at]!] === 0) continue
    if (bytes[at] === LT) return at
    if (bytes[at] !== UNDERSCORE || bytes[at + 1] === LOWER_X) return -1
  }
  return -1
}

/** A whole number ≥ 0 written as a sheet shows it, short enough to be exact. */
export function isShortWhole(bytes: Uint8Array, start: number, close: number): boolean {
  if (close - start > 15 || (bytes[start] === ZERO && close - start > 1)) return false
  for (let at = start; at < close; at++) if (bytes[at]! < ZERO || bytes[at]! > NINE) return false
  return true
}
