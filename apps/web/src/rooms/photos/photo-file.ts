import { refusalMessage } from '@xueji/contracts/issues/refusals'
import { imageKindOf } from '@xueji/domain/image/image-kind'
import { PHOTO_BYTES } from '@xueji/domain/photo/photo-size'

/** What a picture is refused for before it travels, in the server's words (PHO-004); undefined when it may go. */
export function whyNotPhoto(
  file: { readonly name: string; readonly size: number },
  head: Uint8Array,
): string | undefined {
  if (!/\.jpe?g$/i.test(file.name)) return refusalMessage('photo.format')
  if (file.size >= PHOTO_BYTES) return refusalMessage('photo.tooLarge')
  return imageKindOf(head) === 'jpeg' ? undefined : refusalMessage('photo.notImage')
}
