import { QUEUES } from '@xueji/db/queues'
import type { Platform } from '../../platform/platform.ts'
import { keepPhotos } from '../../record/photos.ts'
import { PACKAGE_CHUNK } from './package-run.ts'
import { photoIdOf } from './package-store.ts'

/** A package that ended its process this often will do so again. */
const MOST_ATTEMPTS = 6
/** A report is kept for a month: its file names are names and numbers of children. */
const KEEP_MILLIS = 30 * 24 * 3600_000

/** Takes up packages that a killed process left, gives up those that end every process, and removes what has served its time. */
export async function keepPhotoPackages(platform: Platform, stale: Date): Promise<void> {
  const { db, clock, jobs, files } = platform
  const now = clock.now()
  await db.system.query(
    `update photo_package set status = 'failed', failure = 'stopped', finished_at = $2 where status in ('pending', 'running') and attempts >= $1 and heartbeat_at < $3`,
    [MOST_ATTEMPTS, now, stale],
  )
  const left = await db.system.query<{ id: string }>(
    `select id from photo_package where status in ('pending', 'running') and heartbeat_at < $1`,
    [stale],
  )
  for (const { id } of left) await jobs.send(QUEUES.photoPackage, { packageId: id }, { key: id })
  const ended = await db.system.query<{ id: string; file_id: string; done: number }>(
    `select id, file_id, done from photo_package where file_id is not null and status in ('done', 'failed') limit 100`,
  )
  for (const { id, file_id, done } of ended) {
    // Pictures of the chunk it fell over: written, never entered.
    for (let position = done; position < done + PACKAGE_CHUNK; position++) await files.remove(photoIdOf(id, position))
    await files.remove(file_id)
    await db.system.query('update photo_package set file_id = null where id = $1', [id])
  }
  await db.system.query('delete from photo_package where file_id is null and created_at < $1', [
    new Date(now.getTime() - KEEP_MILLIS),
  ])
  await keepPhotos(platform)
}
