/** Up to here one string built from code units beats a call into the runtime's decoder. */
const SHORT = 64

// A byte order mark inside a cell is part of the text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** One array of code units per length, so that `apply` sees the right number of arguments without a copy. */
const units: number[][] = Array.from({ length: SHORT + 1 }, (_, length) => new Array<number>(length).fill(0))

/**
 * The text in bytes[start … end). Always a fresh string of its own: a slice of a larger text would keep all of that text
 * in memory as long as one identity number of it is remembered.
 */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start
  if (length > SHORT) return decoder.decode(bytes.subarray(start, end))
  const codes = units[length]!
  for (let i = 0; i < length; i++) {
    const byte = bytes[start + i]!
    if (byte >= 0x80) return decodeShort(bytes, start, end)
    codes[i] = byte
  }
  return String.fromCharCode.apply(null, codes)
}

/** Characters of one and of three bytes, the bulk of Chinese; the decoder does all others. */
function decodeShort(bytes: Uint8Array, start: number, end: number): string {
  const length = countUnits(bytes, start, end)
  const codes = units[length]!
  let at = start
  for (let i = 0; i < length; i++) {
    const a = bytes[at++]!
    if (a < 0x80) codes[i] = a
    else {
      const b = bytes[at++]! ^ 0x80
      const c = bytes[at++]! ^ 0x80
      if (a < 0xe1 || a === 0xed || a > 0xef || (b | c) > 0x3f || at > end)
        return decoder.decode(bytes.subarray(start, end))
      codes[i] = ((a & 0x0f) << 12) | (b << 6) | c
    }
  }
  return at === end ? String.fromCharCode.apply(null, codes) : decoder.decode(bytes.subarray(start, end))
}

/** Bytes that are not a continuation, one per character of the basic plane. */
function countUnits(bytes: Uint8Array, start: number, end: number): number {
  let count = 0
  for (let at = start; at < end; at++) if ((bytes[at]! & 0xc0) !== 0x80) count++
  return count
}

/** Values of a roster repeat: the same bytes give the same string, without a new one each time. */
const SLOTS = 4096
const SLOT_BYTES = 32

export class TextCache {
  private readonly texts = new Array<string>(SLOTS).fill('')
  private readonly lengths = new Uint8Array(SLOTS)
  private readonly slab = new Uint8Array(SLOTS * SLOT_BYTES)

  /** The text in bytes[start … end), at least one byte. */
  text(bytes: Uint8Array, start: number, end: number): string {
    const length = end - start
    if (length > SLOT_BYTES) return decodeUtf8(bytes, start, end)
    const slot = this.slotOf(bytes, start, end)
    const base = slot * SLOT_BYTES
    const slab = this.slab
    if (this.lengths[slot] === length) {
      let i = 0
      while (i < length && slab[base + i] === bytes[start + i]) i++
      if (i === length) return this.texts[slot]!
    }
    const text = decodeUtf8(bytes, start, end)
    for (let i = 0; i < length; i++) slab[base + i] = bytes[start + i]!
    this.lengths[slot] = length
    this.texts[slot] = text
    return text
  }

  private slotOf(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
    return (hash ^ (hash >>> 15)) & (SLOTS - 1)
  }
}
