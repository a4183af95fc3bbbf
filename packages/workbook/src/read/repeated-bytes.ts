const WORD = 4
/** Longer pieces are not remembered. */
const LONGEST = 96

/** A piece of a part that comes again and again, such as a tag that stands behind every text: compared four bytes at a time it need not be taken apart again. */
export class RepeatedBytes {
  private readonly words = new Int32Array(LONGEST / WORD)
  /** The last four bytes, which may overlap those before. */
  private lastWord = 0
  private length = 0
  private bytes: Uint8Array = new Uint8Array(0)
  private view: DataView = new DataView(new ArrayBuffer(0))

  /** Where the piece ends if it stands at `from`; -1 otherwise. */
  follow(bytes: Uint8Array, from: number): number {
    const { length } = this
    if (length === 0 || from + length > bytes.length) return -1
    if (bytes !== this.bytes) this.look(bytes)
    const { view, words } = this
    const last = from + length - WORD
    for (let word = 0, at = from; at < last; word++, at += WORD) if (view.getInt32(at, true) !== words[word]) return -1
    return view.getInt32(last, true) === this.lastWord ? last + WORD : -1
  }

  /** Remembers what lies from one place to another instead of what it did, unless that is too short or too long. */
  learn(bytes: Uint8Array, from: number, to: number): void {
    this.length = 0
    if (to - from < WORD || to - from > LONGEST) return
    if (bytes !== this.bytes) this.look(bytes)
    const last = to - WORD
    for (let word = 0, at = from; at < last; word++, at += WORD) this.words[word] = this.view.getInt32(at, true)
    this.lastWord = this.view.getInt32(last, true)
    this.length = to - from
  }

  private look(bytes: Uint8Array): void {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
}
