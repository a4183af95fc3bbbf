import { RefusedError } from './refusal.ts'
import type { RandomAccess } from './source.ts'

/** One file inside the zip, as the central directory declares it; nothing of it is believed without a check. */
export type ZipEntry = {
  /** Folders with '/', no leading '/'. */
  readonly name: string
  readonly method: number
  readonly encrypted: boolean
  readonly crc32: number
  readonly compressedSize: number
  readonly uncompressedSize: number
  /** Where its local header starts. */
  readonly headerOffset: number
}

const END = 0x06054b50
const END_SIZE = 22
const ZIP64_LOCATOR = 0x07064b50
const ZIP64_END = 0x06064b50
const CENTRAL = 0x02014b50
const CENTRAL_SIZE = 46
const MAX_COMMENT = 0xffff
/** A directory of a few hundred entries is far smaller; a larger one is an attack on memory. */
const MAX_DIRECTORY = 4 * 1024 * 1024

/**
 * Reads the central directory. Refuses with 'truncated' (no directory: the file's end is missing), 'tooManyEntries' or
 * 'damaged'.
 */
export async function readZipDirectory(source: RandomAccess, maxEntries: number): Promise<ZipEntry[]> {
  const { count, size, offset, end } = await locateDirectory(source)
  if (count > maxEntries) throw new RefusedError('tooManyEntries', String(count))
  if (offset + size > end || size > MAX_DIRECTORY) throw new RefusedError('damaged', 'directory')
  const bytes = await source.read(offset, size)
  const view = viewOf(bytes)
  const entries: ZipEntry[] = []
  for (let at = 0; at < bytes.length; ) {
    if (at + CENTRAL_SIZE > bytes.length || view.getUint32(at, true) !== CENTRAL) break
    if (entries.length === maxEntries) throw new RefusedError('tooManyEntries')
    const length =
      CENTRAL_SIZE + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (at + length > bytes.length) break
    entries.push(parseEntry(viewOf(bytes.subarray(at, at + length))))
    at += length
  }
  if (entries.length !== count) throw new RefusedError('damaged', 'directory')
  return entries
}

type Directory = { count: number; size: number; offset: number; end: number }

async function locateDirectory(source: RandomAccess): Promise<Directory> {
  const tailSize = Math.min(source.size, END_SIZE + MAX_COMMENT)
  const tailStart = source.size - tailSize
  const tail = viewOf(await source.read(tailStart, tailSize))
  for (let at = tail.byteLength - END_SIZE; at >= 0; at--) {
    // The comment's length must reach exactly the end, or the signature is chance inside the comment.
    if (tail.getUint32(at, true) !== END || at + END_SIZE + tail.getUint16(at + 20, true) !== tail.byteLength) continue
    const end = tailStart + at
    const directory = {
      count: tail.getUint16(at + 10, true),
      size: tail.getUint32(at + 12, true),
      offset: tail.getUint32(at + 16, true),
      end,
    }
    const needsZip64 = directory.count === 0xffff || directory.size === 0xffffffff || directory.offset === 0xffffffff
    return needsZip64 ? ((await locateZip64(source, end)) ?? directory) : directory
  }
  throw new RefusedError('truncated')
}

async function locateZip64(source: RandomAccess, endOffset: number): Promise<Directory | undefined> {
  if (endOffset < 20) return undefined
  const locator = viewOf(await source.read(endOffset - 20, 20))
  if (locator.byteLength < 20 || locator.getUint32(0, true) !== ZIP64_LOCATOR) return undefined
  const at = uint64(locator, 8)
  if (at >= endOffset) throw new RefusedError('damaged', 'directory')
  const end = viewOf(await source.read(at, 56))
  if (end.byteLength < 56 || end.getUint32(0, true) !== ZIP64_END) throw new RefusedError('damaged', 'directory')
  return { count: uint64(end, 32), size: uint64(end, 40), offset: uint64(end, 48), end: at }
}

function parseEntry(view: DataView): ZipEntry {
  const flags = view.getUint16(8, true)
  const nameLength = view.getUint16(28, true)
  const nameBytes = new Uint8Array(view.buffer, view.byteOffset + CENTRAL_SIZE, nameLength)
  const sizes = zip64Sizes(view, CENTRAL_SIZE + nameLength, {
    uncompressedSize: view.getUint32(24, true),
    compressedSize: view.getUint32(20, true),
    headerOffset: view.getUint32(42, true),
  })
  return {
    // Some writers on Windows use '\' or a leading '/'; Excel opens their files.
    name: decodeName(nameBytes).replaceAll('\\', '/').replace(/^\/+/, ''),
    method: view.getUint16(10, true),
    encrypted: (flags & 1) !== 0,
    crc32: view.getUint32(16, true),
    ...sizes,
  }
}

/** Names are UTF-8 or ASCII; Windows in China writes GBK and says nothing of it. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

type Sizes = { uncompressedSize: number; compressedSize: number; headerOffset: number }

/** The zip64 extra field lists only the values that stand as 0xffffffff in the entry itself, in this order. */
function zip64Sizes(view: DataView, extraStart: number, sizes: Sizes): Sizes {
  const extraEnd = extraStart + view.getUint16(30, true)
  for (let at = extraStart; at + 4 <= extraEnd; ) {
    const length = view.getUint16(at + 2, true)
    if (view.getUint16(at, true) !== 1) {
      at += 4 + length
      continue
    }
    let next = at + 4
    const wide = (value: number) => {
      if (value !== 0xffffffff) return value
      if (next + 8 > Math.min(extraEnd, at + 4 + length)) throw new RefusedError('damaged', 'directory')
      next += 8
      return uint64(view, next - 8)
    }
    return {
      uncompressedSize: wide(sizes.uncompressedSize),
      compressedSize: wide(sizes.compressedSize),
      headerOffset: wide(sizes.headerOffset),
    }
  }
  return sizes
}

/** Exact up to 2^53; larger values are refused by the limits anyway. */
function uint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
