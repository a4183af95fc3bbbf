import { Readable } from 'node:stream'
import type { Actor } from '@xueji/domain/access/roles'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { zipStream } from '@xueji/workbook/write/zip-stream'
import { storePhotos } from '../record/photos.ts'
import { drawnJpeg } from './drawn-images.ts'
import type { TestPlatform } from './test-platform.ts'

/** A zip of files by name. */
export async function zipOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<Buffer> {
  const parts = Object.entries(files).map(([name, content]) => ({ name, content: [content] }))
  const chunks: Uint8Array[] = []
  for await (const chunk of zipStream(parts, nodeCodec, 6)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** A drawn picture of the size of a photograph. */
export const drawnPhoto = (width = 358, height = 441): Promise<Buffer> => drawnJpeg(width, height)

/** Sets a photograph as the route does once it has been read; returns its id. */
export async function addPhoto(platform: TestPlatform, actor: Actor, studentId: string): Promise<string> {
  const { clock, db, files } = platform
  const id = clock.newId()
  const stored = await files.write(id, Readable.from([await drawnPhoto()]))
  await db.inScopeOf(actor, (tx) => storePhotos(tx, clock, actor, [{ id, studentId, ...stored }], null))
  return id
}
