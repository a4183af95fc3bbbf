import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

/** A small file held in memory: never written anywhere as it came. */
export type WholeFile = { readonly name: string | undefined; readonly bytes: Buffer; readonly sha256: string }

/** The one file of a form, whole; undefined when there is none, `tooLarge` beyond the limit. */
export async function receiveWhole(
  request: FastifyRequest,
  maxBytes: number,
): Promise<WholeFile | 'tooLarge' | undefined> {
  const part = request.isMultipart()
    ? await request.file({ limits: { fileSize: maxBytes + 1, files: 1, fields: 4 } })
    : undefined
  if (!part) return undefined
  const chunks: Buffer[] = []
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    size += chunk.length
    hash.update(chunk)
    if (size <= maxBytes) chunks.push(chunk)
  }
  return size > maxBytes
    ? 'tooLarge'
    : { name: part.filename, bytes: Buffer.concat(chunks), sha256: hash.digest('hex') }
}
