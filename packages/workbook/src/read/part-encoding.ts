import { RefusedError } from './refusal.ts'

// The name of the type differs between Node's and the browser's declarations.
type Decoder = InstanceType<typeof TextDecoder>

/** Enough to hold an XML declaration, in UTF-16 too. */
const PROBE = 256

/**
 * A part's bytes as UTF-8 without byte order mark, whatever it was written in. XML parts are UTF-8 nearly always and pass
 * untouched; UTF-16 is allowed by the standard, and a declared encoding (GBK, say) is honoured where the runtime knows it.
 */
export async function* toUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let probe: Uint8Array | undefined = new Uint8Array(0)
  let decoder: Decoder | undefined
  const encoder = new TextEncoder()
  const convert = (bytes: Uint8Array) => (decoder === undefined ? bytes : encoder.encode(decode(decoder, bytes)))
  for await (const chunk of chunks) {
    if (probe === undefined) {
      yield convert(chunk)
      continue
    }
    probe = probe.length === 0 ? chunk : concat(probe, chunk)
    if (probe.length < PROBE) continue
    decoder = decoderFor(probe)
    yield convert(withoutMark(probe))
    probe = undefined
  }
  if (probe !== undefined) {
    decoder = decoderFor(probe)
    yield convert(withoutMark(probe))
  }
  if (decoder !== undefined) yield encoder.encode(decoder.decode())
}

/** The text of a whole part; see `toUtf8` for its encodings. */
export function partText(bytes: Uint8Array): string {
  const decoder = decoderFor(bytes.subarray(0, PROBE)) ?? new TextDecoder('utf-8')
  return decoder.decode(bytes)
}

/** Whether a part that starts like this is UTF-8, so that its bytes may be edited in place. */
export function startsUtf8(start: Uint8Array): boolean {
  return decoderFor(start.subarray(0, PROBE)) === undefined
}

/** Undefined for UTF-8. */
function decoderFor(start: Uint8Array): Decoder | undefined {
  const encoding = encodingOf(start)
  if (encoding === 'utf-8' || encoding === 'utf8' || encoding === 'us-ascii' || encoding === 'ascii') return undefined
  try {
    return new TextDecoder(encoding)
  } catch {
    throw new RefusedError('damaged', `encoding ${encoding}`)
  }
}

function encodingOf(start: Uint8Array): string {
  const [a, b, c] = start
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0x3c && b === 0x00) return 'utf-16le'
  if (a === 0x00 && b === 0x3c) return 'utf-16be'
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  let head = ''
  for (const byte of start.subarray(0, PROBE)) head += String.fromCharCode(byte)
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1]?.toLowerCase()
  // A declaration of UTF-16 that could be read byte by byte is wrong.
  return declared === undefined || declared.startsWith('utf-16') ? 'utf-8' : declared
}

function decode(decoder: Decoder, bytes: Uint8Array): string {
  return decoder.decode(bytes, { stream: true })
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
