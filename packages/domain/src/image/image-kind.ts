/** Pictures that may be uploaded: JPG/JPEG and PNG (fields 1.8). */
export type ImageKind = 'jpeg' | 'png'

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** What the first bytes of a file say it is, whatever it is called (SEC-011); undefined for everything that is neither JPEG nor PNG. */
export function imageKindOf(bytes: Uint8Array): ImageKind | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg'
  return PNG_SIGNATURE.every((byte, index) => bytes[index] === byte) ? 'png' : undefined
}

/** What the end of a file's name promises; undefined for any other ending. */
export function imageKindOfName(name: string): ImageKind | undefined {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase()
  if (ending === 'jpg' || ending === 'jpeg') return 'jpeg'
  return ending === 'png' ? 'png' : undefined
}
