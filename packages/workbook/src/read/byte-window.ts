import { RefusedError } from './refusal.ts'

/** One cell, shared string or tag longer than this is no roster's. Rich text of the longest cell fits. */
export const MAX_ELEMENT = 8 * 1024 * 1024
const START_SIZE = 256 * 1024
/** A scanner may look a little behind the end before it finds that an element is not whole. */
const SLACK = 64

/**
 * The unread end of a stream of bytes in one buffer that is used again and again, so that a scanner sees whole elements
 * and no string or array is made per chunk. bytes[0 … length) is valid; what lies behind is stale.
 */
export class ByteWindow {
  bytes = new Uint8Array(START_SIZE)
  length = 0
  private wanted = 0

  /**
   * Adds a chunk. False while an element still incomplete has not doubled: looking at it again after every chunk would
   * make one enormous element quadratic.
   */
  append(chunk: Uint8Array): boolean {
    const length = this.length + chunk.length
    if (length + SLACK > this.bytes.length) {
      const larger = new Uint8Array((length + SLACK) * 2)
      larger.set(this.bytes.subarray(0, this.length))
      this.bytes = larger
    }
    this.bytes.set(chunk, this.length)
    this.length = length
    return length >= this.wanted
  }

  /** Drops the bytes a scanner is done with. */
  consume(count: number): void {
    this.bytes.copyWithin(0, count, this.length)
    this.length -= count
    this.wanted = this.length * 2
    if (this.length > MAX_ELEMENT) throw new RefusedError('tooLarge', 'element')
  }
}
