import type { Codec } from '../codec/codec.ts'
import { checkContainer } from './container-check.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { type Refusal, refusalOf } from './refusal.ts'
import { asRandomAccess, type WorkbookSource } from './source.ts'
import { readZipDirectory } from './zip-directory.ts'
import { readWholeEntry } from './zip-entry.ts'

/** One file of an archive. */
export type ArchiveFile = {
  /** Folders with '/', no leading '/'. */
  readonly name: string
  /** Unpacked, as the archive declares it; reading holds it to that. */
  readonly size: number
  /** Its bytes; a refusal when it is larger than asked for, or not what the archive declares. */
  readonly read: (maxBytes: number) => Promise<Uint8Array | { readonly refused: Refusal }>
}

/** What an archive may cost; the limits of workbooks where nothing else is said. */
export type ArchiveLimits = Partial<Pick<Limits, 'entries' | 'uncompressedBytes' | 'ratio' | 'ratioFromBytes'>>

/**
 * Opens a zip of ordinary files under the checks that workbooks are opened under: number and size of the entries, ratio, overlaps, names, encryption.
 * Folders are left out. Nothing is unpacked before it is asked for.
 */
export async function openArchive(
  source: WorkbookSource,
  codec: Codec,
  limits: ArchiveLimits = {},
): Promise<
  { readonly ok: true; readonly files: readonly ArchiveFile[] } | { readonly ok: false; readonly refusal: Refusal }
> {
  const bytes = asRandomAccess(source)
  const held = { ...DEFAULT_LIMITS, ...limits }
  try {
    const entries = await readZipDirectory(bytes, held.entries)
    const refusal = checkContainer(entries, held, bytes.size)
    if (refusal) return { ok: false, refusal }
    const files = entries
      .filter(({ name }) => !name.endsWith('/'))
      .map((entry) => ({
        name: entry.name,
        size: entry.uncompressedSize,
        read: (maxBytes: number) =>
          readWholeEntry(bytes, entry, codec, maxBytes).catch((error: unknown) => ({ refused: refusalOf(error) })),
      }))
    return { ok: true, files }
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) }
  }
}
