import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Bytes received: length and SHA-256 in hex. */
export type ReceivedFile = { readonly size: number; readonly sha256: string }

/** Files under their ids; names given by people are never used as paths. */
export type FileStore = {
  readonly pathOf: (id: string) => string
  /** Writes a stream under an id; the file appears whole or not at all. Stops with `tooLarge` beyond the limit. */
  readonly receive: (id: string, source: Readable, maxBytes: number) => Promise<ReceivedFile | 'tooLarge'>
  /** Writes bytes under an id as they come; the file appears whole or not at all. What the source throws is thrown on. */
  readonly write: (id: string, source: AsyncIterable<Uint8Array>) => Promise<ReceivedFile>
  /** Opens a file to be read as a stream; undefined when there is none. */
  readonly open: (id: string) => Promise<Readable | undefined>
  /** Removes a file and what may be left of an unfinished one; nothing happens when there is none. */
  readonly remove: (id: string) => Promise<void>
}

/** A store in a folder, two characters of the id deep. */
export function createFileStore(folder: string): FileStore {
  // The tail of a UUIDv7 is random, its head is the time.
  const pathOf = (id: string): string => join(folder, id.slice(-2), id)
  const keep = async (id: string, source: Readable, maxBytes: number): Promise<ReceivedFile | undefined> => {
    const target = pathOf(id)
    await mkdir(join(folder, id.slice(-2)), { recursive: true })
    const hash = createHash('sha256')
    let size = 0
    let tooLarge = false
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length
        if (size > maxBytes) tooLarge = true
        if (tooLarge) return done()
        hash.update(chunk)
        done(null, chunk)
      },
    })
    const partial = partialOf(target)
    try {
      await pipeline(source, meter, createWriteStream(partial, { mode: 0o600 }))
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
    if (tooLarge) {
      await rm(partial, { force: true })
      return undefined
    }
    await rename(partial, target)
    return { size, sha256: hash.digest('hex') }
  }
  return {
    pathOf,
    receive: async (id, source, maxBytes) => (await keep(id, source, maxBytes)) ?? 'tooLarge',
    write: async (id, source) =>
      (await keep(id, Readable.from(source, { objectMode: false }), Number.POSITIVE_INFINITY))!,
    open: async (id) => {
      const file = await open(pathOf(id)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      })
      return file?.createReadStream()
    },
    remove: async (id) => {
      await rm(pathOf(id), { force: true })
      await rm(partialOf(pathOf(id)), { force: true })
    },
  }
}

const partialOf = (path: string): string => `${path}.partial`
