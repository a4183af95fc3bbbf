/** A photograph as it is kept: 26 × 32 mm (PHO-002). */
export const PHOTO_WIDTH = 358
export const PHOTO_HEIGHT = 441

/** PHO-004: a photograph has fewer bytes than this. */
export const PHOTO_BYTES = 60 * 1024

const TOLERANCE = 0.02

/**
 * Why a picture of so many pixels cannot become a photograph; undefined when it is 358 × 441, or larger in the same proportion but for two per cent and so
 * scaled down to it (PHO-009). Background and posture are looked at by people (PHO-001, PHO-003).
 */
export function photoSizeFault(width: number, height: number): 'tooSmall' | 'wrongRatio' | undefined {
  const off = Math.abs((width * PHOTO_HEIGHT) / (height * PHOTO_WIDTH) - 1)
  if (off > TOLERANCE) return 'wrongRatio'
  return width < PHOTO_WIDTH || height < PHOTO_HEIGHT ? 'tooSmall' : undefined
}
