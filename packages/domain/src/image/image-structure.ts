import type { ImageKind } from './image-kind.ts'

/** What is wrong with the skeleton of a picture: it breaks off, moves, or carries something else behind its end. */
export type StructureFault = 'damaged' | 'animated' | 'trailing'

/**
 * Walks the parts of a JPEG or PNG without decoding a pixel (SEC-011): one picture, whole, and nothing behind it that another program might take for a
 * page, an archive or a program of its own.
 */
export const structureFault = (bytes: Uint8Array, kind: ImageKind): StructureFault | undefined =>
  kind === 'png' ? pngFault(bytes) : jpegFault(bytes)

const SIGNATURE_LENGTH = 8
const CHUNK_FRAME = 12

function pngFault(bytes: Uint8Array): StructureFault | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = SIGNATURE_LENGTH; at + CHUNK_FRAME <= bytes.length; ) {
    const type = textAt(bytes, at + 4, 4)
    at += CHUNK_FRAME + view.getUint32(at)
    // An animated PNG says so before its first picture.
    if (type === 'acTL') return 'animated'
    if (type === 'IEND') return at > bytes.length ? 'damaged' : isEmpty(bytes, at) ? undefined : 'trailing'
  }
  return 'damaged'
}

const START = 0xd8
const END = 0xd9
const SCAN = 0xda

function jpegFault(bytes: Uint8Array): StructureFault | undefined {
  for (let at = 2; ; ) {
    const found = nextMarker(bytes, at)
    if (found === undefined) return 'damaged'
    const marker = bytes[found + 1]!
    at = found + 2
    if (marker === END) return isHarmless(bytes, at) ? undefined : 'trailing'
    if (standsAlone(marker)) continue
    if (at + 2 > bytes.length) return 'damaged'
    at += (bytes[at]! << 8) | bytes[at + 1]!
    // What follows a scan's head is picture data, in which only 0xff and another byte than zero is a marker.
    if (marker === SCAN && nextMarker(bytes, at) === undefined) return 'damaged'
  }
}

const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= START)

/** Where the next marker begins: 0xff and a byte that is neither filling nor part of the data. */
function nextMarker(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]!
    if (next !== 0x00 && next !== 0xff) return at
  }
  return undefined
}

/**
 * Behind the end of a JPEG telephones put a second picture, a short film or a note of their own; a school cannot help it. They are dropped with
 * everything else when the picture is written anew.
 */
const isHarmless = (bytes: Uint8Array, at: number): boolean =>
  isEmpty(bytes, at) ||
  (bytes[at] === 0xff && bytes[at + 1] === START) ||
  textAt(bytes, at + 4, 4) === 'ftyp' ||
  textAt(bytes, bytes.length - 4, 4) === 'SEFT'

function isEmpty(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at < bytes.length; at++) if (bytes[at] !== 0) return false
  return true
}

const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(Math.max(at, 0), at + length))
