/**
 * Compression as a value, so that the same reader and writer run on the portable code of `portable-codec.ts` in a
 * browser and on zlib (`node/node-codec.ts`) in Node, where it is faster and off the main thread.
 */
export type Codec = {
  /** Raw DEFLATE in, plain bytes out. Throws while iterating when the data are damaged or end too soon. */
  inflate(compressed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
  /** Plain bytes in, raw DEFLATE out; `level` 0 (store) to 9 (smallest). Has done with a piece when `PIECES_KEPT` more were asked for. */
  deflate(plain: AsyncIterable<Uint8Array>, level: CompressionLevel): AsyncIterable<Uint8Array>
  /** CRC-32 (the zip one) of `bytes`, continued from `previous`; unsigned. */
  crc32(bytes: Uint8Array, previous: number): number
}

/** Pieces a compressor may have in hand: whoever makes more may write them over the first of them. */
export const PIECES_KEPT = 8

export type CompressionLevel = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
