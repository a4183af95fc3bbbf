import { ASCII } from './ascii.ts'
import { ByteWindow } from './byte-window.ts'
import { endOfText } from './cell-bytes.ts'
import { unescapeControls } from './escapes.ts'
import { RefusedError } from './refusal.ts'
import { RepeatedBytes } from './repeated-bytes.ts'
import { richText } from './rich-text.ts'
import { decodeUtf8 } from './utf8-text.ts'
import { endOfElement, endOfMarkup } from './xml-bytes.ts'

const { COLON, GT, LOWER_I, LOWER_P, LOWER_S, LOWER_T, LT, SLASH } = ASCII

/** The workbook's table of texts. */
export type SharedStrings = {
  /** The text at `index`; refuses an index beyond the table. */
  text(index: number): string
}

export const NO_STRINGS: SharedStrings = { text: () => missing() }

/** Reads the table from the UTF-8 bytes of its part. */
export async function readSharedStrings(chunks: AsyncIterable<Uint8Array>): Promise<SharedStrings> {
  const window = new ByteWindow()
  const table = new StringTable()
  for await (const chunk of chunks) {
    if (window.append(chunk)) window.consume(scanStrings(table, window.bytes, window.length))
  }
  window.consume(scanStrings(table, window.bytes, window.length))
  if (window.length > 0 && window.bytes.subarray(0, window.length).includes(LT)) {
    throw new RefusedError('damaged', 'sharedStrings')
  }
  return table
}

/** Adds every complete <si> to the table; returns how many bytes are done with. */
function scanStrings(table: StringTable, bytes: Uint8Array, end: number): number {
  let at = 0
  for (;;) {
    const lt = bytes[at] === LT ? at : bytes.indexOf(LT, at)
    if (lt < 0 || lt >= end) return end
    const next = scanItem(table, bytes, lt, end)
    if (next < 0) return lt
    at = next
  }
}

function scanItem(table: StringTable, bytes: Uint8Array, lt: number, end: number): number {
  const isBare = bytes[lt + 1] === LOWER_S && bytes[lt + 2] === LOWER_I && bytes[lt + 3] === GT
  const tagEnd = isBare ? lt + 4 : endOfMarkup(bytes, lt, end)
  if (tagEnd < 0 || !(isBare || isItem(bytes, lt, tagEnd))) return tagEnd
  const plain = scanPlain(table, bytes, tagEnd, end)
  if (plain > 0) return plain
  const itemEnd = endOfElement(bytes, lt, end)
  if (itemEnd > 0) table.addText(richText(decodeUtf8(bytes, lt, itemEnd)))
  return itemEnd
}

/** `<si>` or `<x:si …>`, not a closing tag. */
function isItem(bytes: Uint8Array, lt: number, tagEnd: number): boolean {
  let at = lt + 1
  for (let i = at; i < tagEnd && bytes[i]! > 0x20 && bytes[i] !== SLASH && bytes[i] !== GT; i++) {
    if (bytes[i] === COLON) at = i + 1
  }
  return bytes[at] === LOWER_S && bytes[at + 1] === LOWER_I && bytes[lt + 1] !== SLASH && bytes[at + 2]! <= GT
}

/**
 * The common case, one <t> without anything to decode: its bytes go to the table as they are. An empty <phoneticPr/> may
 * follow; Chinese and Japanese Excel adds one to every text. -1 when it is another case.
 */
function scanPlain(table: StringTable, bytes: Uint8Array, from: number, end: number): number {
  if (from + 3 > end || bytes[from] !== LT || bytes[from + 1] !== LOWER_T || bytes[from + 2]! > GT) return -1
  const start = endOfMarkup(bytes, from, end)
  if (start < 0 || bytes[start - 2] === SLASH) return -1
  const at = endOfText(bytes, start, end)
  if (at < 0 || at + 9 > end || bytes[at + 1] !== SLASH || bytes[at + 2] !== LOWER_T || bytes[at + 3] !== GT) return -1
  let close = at + 4
  if (bytes[close + 1] === LOWER_P) {
    close = table.phonetic.follow(bytes, at + 4)
    if (close < 0) {
      close = endOfMarkup(bytes, at + 4, end)
      if (close < 0 || bytes[close - 2] !== SLASH) return -1
      table.phonetic.learn(bytes, at + 4, close)
    }
    if (close + 5 > end) return -1
  }
  if (bytes[close] !== LT || bytes[close + 1] !== SLASH || bytes[close + 2] !== LOWER_S) return -1
  if (bytes[close + 3] !== LOWER_I || bytes[close + 4] !== GT) return -1
  table.addBytes(bytes, start, at)
  return close + 5
}

const SLAB_BITS = 20
const SLAB = 1 << SLAB_BITS

/**
 * Texts decoded once and kept. Programs number texts as they meet them, so what repeats (a sex, a nation) has a low number; what
 * comes later is mostly a name or an identity number that occurs once, and keeping those would fill the memory.
 */
const KEPT = 1 << 14
/** A longer text is always kept, so that a sheet repeating it cannot make the work explode. */
const LONG = 256

/** Texts as UTF-8 in slabs, decoded when asked for. */
class StringTable implements SharedStrings {
  /** The empty <phoneticPr/> that stands behind a text. */
  readonly phonetic = new RepeatedBytes()
  private count = 0
  private readonly slabs = [new Uint8Array(SLAB)]
  /** Bytes of the last slab in use. */
  private used = 0
  /** Two numbers a text, side by side as they are read together: its address (slab and place) and its length. */
  private places = new Uint32Array(2048)
  private readonly kept = new Array<string | undefined>(KEPT).fill(undefined)
  private readonly long = new Map<number, string>()

  text(index: number): string {
    if (index >= KEPT) return this.places[index * 2 + 1]! > LONG ? this.longText(index) : this.decode(index)
    const known = this.kept[index]
    if (known !== undefined) return known
    const text = this.decode(index)
    this.kept[index] = text
    return text
  }

  addText(text: string): void {
    const bytes = new TextEncoder().encode(unescapeControls(text))
    this.addBytes(bytes, 0, bytes.length)
  }

  addBytes(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start
    if (length > SLAB) throw new RefusedError('tooLarge', 'sharedStrings')
    if (this.used + length > SLAB) {
      this.slabs.push(new Uint8Array(SLAB))
      this.used = 0
    }
    const slab = this.slabs.length - 1
    copyBytes(bytes, start, end, this.slabs[slab]!, this.used)
    if (this.count * 2 === this.places.length) this.grow()
    this.places[this.count * 2] = slab * SLAB + this.used
    this.places[this.count * 2 + 1] = length
    this.count++
    this.used += length
  }

  private decode(index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= this.count) missing()
    const address = this.places[index * 2]!
    const start = address & (SLAB - 1)
    return decodeUtf8(this.slabs[address >>> SLAB_BITS]!, start, start + this.places[index * 2 + 1]!)
  }

  private longText(index: number): string {
    const known = this.long.get(index)
    if (known !== undefined) return known
    const text = this.decode(index)
    this.long.set(index, text)
    return text
  }

  private grow(): void {
    const larger = new Uint32Array(this.places.length * 2)
    larger.set(this.places)
    this.places = larger
  }
}

/** For the few bytes of most texts a loop beats a call. */
function copyBytes(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  if (end - start > 32) to.set(from.subarray(start, end), at)
  else for (let i = start; i < end; i++) to[at + i - start] = from[i]!
}

function missing(): never {
  throw new RefusedError('damaged', 'sharedStrings')
}
