import type { RefusalId } from '@xueji/contracts/issues/refusals'
import { exportHindrance } from '@xueji/domain/access/may-export'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { createWorkbookStream } from '@xueji/workbook/write/workbook-stream'
import { appendAudit } from '../platform/audit.ts'
import { rolesNow } from '../platform/http/session.ts'
import { publish } from '../platform/live-events.ts'
import type { Platform } from '../platform/platform.ts'
import { loadSettings } from '../platform/settings.ts'
import { finishLine } from './export-audit.ts'
import { exportWorkbook } from './export-file.ts'
import type { ExportKey, ExportList, ExportPage } from './export-list.ts'
import { findExportList } from './export-lists.ts'
import { closeExport, type ExportEnd, type ExportJob, noteExport, takeExport } from './export-store.ts'
import type { ListingRoom } from './room.ts'

/** Rows read by one statement: few enough that none is held for long, enough that the statement does not show. */
const EXPORT_CHUNK = 2_000
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
 * Writes one export to its file: conditions → rows page by page → workbook → file store, two pages held at a time. One process at a time; may be killed
 * anywhere and run again from the beginning: the file appears under its name only when whole, and the record says so in the transaction that audits it.
 * Cancelling is noticed between pages, and so is that the asker has lost the right (SEC-008).
 */
export async function runExport(
  platform: Platform,
  rooms: (name: string) => ListingRoom | undefined,
  id: string,
  chunk: number = EXPORT_CHUNK,
): Promise<void> {
  await platform.db.exclusively(id, async () => {
    const { db, clock, files } = platform
    const job = await db.inSystem((tx) => takeExport(tx, id, clock.now()))
    if (!job) return
    const room = rooms(job.room)
    const list = room && findExportList(room, job.list)
    try {
      if (!list) throw new ExportFailed('export.stopped')
      const { rows, file } = await write(platform, job, list, chunk)
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

async function write(platform: Platform, job: ExportJob, list: ExportList, chunk: number) {
  const { db, clock, files } = platform
  await requireRight(platform, job)
  const total = await db.inScopeOf(job, (tx) => list.count(tx, job, job.conditions, MAX_EXPORT_ROWS + 1))
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
  const read = list.read(job, job.conditions, job.columns)
  const readPage = (after: ExportKey | undefined): Promise<ExportPage> =>
    db.inScopeOf(job, (tx) => read(tx, after, chunk))
  const all = async function* (): AsyncGenerator<ExportPage['rows']> {
    for (let next: Promise<ExportPage> | undefined = readPage(undefined); next; ) {
      const page: ExportPage = await next
      // The database gathers the next page while this one is written.
      next = page.rows.length < chunk ? undefined : ahead(() => readPage(page.last))
      yield page.rows
      rows += page.rows.length
      if (rows > most) throw new ExportFailed(tooMany)
      if (!next) return
      await requireRight(platform, job)
      await report()
    }
  }
  const file = await files.write(
    job.fileId,
    list.file?.write(all(), files) ?? createWorkbookStream(exportWorkbook(job, list, all()), { codec: nodeCodec }),
  )
  return { rows, file }
}

/** Begun before anybody waits for it. Perhaps nobody ever does, so its failure must not go unheard. */
function ahead<Result>(begin: () => Promise<Result>): Promise<Result> {
  const result = begin()
  result.catch(() => undefined)
  return result
}

/** Rights are those of now, as for a request. */
async function requireRight({ db }: Platform, { actor, orgPath }: ExportJob): Promise<void> {
  const roles = await rolesNow(db.system, actor.accountId, actor.orgId)
  const settings = await loadSettings(db.system, orgPath)
  const hindrance = exportHindrance({ ...actor, roles }, settings['export.countyEnabled'])
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
