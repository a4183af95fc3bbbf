import { Readable } from 'node:stream'
import { PHOTO_BYTES } from '@xueji/domain/photo/photo-size'
import { openFileSource } from '@xueji/workbook/node/file-source'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { openArchive } from '@xueji/workbook/read/open-archive'
import { appendAudit } from '../../platform/audit.ts'
import { rolesNow } from '../../platform/http/session.ts'
import { publish } from '../../platform/live-events.ts'
import type { Platform } from '../../platform/platform.ts'
import { type NewPhoto, storePhotos } from '../../record/photos.ts'
import { lineOf } from '../batch-lock.ts'
import { createImageReader, type ImageReader } from '../image-reader.ts'
import { matchFiles, type NamedFile, nameFiles } from './package-names.ts'
import {
  type Candidate,
  type FileOutcome,
  loadCandidates,
  noteFiles,
  type PackageJob,
  type PhotoFileFault,
  photoIdOf,
  takePackage,
} from './package-store.ts'

/** Photographs read, stored and entered together: a second's work. */
export const PACKAGE_CHUNK = 50

/** A school of five thousand, at sixty kilobytes each. */
const LIMITS = { entries: 5_000, uncompressedBytes: 512 * 1024 * 1024 }

/**
 * Works one package through (PHO-007): directory checked → all its names matched by one join → pictures read one by one in a limited process → a chunk's
 * photographs, report lines, audit and cursor in one transaction. One process at a time; taken up where it stopped when killed.
 */
export async function runPhotoPackage(platform: Platform, id: string, chunk: number = PACKAGE_CHUNK): Promise<void> {
  await platform.db.exclusively(id, async () => {
    const { db, clock, files, log } = platform
    const job = await db.inSystem((tx) => takePackage(tx, id, clock.now()))
    if (!job) return
    const source = await openFileSource(files.pathOf(job.fileId))
    const reader = createImageReader(log)
    try {
      const roles = await rolesNow(db.system, job.actor.accountId, job.actor.orgId)
      if (!roles.includes('schoolRegistrar')) return await close(platform, job, 'right')
      const opened = await openArchive(source, nodeCodec, LIMITS)
      if (!opened.ok) return await close(platform, job, opened.refusal.code)
      const named = nameFiles(opened.files)
      if (named.length === 0) return await close(platform, job, 'empty')
      await work(platform, job, reader, named, chunk)
      await close(platform, job, undefined)
    } finally {
      reader.close()
      await source.close()
    }
  })
}

async function work(
  platform: Platform,
  job: PackageJob,
  reader: ImageReader,
  named: readonly NamedFile[],
  chunk: number,
): Promise<void> {
  const { db } = platform
  await db.system.query('update photo_package set total = $2 where id = $1', [job.id, named.length])
  const parsed = named.flatMap(({ parsed }) => ('by' in parsed ? [parsed] : []))
  const candidates = await db.inScopeOf(job, (tx) =>
    loadCandidates(
      tx,
      job.actor.orgId,
      parsed.flatMap((name) => (name.by === 'number' ? [name.identityNumber] : [])),
      parsed.flatMap((name) => (name.by === 'class' ? [name] : [])),
    ),
  )
  const matched = matchFiles(named, candidates, job.actor.orgPath.split(':')[1] ?? '', job)
  for (let from = job.done; from < named.length; from += chunk) {
    const outcomes: FileOutcome[] = []
    const photos: NewPhoto[] = []
    for (let position = from; position < Math.min(named.length, from + chunk); position++) {
      const { name } = named[position]!
      const match = matched[position]!
      if ('fault' in match) outcomes.push({ position, name, fault: match.fault, child: match.child ?? null })
      else {
        const photo = await readPhoto(platform, reader, job, named[position]!, match, position)
        if ('fault' in photo) outcomes.push({ position, name, fault: photo.fault, child: match })
        else {
          photos.push(photo)
          outcomes.push({ position, name, fault: null, child: match })
        }
      }
    }
    await commit(platform, job, from, outcomes, photos)
    await announce(platform, job, 'running', from + outcomes.length, named.length)
  }
}

async function readPhoto(
  { files }: Platform,
  reader: ImageReader,
  job: PackageJob,
  { file }: NamedFile,
  child: Candidate,
  position: number,
): Promise<NewPhoto | { readonly fault: PhotoFileFault }> {
  if (file.size >= PHOTO_BYTES) return { fault: 'tooLarge' }
  const bytes = await file.read(PHOTO_BYTES)
  if ('refused' in bytes) return { fault: 'damaged' }
  const photo = await reader.readPhoto(bytes)
  if ('fault' in photo) return photo
  const id = photoIdOf(job.id, position)
  const { size, sha256 } = await files.write(id, Readable.from([photo.bytes]))
  return { id, studentId: child.id, size, sha256 }
}

/** The photographs of a chunk with their lines in report and audit. Who has left the school since is found no more. */
async function commit(
  { db, clock, files }: Platform,
  job: PackageJob,
  from: number,
  outcomes: readonly FileOutcome[],
  photos: readonly NewPhoto[],
): Promise<void> {
  const set = await db.inScopeOf(job, async (tx) => {
    const stored = await storePhotos(tx, clock, job.actor, photos, job.id)
    const known = new Set(stored.map(({ studentId }) => studentId))
    const final = outcomes.map((one) =>
      one.fault === null && !known.has(one.child!.id) ? { ...one, fault: 'noStudent' as const } : one,
    )
    if (!(await noteFiles(tx, job, from, final, clock.now()))) throw new Error('the package was worked on by another')
    await appendAudit(
      tx,
      clock,
      stored.map(({ studentId, id, sha256 }) => ({
        ...lineOf({ actor: job.actor, requestId: job.id }),
        action: 'photo.set',
        target: studentId,
        detail: { photo: id, sha256, package: job.id },
      })),
    )
    return new Set(stored.map(({ id }) => id))
  })
  for (const { id } of photos) if (!set.has(id)) await files.remove(id)
}

/** Ends a package, whole or with what is wrong with it; the zip has done its duty. */
async function close(platform: Platform, job: PackageJob, failure: string | undefined): Promise<void> {
  const { db, clock, files } = platform
  await db.inScopeOf(job, async (tx) => {
    const [row] = await tx.query<{ total: number; stored: number }>(
      `update photo_package set status = $2, failure = $3, finished_at = $4, heartbeat_at = $4 where id = $1 and status = 'running' returning total, stored`,
      [job.id, failure ? 'failed' : 'done', failure ?? null, clock.now()],
    )
    if (row)
      await appendAudit(tx, clock, [
        {
          ...lineOf({ actor: job.actor, requestId: job.id }),
          action: 'photo.package',
          target: job.id,
          detail: { ...row, ...(failure ? { failure } : {}) },
        },
      ])
  })
  await files.remove(job.fileId)
  await db.system.query('update photo_package set file_id = null where id = $1', [job.id])
  await announce(platform, job, failure ? 'failed' : 'done', 1, 1)
}

const announce = (
  { db }: Platform,
  job: Pick<PackageJob, 'id' | 'orgPath'>,
  phase: string,
  done: number,
  total: number,
): Promise<void> => publish(db.system, { topic: 'photo', id: job.id, orgPath: job.orgPath, phase, done, total })
