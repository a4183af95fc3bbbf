import { ASCII } from '../read/ascii.ts'

const { APOSTROPHE, EQUALS, QUOTE, SPACE } = ASCII

/** Where the value of an unprefixed attribute begins in the tag bytes[lt … tagEnd), behind its quote; -1 when it is absent. */
export function attributeAt(bytes: Uint8Array, lt: number, tagEnd: number, name: Uint8Array): number {
  const first = name[0]!
  let quote = 0
  for (let at = lt + 1; at < tagEnd; at++) {
    const byte = bytes[at]!
    if (quote !== 0) {
      if (byte === quote) quote = 0
    } else if (byte === QUOTE || byte === APOSTROPHE) quote = byte
    else if (byte === first && bytes[at - 1]! <= SPACE && isThere(bytes, at, name)) {
      const equals = skipBlank(bytes, at + name.length)
      if (bytes[equals] === EQUALS) return skipBlank(bytes, equals + 1) + 1
    }
  }
  return -1
}

/** Where the value ends that begins at `start`. */
export function endOfValue(bytes: Uint8Array, start: number): number {
  return bytes.indexOf(bytes[start - 1]!, start)
}

function isThere(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  for (let i = 1; i < name.length; i++) if (bytes[at + i] !== name[i]) return false
  return true
}

function skipBlank(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at]! <= SPACE) at++
  return at
}
