import type { RefusalId } from '@xueji/contracts/issues/refusals'
import { exportHindrance } from '@xueji/domain/access/may-export'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { createWorkbookStream } from '@xueji/workbook/write/workbook-stream'
import { appendAudit } from '../platform/audit.ts'
import type { Reading } from '../platform/db.ts'
import { rolesNow } from '../platform/http/session.ts'
import { publish } from '../platform/live-events.ts'
import type { Platform } from '../platform/platform.ts'
import { loadSettings } from '../platform/settings.ts'
import { finishLine } from './export-audit.ts'
import { exportWorkbook } from './export-file.ts'
import type { ExportKey, ExportList, ExportPage, ExportRoom, ExportRows } from './export-list.ts'
import { findExportList } from './export-lists.ts'
import { closeExport, type ExportEnd, type ExportJob, noteExport, takeExport } from './export-store.ts'

/** Rows of a page, and after how many milliseconds it is looked again, between two pages, whether the export may go on. */
export type ExportPace = { readonly page: number; readonly lookMillis: number }

/** Pages so small that the collector finds them young, so large that their statements do not show. Pages of photographs take longer than a look. */
const PACE: ExportPace = { page: 1_000, lookMillis: 100 }
/** More rows do not fit: a sheet has a million, and a file four gigabytes of text. */
const MAX_EXPORT_ROWS = 500_000

/** Thrown to leave the writing: the export was cancelled. */
class ExportCancelled extends Error {}

/** Thrown to leave the writing: nothing will come of the export. */
class ExportFailed extends Error {
  readonly refusal: RefusalId

  constructor(refusal: RefusalId) {
    super(refusal)
    this.refusal = refusal
  }
}

/**
 * Writes one export to its file: conditions → rows page by page → workbook → file store, three pages held at a time. One process at a time; may be killed
 * anywhere and run again from the beginning: the file appears under its name only when whole, and the record says so in the transaction that audits it.
 * Cancelling is noticed between pages and at the end, and so is that the asker has lost the right (SEC-008).
 */
export async function runExport(
  platform: Platform,
  rooms: (name: string) => ExportRoom | undefined,
  id: string,
  pace: ExportPace = PACE,
): Promise<void> {
  await platform.db.exclusively(id, async () => {
    const { db, clock, files } = platform
    const job = await db.inSystem((tx) => takeExport(tx, id, clock.now()))
    if (!job) return
    const room = rooms(job.room)
    const list = room && findExportList(room, job.list)
    try {
      if (!list) throw new ExportFailed('export.stopped')
      const { rows, file } = await write(platform, job, list, pace)
      const settings = await loadSettings(db.system, job.orgPath)
      const expiresAt = new Date(clock.now().getTime() + settings['export.keepHours'] * 3600_000)
      const closed = await close(platform, job, list, { status: 'ready', rows, file, expiresAt })
      if (!closed) await files.remove(job.fileId)
    } catch (error) {
      if (error instanceof ExportFailed) await close(platform, job, list, { status: 'failed', failure: error.refusal })
      else if (!(error instanceof ExportCancelled)) throw error
    }
  })
}

async function write(platform: Platform, job: ExportJob, list: ExportList, { page: size, lookMillis }: ExportPace) {
  const { db, clock, files } = platform
  await requireRight(platform, job, list)
  const reader = { orgId: job.actor.orgId, orgPath: job.orgPath, now: clock.now(), nation: db.system }
  const total = await db.inScopeOf(job, (tx) => list.count(tx, reader, job.conditions, MAX_EXPORT_ROWS + 1))
  const most = list.file?.most ?? MAX_EXPORT_ROWS
  const tooMany = list.file?.tooMany ?? 'export.tooMany'
  if (total > most) throw new ExportFailed(tooMany)
  let rows = 0
  const report = async (): Promise<void> => {
    // Rows may come and go while they are read: what is shown never exceeds what was counted.
    const progress = { done: Math.min(rows, total), total }
    if (!(await noteExport(db.system, job.id, progress, clock.now()))) throw new ExportCancelled()
    await announce(platform, job, 'running', progress.done, total)
  }
  await report()
  const read = list.read(reader, job.conditions, job.columns)
  const all = async function* (reading: Reading): AsyncGenerator<ExportRows> {
    const readPage = (after: ExportKey | undefined): Promise<ExportPage> => read(reading, after, size)
    const look = (): Promise<void> => requireRight(platform, job, list).then(report)
    let standing: Promise<void> | undefined
    let lookedAt = clock.now().getTime()
    for await (const page of pagesAhead(readPage, size)) {
      yield page.rows
      rows += page.rows.length
      if (rows > most) throw new ExportFailed(tooMany)
      if (clock.now().getTime() - lookedAt < lookMillis) continue
      lookedAt = clock.now().getTime()
      await standing
      // Asked while more is written: a lost right or a cancellation is heeded at the next look.
      standing = ahead(look)
    }
    await standing
    // And before the file is anybody's.
    await look()
  }
  const file = await db.readInScopeOf(job, (reading) => {
    const pages = all(reading)
    return files.write(
      job.fileId,
      list.file?.write(pages, files) ?? createWorkbookStream(exportWorkbook(job, list, pages), { codec: nodeCodec }),
    )
  })
  return { rows, file }
}

/**
 * The pages of a reading, each asked for as soon as the one before is there, however long that one takes to be written: the database gathers while the
 * file is made. One page waits and one is under way, no more: what was read lies in its place only until the third answer after it (`ANSWERS_KEPT`).
 */
async function* pagesAhead(
  read: (after: ExportKey | undefined) => Promise<ExportPage>,
  size: number,
): AsyncGenerator<ExportPage> {
  const behind = (before: Promise<ExportPage | undefined>): Promise<ExportPage | undefined> =>
    ahead(async () => {
      const page = await before
      return page && page.rows.length >= size ? read(page.last) : undefined
    })
  let next: Promise<ExportPage | undefined> = ahead(() => read(undefined))
  let later = behind(next)
  for (let page = await next; page; page = await next) {
    next = later
    later = behind(later)
    yield page
  }
}

/** Begun before anybody waits for it. Perhaps nobody ever does, so its failure must not go unheard. */
function ahead<Result>(begin: () => Promise<Result>): Promise<Result> {
  const result = begin()
  result.catch(() => undefined)
  return result
}

/** Rights are those of now, as for a request. */
async function requireRight({ db }: Platform, { actor, orgPath }: ExportJob, list: ExportList): Promise<void> {
  const roles = await rolesNow(db.system, actor.accountId, actor.orgId)
  const settings = await loadSettings(db.system, orgPath)
  const hindrance = exportHindrance({ ...actor, roles }, settings['export.countyEnabled'], list)
  if (hindrance) throw new ExportFailed(hindrance)
}

async function close(
  platform: Platform,
  job: ExportJob,
  list: ExportList | undefined,
  end: ExportEnd,
): Promise<boolean> {
  const { db, clock } = platform
  const closed = await db.inScopeOf(job, async (tx) => {
    if (!(await closeExport(tx, job, end, clock.now()))) return false
    await appendAudit(tx, clock, [finishLine(job, end, list)])
    return true
  })
  const rows = end.status === 'ready' ? end.rows : 0
  if (closed) await announce(platform, job, end.status, rows, rows)
  return closed
}

const announce = (platform: Platform, job: ExportJob, phase: string, done: number, total: number): Promise<void> =>
  publish(platform.db.system, { topic: 'export', id: job.id, orgPath: job.orgPath, phase, done, total })
