import type { Codec, CompressionLevel } from '../codec/codec.ts'

type Piece = string | Uint8Array

/** One file of the zip to be written. */
export type ZipPart = TextPart | PackedPart

/** A file to be compressed. */
export type TextPart = {
  readonly name: string
  /** The file's text in pieces of any size, encoded or not. */
  readonly content: Iterable<Piece> | AsyncIterable<Piece>
}

/** A file taken from another zip as it lies there, neither unpacked nor packed anew. */
type PackedPart = {
  readonly name: string
  readonly packed: AsyncIterable<Uint8Array>
  readonly method: number
  readonly crc32: number
  readonly compressedSize: number
  readonly uncompressedSize: number
}

type Written = {
  readonly name: Uint8Array
  readonly offset: number
  readonly flags: number
  readonly method: number
  crc: number
  packed: number
  plain: number
}

const VERSION = 20
/** Names are UTF-8 (bit 11). */
const FLAGS = 0x0800
/** Sizes follow the data since they are not known before. */
const SIZES_FOLLOW = 0x0008
const DEFLATED = 8
/** 1980-01-01 00:00, the first moment zip knows: the same content makes the same file. */
const DOS_DATE = 0x0021
/** Characters gathered before they are encoded and compressed. */
const PIECE = 64 * 1024

/**
 * A zip as a stream, in memory that does not grow with it. Parts are taken one at a time, each read to its end before the
 * next is asked for, so a later part may tell what an earlier one contained.
 */
export async function* zipStream(
  parts: Iterable<ZipPart> | AsyncIterable<ZipPart>,
  codec: Codec,
  level: CompressionLevel,
): AsyncGenerator<Uint8Array> {
  const written: Written[] = []
  let offset = 0
  for await (const part of parts) {
    const entry = startEntry(part, offset)
    for await (const chunk of 'packed' in part ? copied(part, entry) : packed(part, entry, codec, level)) {
      offset += chunk.length
      yield chunk
    }
    written.push(entry)
  }
  yield centralDirectory(written, offset)
}

function startEntry(part: ZipPart, offset: number): Written {
  const name = new TextEncoder().encode(part.name)
  if (!('packed' in part)) {
    return { name, offset, flags: FLAGS | SIZES_FOLLOW, method: DEFLATED, crc: 0, packed: 0, plain: 0 }
  }
  const { method, crc32, compressedSize, uncompressedSize } = part
  return { name, offset, flags: FLAGS, method, crc: crc32, packed: compressedSize, plain: uncompressedSize }
}

async function* copied(part: PackedPart, entry: Written): AsyncGenerator<Uint8Array> {
  yield localHeader(entry)
  yield* part.packed
}

async function* packed(
  part: TextPart,
  entry: Written,
  codec: Codec,
  level: CompressionLevel,
): AsyncGenerator<Uint8Array> {
  yield localHeader(entry)
  for await (const chunk of codec.deflate(measured(part.content, entry, codec), level)) {
    entry.packed += chunk.length
    yield chunk
  }
  if (entry.plain > 0xffffffff || entry.packed > 0xffffffff) throw new RangeError(`${part.name} exceeds 4 GB`)
  yield dataDescriptor(entry)
}

/** The content as bytes, counted and summed on the way. */
async function* measured(content: TextPart['content'], entry: Written, codec: Codec): AsyncGenerator<Uint8Array> {
  for await (const bytes of encoded(content)) {
    entry.plain += bytes.length
    entry.crc = codec.crc32(bytes, entry.crc)
    yield bytes
  }
}

/** Small strings are joined before they are encoded. */
async function* encoded(content: TextPart['content']): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let text = ''
  for await (const piece of content) {
    if (typeof piece === 'string') text += piece
    if (text.length >= PIECE || (typeof piece !== 'string' && text !== '')) {
      yield encoder.encode(text)
      text = ''
    }
    if (typeof piece !== 'string') yield piece
  }
  yield encoder.encode(text)
}

function localHeader({ name, flags, method, crc, packed, plain }: Written): Uint8Array {
  const { bytes, view } = record(30 + name.length, 0x04034b50)
  view.setUint16(4, VERSION, true)
  view.setUint16(6, flags, true)
  view.setUint16(8, method, true)
  view.setUint16(12, DOS_DATE, true)
  view.setUint32(14, crc, true)
  view.setUint32(18, packed, true)
  view.setUint32(22, plain, true)
  view.setUint16(26, name.length, true)
  bytes.set(name, 30)
  return bytes
}

function dataDescriptor({ crc, packed, plain }: Written): Uint8Array {
  const { bytes, view } = record(16, 0x08074b50)
  view.setUint32(4, crc, true)
  view.setUint32(8, packed, true)
  view.setUint32(12, plain, true)
  return bytes
}

function centralDirectory(written: readonly Written[], offset: number): Uint8Array {
  const headers = written.map(centralHeader)
  const size = headers.reduce((sum, header) => sum + header.length, 0)
  const { bytes: end, view } = record(22, 0x06054b50)
  view.setUint16(8, written.length, true)
  view.setUint16(10, written.length, true)
  view.setUint32(12, size, true)
  view.setUint32(16, offset, true)
  const all = new Uint8Array(size + end.length)
  let at = 0
  for (const piece of [...headers, end]) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

function centralHeader({ name, offset, flags, method, crc, packed, plain }: Written): Uint8Array {
  const { bytes, view } = record(46 + name.length, 0x02014b50)
  view.setUint16(4, VERSION, true)
  view.setUint16(6, VERSION, true)
  view.setUint16(8, flags, true)
  view.setUint16(10, method, true)
  view.setUint16(14, DOS_DATE, true)
  view.setUint32(16, crc, true)
  view.setUint32(20, packed, true)
  view.setUint32(24, plain, true)
  view.setUint16(28, name.length, true)
  view.setUint32(42, offset, true)
  bytes.set(name, 46)
  return bytes
}

function record(length: number, signature: number): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, signature, true)
  return { bytes, view }
}
