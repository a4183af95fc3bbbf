import { ASCII } from './ascii.ts'
import { RefusedError } from './refusal.ts'

const {
  APOSTROPHE,
  BANG,
  CLOSE_BRACKET,
  DASH,
  EQUALS,
  GT,
  LT,
  NINE,
  OPEN_BRACKET,
  QUESTION,
  QUOTE,
  SLASH,
  SPACE,
  ZERO,
} = ASCII

/**
 * XML in UTF-8 bytes, for the two parts that may be hundreds of megabytes. Every function works on bytes[from … end) of a
 * buffer that holds only a part of the file, and answers -1 when the answer lies beyond `end`.
 */

/** The end of the tag, comment, CDATA section or instruction that starts at `lt`. Refuses a document type. */
export function endOfMarkup(bytes: Uint8Array, lt: number, end: number): number {
  const first = lt + 1 < end ? bytes[lt + 1] : 0
  if (first === QUESTION) return endAfter(bytes, lt + 2, end, QUESTION)
  if (first === BANG) return endOfDeclaration(bytes, lt, end)
  return endOfTag(bytes, lt, end)
}

/** The end of the element that starts at `lt`, its content included. */
export function endOfElement(bytes: Uint8Array, lt: number, end: number): number {
  let depth = 0
  let at = lt
  while (at < end) {
    const next = endOfMarkup(bytes, at, end)
    if (next < 0) return -1
    const first = bytes[at + 1]
    if (first === SLASH) depth--
    else if (first !== BANG && first !== QUESTION && bytes[next - 2] !== SLASH) depth++
    if (depth <= 0) return next
    at = bytes.indexOf(LT, next)
    if (at < 0) return -1
  }
  return -1
}

/**
 * A whole number ≥ 0 in the unprefixed attribute named by one byte, in the tag bytes[lt … tagEnd); -1 when it is absent or
 * no number.
 */
export function numberAttribute(bytes: Uint8Array, lt: number, tagEnd: number, name: number): number {
  let quote = 0
  for (let at = lt + 1; at < tagEnd; at++) {
    const byte = bytes[at]!
    if (quote !== 0) {
      if (byte === quote) quote = 0
    } else if (byte === QUOTE || byte === APOSTROPHE) quote = byte
    else if (byte === name && bytes[at - 1]! <= SPACE) {
      const equals = skipBlank(bytes, at + 1)
      if (bytes[equals] === EQUALS) return quotedNumber(bytes, skipBlank(bytes, equals + 1))
    }
  }
  return -1
}

function quotedNumber(bytes: Uint8Array, open: number): number {
  let value = 0
  let at = open + 1
  for (; bytes[at]! >= ZERO && bytes[at]! <= NINE; at++) value = value * 10 + bytes[at]! - ZERO
  return at === open + 1 || bytes[at] !== bytes[open] ? -1 : value
}

function skipBlank(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at]! <= SPACE) at++
  return at
}

function endOfTag(bytes: Uint8Array, lt: number, end: number): number {
  let quote = 0
  for (let at = lt + 1; at < end; at++) {
    const byte = bytes[at]!
    if (quote !== 0) {
      if (byte === quote) quote = 0
    } else if (byte === GT) return at + 1
    else if (byte === QUOTE || byte === APOSTROPHE) quote = byte
  }
  return -1
}

function endOfDeclaration(bytes: Uint8Array, lt: number, end: number): number {
  if (lt + 3 >= end) return -1
  if (bytes[lt + 2] === DASH) return endAfter(bytes, lt + 4, end, DASH, DASH)
  if (bytes[lt + 2] === OPEN_BRACKET) return endAfter(bytes, lt + 9, end, CLOSE_BRACKET, CLOSE_BRACKET)
  throw new RefusedError('doctype')
}

/** The end of the first '>' from `from` on that follows the given bytes. */
function endAfter(bytes: Uint8Array, from: number, end: number, before: number, beforeThat?: number): number {
  for (let gt = bytes.indexOf(GT, from); gt >= 0 && gt < end; gt = bytes.indexOf(GT, gt + 1)) {
    if (bytes[gt - 1] !== before) continue
    if (beforeThat === undefined || bytes[gt - 2] === beforeThat) return gt + 1
  }
  return -1
}
