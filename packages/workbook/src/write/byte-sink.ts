import { PIECES_KEPT } from '../codec/codec.ts'

const SIZE = 512 * 1024
/** Room beyond that, for the row that fills it. */
const MARGIN = 32 * 1024
/** Bytes one character can take. */
const WIDEST = 3

const encoder = new TextEncoder()

/** ASCII characters that stand for themselves in a cell's text; '_' does unless an 'x' follows. */
const PLAIN = new Uint8Array(128)
for (let code = 0x20; code < 0x7f; code++) PLAIN[code] = 1
for (const character of '&<>') PLAIN[character.charCodeAt(0)] = 0

/**
 * Gathers UTF-8 for the hot path of the writer. Joining strings and encoding them afterwards takes three times as long as
 * writing their bytes here at once.
 */
export class ByteSink {
  /** Taken in turn: new ones for every piece would be half a gigabyte for the collector when a hundred thousand rows are written. */
  private readonly turns: Uint8Array<ArrayBuffer>[] = []
  private turn = 0
  private bytes = new Uint8Array(SIZE + MARGIN)
  private length = 0

  /** Whether enough is gathered to be handed on. */
  get isFull(): boolean {
    return this.length >= SIZE
  }

  /** Everything gathered; the sink is empty then. Written over when `PIECES_KEPT` more were taken. */
  take(): Uint8Array {
    const taken = this.bytes.subarray(0, this.length)
    this.turns[this.turn] = this.bytes
    this.turn = (this.turn + 1) % (PIECES_KEPT + 1)
    this.bytes = this.turns[this.turn] ?? new Uint8Array(SIZE + MARGIN)
    this.length = 0
    return taken
  }

  /** Bytes made beforehand. */
  put(piece: Uint8Array): void {
    const { length } = piece
    this.reserve(length)
    this.length = copyTo(this.bytes, this.length, piece)
  }

  /** Takes back what was put last. */
  unput(piece: Uint8Array): void {
    this.length -= piece.length
  }

  putString(text: string): void {
    this.reserve(text.length * WIDEST)
    this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written
  }

  /**
   * A cell whose text needs neither an escape nor xml:space: `start` and `middle` before it, `end` behind it. False, with nothing written, for any other: a
   * markup or control character, a line break, an emoji, a blank at an end.
   */
  putPlainCell(start: Uint8Array, middle: Uint8Array, text: string, end: Uint8Array): boolean {
    const { length } = text
    if (mayBeBlank(text.charCodeAt(0)) || mayBeBlank(text.charCodeAt(length - 1))) return false
    this.reserve(start.length + middle.length + length * WIDEST + end.length)
    const { bytes } = this
    let at = copyTo(bytes, this.length, start)
    at = copyTo(bytes, at, middle)
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code < 0x80) {
        if (PLAIN[code] === 0 || (code === UNDERSCORE && text.charCodeAt(i + 1) === LOWER_X)) return false
        bytes[at++] = code
      } else if (code < 0x800) {
        bytes[at++] = 0xc0 | (code >> 6)
        bytes[at++] = 0x80 | (code & 0x3f)
      } else {
        if ((code >= 0xd800 && code < 0xe000) || code >= 0xfffe) return false
        bytes[at++] = 0xe0 | (code >> 12)
        bytes[at++] = 0x80 | ((code >> 6) & 0x3f)
        bytes[at++] = 0x80 | (code & 0x3f)
      }
    }
    this.length = copyTo(bytes, at, end)
    return true
  }

  /** The same for a text that is UTF-8 already, between two places of `utf8`. */
  putPlainUtf8(
    start: Uint8Array,
    middle: Uint8Array,
    utf8: Uint8Array,
    from: number,
    to: number,
    end: Uint8Array,
  ): boolean {
    if (mayBeginBlank(utf8[from]!, utf8[from + 1]) || mayEndBlank(utf8, from, to)) return false
    this.reserve(start.length + middle.length + (to - from) + end.length)
    const { bytes } = this
    let at = copyTo(bytes, this.length, start)
    at = copyTo(bytes, at, middle)
    for (let i = from; i < to; i++) {
      const byte = utf8[i]!
      if (byte < 0x80) {
        if (PLAIN[byte] === 0 || (byte === UNDERSCORE && utf8[i + 1] === LOWER_X)) return false
        // U+FFC0 and above: among them is what XML must not hold.
      } else if (byte >= 0xef && (byte > 0xef || utf8[i + 1]! >= 0xbf)) return false
      bytes[at++] = byte
    }
    this.length = copyTo(bytes, at, end)
    return true
  }

  private reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return
    const larger = new Uint8Array((this.length + size) * 2)
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }
}

/** Copies a piece; returns where it ends. */
function copyTo(bytes: Uint8Array, at: number, piece: Uint8Array): number {
  const { length } = piece
  // A call of `set` takes as long as fifteen bytes by hand, whatever it copies.
  if (length > 15) bytes.set(piece, at)
  else for (let i = 0; i < length; i++) bytes[at + i] = piece[i]!
  return at + length
}

const UNDERSCORE = 0x5f
const LOWER_X = 0x78

/** True for every blank, and for some characters that are none. */
function mayBeBlank(code: number): boolean {
  return code <= 0x20 || (code >= 0x80 && code <= 0x3000) || code === 0xfeff
}

/** True when the last character may be a blank. */
function mayEndBlank(utf8: Uint8Array, from: number, to: number): boolean {
  if (utf8[to - 1]! < 0x80) return utf8[to - 1]! <= 0x20
  return to - from < 3 || mayBeginBlank(utf8[to - 3]!, utf8[to - 2]!)
}

/** True when a character of these first bytes may be a blank: all below U+4000 beyond ASCII, and what U+FEFF begins with. */
function mayBeginBlank(lead: number, second: number | undefined): boolean {
  return lead <= 0x20 || (lead >= 0x80 && lead < 0xe4) || (lead === 0xef && second === 0xbb)
}
