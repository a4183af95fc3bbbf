import { type Chance, createChance } from '@xueji/db/seed/random'
import { pino } from 'pino'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { drawnJpeg, drawnPng } from '../testing/drawn-images.ts'
import type { CleanImage, ImageFault, ImageOutcome } from './image-protocol.ts'
import { createImageReader, IMAGE_LIMITS } from './image-reader.ts'

const LOG = pino({ level: 'silent' })
const reader = createImageReader(LOG)
afterAll(() => reader.close())

const faultOf = (outcome: ImageOutcome): ImageFault | undefined => ('fault' in outcome ? outcome.fault : undefined)
const cleanOf = (outcome: ImageOutcome): CleanImage => {
  if ('fault' in outcome) throw new Error(outcome.fault)
  return outcome
}
const join = (...parts: (Uint8Array | string)[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)))

describe('a picture is decoded and written anew (security: Images)', () => {
  it('keeps what is seen and nothing else: no place, no device, no note', async () => {
    const bytes = await drawnJpeg(800, 1100, true)
    expect(bytes.toString('latin1')).toMatch(/SECRET-ARTIST[\s\S]*SECRET-XMP/)
    const clean = cleanOf(await reader.read(bytes))
    expect(clean).toMatchObject({ kind: 'jpeg', width: 800, height: 1100 })
    expect(Buffer.from(clean.bytes).toString('latin1')).not.toMatch(/SECRET|Exif|xpacket|ICC_PROFILE/)
    const { exif, icc, xmp } = await sharp(clean.bytes).metadata()
    expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined])
  })

  it('stands upright whatever the camera noted', async () => {
    const lying = await sharp(await drawnJpeg(400, 300))
      .withMetadata({ orientation: 6 })
      .toBuffer()
    expect(cleanOf(await reader.read(lying))).toMatchObject({ width: 300, height: 400 })
  })

  it('a PNG stays one; one that would grow too large becomes a JPEG', async () => {
    expect(cleanOf(await reader.read(await drawnPng())).kind).toBe('png')
    const noise = Buffer.from(Uint8Array.from({ length: 1200 * 1200 }, (_, i) => (i * 2654435761) >>> 24))
    const png = await sharp(noise, { raw: { width: 1200, height: 1200, channels: 1 } })
      .png({ palette: true, colours: 4 })
      .toBuffer()
    const clean = cleanOf(await reader.read(png))
    expect(clean.bytes.length).toBeLessThan(2 * 1024 * 1024)
  })

  it('a very large one is scaled to a sheet at 300 dpi', async () => {
    expect(cleanOf(await reader.read(await drawnJpeg(6000, 3000)))).toMatchObject({ width: 4096, height: 2048 })
  })
})

describe('what is no good picture is refused by name (SEC-011)', () => {
  it.each<[string, () => Promise<Buffer> | Buffer, ImageFault]>([
    ['text', () => Buffer.from('not a picture'), 'notImage'],
    ['nothing', () => Buffer.alloc(0), 'notImage'],
    [
      'GIF',
      async () =>
        sharp(await drawnPng(40, 40))
          .gif()
          .toBuffer(),
      'notImage',
    ],
    [
      'WebP',
      async () =>
        sharp(await drawnPng(40, 40))
          .webp()
          .toBuffer(),
      'notImage',
    ],
    ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'notImage'],
    ['JPEG cut in half', async () => (await drawnJpeg()).subarray(0, 20_000), 'damaged'],
    ['JPEG without its last byte', async () => (await drawnJpeg()).subarray(0, -1), 'damaged'],
    [
      'JPEG cut and closed again',
      async () => join((await drawnJpeg()).subarray(0, 20_000), Uint8Array.of(255, 217)),
      'damaged',
    ],
    ['PNG cut in half', async () => (await drawnPng()).subarray(0, 3000), 'damaged'],
    ['PNG with a broken checksum', async () => spoilChecksum(await drawnPng()), 'damaged'],
    ['animated PNG', async () => withChunk(await drawnPng(), 'acTL', Buffer.alloc(8)), 'animated'],
    ['JPEG and archive in one', async () => join(await drawnJpeg(), 'PK\u0003\u0004'), 'trailing'],
    ['JPEG and page in one', async () => join(await drawnJpeg(), '<script>alert(1)</script>'), 'trailing'],
    ['PNG and page in one', async () => join(await drawnPng(), '<?php echo 1; ?>'), 'trailing'],
    ['pixel flood', floodOfPixels, 'tooManyPixels'],
  ])('%s', async (_name, make, fault) => {
    expect(faultOf(await reader.read(await make()))).toBe(fault)
  })

  it('a process that takes too long or too much is ended, and the next picture is read', {
    timeout: 20_000,
  }, async () => {
    const slow = createImageReader(LOG, { ...IMAGE_LIMITS, timeMillis: 1 })
    expect(faultOf(await slow.read(await drawnJpeg(5000, 5000)))).toBe('tooSlow')
    slow.close()
    const fat = createImageReader(LOG, { ...IMAGE_LIMITS, residentMegabytes: 1 })
    const large = await drawnPng(6000, 6000)
    expect(faultOf(await fat.read(large))).toBe('tooManyPixels')
    fat.close()
    expect(cleanOf(await reader.read(large)).width).toBe(4096)
  })
})

