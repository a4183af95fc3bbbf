import { open } from 'node:fs/promises'
import type { RandomAccess } from '../read/source.ts'

/** A file on disk as a workbook source. Close it when the last row is read. */
export type FileSource = RandomAccess & { close(): Promise<void> }

/** Opens the file for reading; throws when it does not exist or may not be read. */
export async function openFileSource(path: string): Promise<FileSource> {
  const file = await open(path, 'r')
  const { size } = await file.stat()
  return {
    size,
    async read(offset, length) {
      const buffer = new Uint8Array(length)
      let filled = 0
      while (filled < length) {
        const { bytesRead } = await file.read(buffer, filled, length - filled, offset + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return buffer.subarray(0, filled)
    },
    close: () => file.close(),
  }
}
