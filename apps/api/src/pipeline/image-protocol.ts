import type { ImageKind } from '@xueji/domain/image/image-kind'

/** Why a picture was not taken. */
export type ImageFault = 'notImage' | 'damaged' | 'animated' | 'trailing' | 'tooManyPixels' | 'tooSlow'

/** One picture to be read; `number` tells answers apart. */
export type ImageRequest = { readonly number: number; readonly bytes: Uint8Array }

/** A picture written anew, with nothing of the old file but what is seen. */
export type CleanImage = {
  readonly kind: ImageKind
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

/** What became of a picture. */
export type ImageOutcome = CleanImage | { readonly fault: ImageFault }

/** What the reading process says: that it stands, and then an answer to each request. */
export type ImageMessage = { readonly ready: true } | { readonly number: number; readonly outcome: ImageOutcome }