it('a thousand mutated pictures: each is read or refused, and no process ends over one', {
  timeout: 180_000,
}, async () => {
  const seeds = [
    await drawnJpeg(200, 260),
    await drawnPng(200, 260),
    await drawnJpeg(120, 160, true),
    await progressive(),
  ]
  const chance = createChance(20261122)
  const tally: Record<string, number> = {}
  for (let n = 0; n < 1200; n++) {
    const outcome = await reader.read(mutate(seeds[n % seeds.length]!, chance))
    const what = 'fault' in outcome ? outcome.fault : 'read'
    tally[what] = (tally[what] ?? 0) + 1
    if ('kind' in outcome) expect((await sharp(outcome.bytes).metadata()).format).toBe(outcome.kind)
  }
  expect(Object.values(tally).reduce((sum, one) => sum + one)).toBe(1200)
  // Both ways out are taken, so that the mutations are neither harmless nor hopeless.
  expect(tally.read).toBeGreaterThan(50)
  expect(tally.damaged).toBeGreaterThan(200)
})

const progressive = async (): Promise<Buffer> =>
  sharp(await drawnPng(160, 200))
    .jpeg({ progressive: true })
    .toBuffer()

/** Bytes changed, taken out, put in, doubled or cut off. */
function mutate(seed: Buffer, chance: Chance): Buffer {
  const below = (end: number): number => chance.between(0, end - 1)
  let bytes = Buffer.from(seed)
  const rounds = 1 + below(6)
  for (let round = 0; round < rounds; round++) {
    const at = below(bytes.length)
    const length = 1 + below(24)
    switch (below(6)) {
      case 0:
        bytes[at] = below(256)
        break
      case 1:
        bytes[at]! ^= 1 << below(8)
        break
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)])
        break
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)])
        break
      case 4:
        // The first kilobyte holds sizes and tables: what makes decoders stumble.
        bytes.fill(below(256), below(Math.min(1024, bytes.length)), Math.min(bytes.length, at + length))
        break
      default:
        if (below(4) === 0) bytes = bytes.subarray(0, Math.max(1, at))
        else bytes.writeUInt16BE(below(65536), Math.min(at, bytes.length - 2))
    }
  }
  return bytes
}

function spoilChecksum(png: Buffer): Buffer {
  const bytes = Buffer.from(png)
  const data = bytes.indexOf('IDAT')
  bytes[data + 4 + bytes.readUInt32BE(data - 4)]! ^= 0xff
  return bytes
}

/** Behind the head of a PNG one more chunk; its checksum is right. */
function withChunk(png: Buffer, type: string, data: Buffer): Buffer {
  const body = join(type, data)
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length)
  frame.writeUInt32BE(checksum(body), 4)
  return join(png.subarray(0, 33), frame.subarray(0, 4), body, frame.subarray(4), png.subarray(33))
}

function checksum(bytes: Buffer): number {
  let sum = -1
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return ~sum >>> 0
}

/** A small file that claims to be a picture of 20,000 × 20,000 pixels: 1.2 GB once decoded. */
async function floodOfPixels(): Promise<Buffer> {
  const bytes = Buffer.from(await drawnPng(200, 200))
  bytes.writeUInt32BE(20_000, 16)
  bytes.writeUInt32BE(20_000, 20)
  bytes.writeUInt32BE(checksum(bytes.subarray(12, 29)), 29)
  return bytes
}
