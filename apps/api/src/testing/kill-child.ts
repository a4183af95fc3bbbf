// A process that works on one batch until it is done or killed; for the kill tests. Arguments: import|review|export, id, database URL, files folder.
import { createPrisma } from '@xueji/db/prisma'
import { pino } from 'pino'
import { runExport } from '../pipeline/export-run.ts'
import { runImport } from '../pipeline/import-run.ts'
import { runReviewBatch } from '../pipeline/review-batch.ts'
import { createClock } from '../platform/clock.ts'
import { loadConfig } from '../platform/config.ts'
import { createDatabase, JOB_LIMITS } from '../platform/db.ts'
import { createFileStore } from '../platform/files.ts'
import type { Platform } from '../platform/platform.ts'
import { findRoom } from '../rooms/index.ts'

const [kind, batchId, databaseUrl, folder] = process.argv.slice(2) as [string, string, string, string]
const db = createDatabase(databaseUrl, { ...JOB_LIMITS, connections: 2 })
const platform: Platform = {
  config: loadConfig({ DATABASE_URL: databaseUrl, XUEJI_DATA: folder }),
  clock: createClock(),
  db,
  prisma: createPrisma(databaseUrl, 1),
  files: createFileStore(folder),
  jobs: { send: async () => {}, close: async () => {} },
  log: pino({ level: 'silent' }),
}
process.stdout.write('begun\n')
if (kind === 'import') await runImport(platform, findRoom, batchId)
else if (kind === 'export') await runExport(platform, findRoom, batchId, { page: 200, lookMillis: 0 })
else await runReviewBatch(platform, findRoom, batchId)
process.stdout.write('done\n')
process.exit(0)
