import { Deflate, Inflate } from 'fflate'
import type { Codec, CompressionLevel } from './codec.ts'
import { crc32 } from './crc32.ts'

/**
 * Fed to the inflater in small pieces: DEFLATE can grow a thousandfold, and the limits are checked between pieces, so a
 * bomb costs at most this × 1,032 bytes before it is refused.
 */
const PIECE = 16 * 1024

/** Plain JavaScript compression for any runtime, the browser's worker above all. */
export const portableCodec: Codec = {
  async *inflate(compressed) {
    let out: Uint8Array[] = []
    const inflater = new Inflate((chunk) => {
      out.push(chunk)
    })
    for await (const chunk of compressed) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        inflater.push(chunk.subarray(at, at + PIECE), false)
        yield* out
        out = []
      }
    }
    inflater.push(new Uint8Array(0), true)
    yield* out
  },

  async *deflate(plain, level: CompressionLevel) {
    let out: Uint8Array[] = []
    const deflater = new Deflate({ level }, (chunk) => {
      out.push(chunk)
    })
    for await (const chunk of plain) {
      deflater.push(chunk, false)
      yield* out
      out = []
    }
    deflater.push(new Uint8Array(0), true)
    yield* out
  },

  crc32,
}
