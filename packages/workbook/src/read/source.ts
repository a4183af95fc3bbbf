/** Bytes that can be read anywhere: a file, a blob, a buffer. */
export type RandomAccess = {
  readonly size: number
  /** The bytes from `offset`, `length` of them or fewer at the end. */
  read(offset: number, length: number): Promise<Uint8Array>
}

/** The part of `Blob` (and of a browser's `File`) that is needed here. */
export type BlobLike = {
  readonly size: number
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

export type WorkbookSource = Uint8Array | BlobLike | RandomAccess

/** One way to read, whatever was given. A read never goes beyond the end. */
export function asRandomAccess(source: WorkbookSource): RandomAccess {
  if (source instanceof Uint8Array) {
    return { size: source.length, read: async (offset, length) => source.subarray(offset, offset + length) }
  }
  if ('read' in source) return source
  return {
    size: source.size,
    read: async (offset, length) => {
      const end = Math.min(source.size, offset + length)
      return new Uint8Array(await source.slice(offset, end).arrayBuffer())
    },
  }
}
