import { deflateSync } from 'fflate'
import { crc32 } from '../codec/crc32.ts'

/** A file for a hand-made zip; what is declared about it may be a lie. */
export type TinyEntry = {
  readonly name: string
  /** The name's bytes, where they are no UTF-8. */
  readonly nameBytes?: Uint8Array
  readonly data: string | Uint8Array
  readonly stored?: boolean
  readonly method?: number
  readonly flags?: number
  readonly declaredSize?: number
  readonly declaredCompressedSize?: number
  readonly declaredCrc?: number
  /** Where the directory says it starts. */
  readonly declaredOffset?: number
  /** Sizes and offset in the zip64 extra field. */
  readonly zip64?: boolean
  /** Size and checksum behind the data, as writers of streams have it, with or without the signature in front. */
  readonly descriptor?: 'signed' | 'bare'
  /** More extra fields, in both headers. */
  readonly extra?: Uint8Array
}

export type TinyZipOptions = {
  readonly comment?: string
  readonly declaredCount?: number
  readonly zip64End?: boolean
}

/** The flag that sizes and checksum stand behind the data. */
const STREAMED = 8

/** A zip of a few files, well-formed unless told otherwise. For tests. */
export function tinyZip(entries: readonly TinyEntry[], options: TinyZipOptions = {}): Uint8Array {
  const pieces: Uint8Array[] = []
  const central: Uint8Array[] = []
  let offset = 0
  for (const entry of entries) {
    const made = makeEntry(entry, offset)
    pieces.push(made.local)
    central.push(made.central)
    offset += made.local.length
  }
  const directory = join(central)
  const count = options.declaredCount ?? entries.length
  return join([...pieces, directory, ...ends(count, directory.length, offset, options)])
}

function makeEntry(entry: TinyEntry, offset: number) {
  const name = entry.nameBytes ?? new TextEncoder().encode(entry.name)
  const data = typeof entry.data === 'string' ? new TextEncoder().encode(entry.data) : entry.data
  const packed = entry.stored ? data : deflateSync(data)
  const head = bytes(26, (view) => {
    view.setUint16(0, 20, true)
    view.setUint16(2, (entry.flags ?? 0) | (entry.descriptor ? STREAMED : 0), true)
    view.setUint16(4, entry.method ?? (entry.stored ? 0 : 8), true)
    view.setUint32(10, entry.declaredCrc ?? crc32(data), true)
    view.setUint32(14, entry.zip64 ? 0xffffffff : (entry.declaredCompressedSize ?? packed.length), true)
    view.setUint32(18, entry.zip64 ? 0xffffffff : (entry.declaredSize ?? data.length), true)
    view.setUint16(22, name.length, true)
  })
  const wide = entry.zip64
    ? bytes(28, (view) => {
        view.setUint16(0, 1, true)
        view.setUint16(2, 24, true)
        view.setBigUint64(4, BigInt(entry.declaredSize ?? data.length), true)
        view.setBigUint64(12, BigInt(entry.declaredCompressedSize ?? packed.length), true)
        view.setBigUint64(20, BigInt(entry.declaredOffset ?? offset), true)
      })
    : new Uint8Array(0)
  const tail = bytes(14, (view) =>
    view.setUint32(10, entry.zip64 ? 0xffffffff : (entry.declaredOffset ?? offset), true),
  )
  const made = bytes(2, (view) => view.setUint16(0, 20, true))
  const more = entry.extra ?? new Uint8Array(0)
  const lengthOf = (length: number) => bytes(2, (view) => view.setUint16(0, length, true))
  const local = head.slice(0, 24)
  if (entry.descriptor) local.fill(0, 10, 22)
  const behind = entry.descriptor
    ? [...(entry.descriptor === 'signed' ? [signature(0x08074b50)] : []), head.subarray(10, 22)]
    : []
  return {
    local: join([signature(0x04034b50), local, lengthOf(more.length), name, more, packed, ...behind]),
    central: join([
      signature(0x02014b50),
      made,
      head.subarray(0, 24),
      lengthOf(wide.length + more.length),
      tail,
      name,
      more,
      wide,
    ]),
  }
}

function ends(count: number, size: number, offset: number, options: TinyZipOptions): Uint8Array[] {
  const comment = new TextEncoder().encode(options.comment ?? '')
  const wide = options.zip64End
  const end = bytes(18, (view) => {
    view.setUint16(4, wide ? 0xffff : count, true)
    view.setUint16(6, wide ? 0xffff : count, true)
    view.setUint32(8, wide ? 0xffffffff : size, true)
    view.setUint32(12, wide ? 0xffffffff : offset, true)
    view.setUint16(16, comment.length, true)
  })
  const last = [signature(0x06054b50), end, comment]
  if (!wide) return last
  const end64 = bytes(52, (view) => {
    view.setBigUint64(0, 44n, true)
    view.setBigUint64(20, BigInt(count), true)
    view.setBigUint64(28, BigInt(count), true)
    view.setBigUint64(36, BigInt(size), true)
    view.setBigUint64(44, BigInt(offset), true)
  })
  const locator = bytes(16, (view) => view.setBigUint64(4, BigInt(offset + size), true))
  return [signature(0x06064b50), end64, signature(0x07064b50), locator, ...last]
}

function signature(value: number): Uint8Array {
  return bytes(4, (view) => view.setUint32(0, value, true))
}

function bytes(length: number, fill: (view: DataView) => void): Uint8Array {
  const made = new Uint8Array(length)
  fill(new DataView(made.buffer))
  return made
}

/** The pieces one behind the other. */
export function join(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
