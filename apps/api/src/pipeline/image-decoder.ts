import { type ImageKind, imageKindOf } from '@xueji/domain/image/image-kind'
import { EVIDENCE_BYTES, MOST_PIXELS } from '@xueji/domain/image/image-limits'
import { structureFault } from '@xueji/domain/image/image-structure'
import sharp, { type Sharp } from 'sharp'
import type { CleanImage, ImageFault, ImageOutcome } from './image-protocol.ts'

// For the reading process only: one picture at a time, nothing remembered of it, and of all that sharp can open only what may be uploaded.
sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] })

/** Longest side of what is kept: a sheet of A4 at 300 dpi fits. */
const LONGEST_SIDE = 4096
const SECONDS = 10

/** A picture opened under the limits, or why it was not. */
type Opened = { readonly kind: ImageKind; readonly image: Sharp } | { readonly fault: ImageFault }

/** Opens a JPEG or PNG for decoding: its skeleton looked at first, pixels limited, a damaged or cut one refused (security: Images). */
function openImage(bytes: Uint8Array): Opened {
  const kind = imageKindOf(bytes)
  if (!kind) return { fault: 'notImage' }
  const fault = structureFault(bytes, kind)
  if (fault) return { fault }
  return {
    kind,
    image: sharp(bytes, { failOn: 'warning', limitInputPixels: MOST_PIXELS }).timeout({ seconds: SECONDS }),
  }
}

/**
 * Decodes a picture and writes it anew, upright and in sRGB, without any of its metadata (security: Images): where it was taken, by what and whatever
 * else lay beside the pixels is gone. A PNG that would grow beyond what may be uploaded is kept as JPEG.
 */
export async function cleanImage(bytes: Uint8Array): Promise<ImageOutcome> {
  const opened = openImage(bytes)
  if ('fault' in opened) return opened
  try {
    const upright = opened.image
      .autoOrient()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
    if (opened.kind === 'png') {
      const written = await writeAs(upright.clone().png(), 'png')
      if (written.bytes.length <= EVIDENCE_BYTES) return written
    }
    return await writeAs(upright.flatten({ background: '#ffffff' }).jpeg({ quality: 85 }), 'jpeg')
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

async function writeAs(image: Sharp, kind: ImageKind): Promise<CleanImage> {
  const { data, info } = await image.toBuffer({ resolveWithObject: true })
  return { kind, bytes: data, width: info.width, height: info.height }
}

// sharp throws plain errors; what is neither of these is a picture that cannot be decoded.
function faultOf(error: unknown): ImageFault {
  const message = error instanceof Error ? error.message : ''
  if (/pixel limit/i.test(message)) return 'tooManyPixels'
  return /^timeout/i.test(message) ? 'tooSlow' : 'damaged'
}
