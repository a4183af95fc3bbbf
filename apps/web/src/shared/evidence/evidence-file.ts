import { refusalMessage } from '@xueji/contracts/issues/refusals'
import { imageKindOf, imageKindOfName } from '@xueji/domain/image/image-kind'
import { EVIDENCE_BYTES } from '@xueji/domain/image/image-limits'

/** What the file chooser offers. */
export const EVIDENCE_ACCEPTED = '.jpg,.jpeg,.png'

/** What is said beside every place where evidence is added (menu §3, §5). */
export const EVIDENCE_HINT = '只能上传JPG、PNG、JPEG格式的文件，文件大小不能超过2M！'

/** What a picture is refused for before it travels, in the server's words; undefined when it may go. The server looks again. */
export function whyNotEvidence(
  file: { readonly name: string; readonly size: number },
  head: Uint8Array,
): string | undefined {
  const named = imageKindOfName(file.name)
  if (!named) return refusalMessage('evidence.wrongName')
  if (file.size > EVIDENCE_BYTES) return refusalMessage('evidence.tooLarge')
  const kind = imageKindOf(head)
  if (!kind) return refusalMessage('evidence.notImage')
  return kind === named ? undefined : refusalMessage('evidence.wrongKind')
}

/** The first bytes of a file: enough to tell what it is. */
export const headOf = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.slice(0, 16).arrayBuffer())

/** Bytes as people say them. */
export const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** Where a picture is read from. */
export const evidenceUrl = (id: string): string => `/api/evidence/${id}`
