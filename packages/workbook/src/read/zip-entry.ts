import type { Codec } from '../codec/codec.ts'
import { RefusedError } from './refusal.ts'
import type { RandomAccess } from './source.ts'
import type { ZipEntry } from './zip-directory.ts'

const LOCAL = 0x04034b50
const LOCAL_SIZE = 30
const STORED = 0
const DEFLATED = 8
const PIECE = 128 * 1024

/**
 * The unpacked bytes of one entry, as a stream. Its length and checksum must be what the directory declared: more bytes
 * than declared are refused as soon as they appear (forged sizes), fewer or other bytes at the end.
 */
export async function* readEntry(source: RandomAccess, entry: ZipEntry, codec: Codec): AsyncGenerator<Uint8Array> {
  const failure: Failure = {}
  const packed = readPacked(source, entry, failure)
  let size = 0
  let crc = 0
  try {
    for await (const chunk of entry.method === STORED ? packed : codec.inflate(packed)) {
      size += chunk.length
      if (size > entry.uncompressedSize) throw new RefusedError('damaged', entry.name)
      crc = codec.crc32(chunk, crc)
      yield chunk
    }
  } catch (error) {
    if (failure.error !== undefined) throw failure.error
    // Whatever else a decompressor throws means that the data are not DEFLATE.
    throw error instanceof RefusedError ? error : new RefusedError('damaged', entry.name)
  }
  if (size !== entry.uncompressedSize || crc !== entry.crc32) throw new RefusedError('damaged', entry.name)
}

/** The whole of a small part; refuses with 'tooLarge' above `maxBytes`. */
export async function readWholeEntry(
  source: RandomAccess,
  entry: ZipEntry,
  codec: Codec,
  maxBytes: number,
): Promise<Uint8Array> {
  if (entry.uncompressedSize > maxBytes) throw new RefusedError('tooLarge', entry.name)
  const whole = new Uint8Array(entry.uncompressedSize)
  let at = 0
  for await (const chunk of readEntry(source, entry, codec)) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

type Failure = { error?: unknown }

/**
 * The bytes of one entry as they lie in the file. `failure` keeps an error of the disk apart from errors of the data, which
 * the decompressor reports alike.
 */
export async function* readPacked(
  source: RandomAccess,
  entry: ZipEntry,
  failure: Failure = {},
): AsyncGenerator<Uint8Array> {
  try {
    if (entry.method !== STORED && entry.method !== DEFLATED) throw new RefusedError('damaged', entry.name)
    const local = await source.read(entry.headerOffset, LOCAL_SIZE)
    const view = new DataView(local.buffer, local.byteOffset, local.byteLength)
    if (local.length < LOCAL_SIZE || view.getUint32(0, true) !== LOCAL) throw new RefusedError('damaged', entry.name)
    let at = entry.headerOffset + LOCAL_SIZE + view.getUint16(26, true) + view.getUint16(28, true)
    const end = at + entry.compressedSize
    const readPiece = () => source.read(at, Math.min(PIECE, end - at))
    let next = readPiece()
    while (at < end) {
      const piece = await next
      if (piece.length === 0) throw new RefusedError('truncated', entry.name)
      at += piece.length
      if (at < end) next = readAhead(readPiece)
      yield piece
    }
  } catch (error) {
    failure.error = error
    throw error
  }
}

/** Reads while the piece before is being unpacked. Nobody may ever ask for the result, so its failure must not go unheard. */
function readAhead(read: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const piece = read()
  piece.catch(() => undefined)
  return piece
}
