import { crc32, createDeflateRaw, createInflateRaw, type DeflateRaw, type InflateRaw } from 'node:zlib'
import type { Codec } from '../codec/codec.ts'

/** Bytes per piece handed over from zlib's thread: large enough that the hand-over does not show. */
const CHUNK = 128 * 1024
/** Pieces given to zlib before the first is done, so that it never waits for the next; fewer than `PIECES_KEPT`. */
const AHEAD = 4

/** zlib on Node's own threads: the parser works on one piece while zlib makes the next. */
export const nodeCodec: Codec = {
  inflate: (compressed) => through(compressed, createInflateRaw({ chunkSize: CHUNK })),
  deflate: (plain, level) => through(plain, createDeflateRaw({ chunkSize: CHUNK, level, memLevel: 9 })),
  // Of no bytes zlib gives 0, whatever came before.
  crc32: (bytes, previous) => (bytes.length === 0 ? previous : crc32(bytes, previous)),
}

/** Errors of either side surface while iterating; leaving the loop early ends both. */
function through(source: AsyncIterable<Uint8Array>, stream: InflateRaw | DeflateRaw): AsyncIterable<Uint8Array> {
  // Whoever iterates is told; without a listener an error before that would end the process.
  stream.on('error', () => undefined)
  feed(source, stream).then(
    () => stream.end(),
    (error) => stream.destroy(error),
  )
  return stream as AsyncIterable<Uint8Array>
}

async function feed(source: AsyncIterable<Uint8Array>, stream: InflateRaw | DeflateRaw): Promise<void> {
  const inFlight: Promise<void>[] = []
  for await (const chunk of source) {
    if (stream.destroyed) return
    // Called back with an error, too, when the stream is destroyed: then the loop ends above.
    inFlight.push(new Promise((resolve) => stream.write(chunk, () => resolve())))
    if (inFlight.length > AHEAD) await inFlight.shift()
  }
}
