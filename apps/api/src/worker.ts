import { resolve } from 'node:path'
import { createPrisma } from '@xueji/db/prisma'
import { QUEUES } from '@xueji/db/queues'
import { pino } from 'pino'
import { GATEWAY_DEFAULTS, jobHandlers, SCHEDULES } from './pipeline/jobs.ts'
import { createClock } from './platform/clock.ts'
import { loadConfig } from './platform/config.ts'
import { createDatabase, JOB_LIMITS } from './platform/db.ts'
import { createFileStore } from './platform/files.ts'
import { createIdentityGateway } from './platform/identity/identity-gateway.ts'
import { type JobSender, startWorker } from './platform/jobs.ts'
import type { Platform } from './platform/platform.ts'
import { onStopSignal } from './platform/stop.ts'
import { findFileRoom, findListingRoom, findReviewRoom } from './rooms/index.ts'

const SWEEP_MILLIS = 10_000

const config = loadConfig(process.env)
const log = pino({ level: config.logLevel, name: 'worker' })
const db = createDatabase(config.databaseUrl, JOB_LIMITS)
const prisma = createPrisma(config.databaseUrl, 1)
const gateway = createIdentityGateway({ ...GATEWAY_DEFAULTS, ...config.identity, logger: log })
let sender: JobSender | undefined
const platform: Platform = {
  config,
  clock: createClock(),
  db,
  prisma,
  files: createFileStore(resolve(config.dataFolder, 'files')),
  log,
  jobs: { send: async (...job) => sender?.send(...job), close: async () => {} },
}
sender = await startWorker(
  config.databaseUrl,
  jobHandlers(platform, gateway, findFileRoom, findReviewRoom, findListingRoom),
  SCHEDULES,
  log,
)
// What a killed process left behind is taken up soon, whoever was killed.
const sweep = (): void => {
  sender
    ?.send(QUEUES.housekeeping, {}, { key: 'sweep' })
    .catch((error: Error) => log.warn({ err: error.message }, 'sweep not sent'))
}
sweep()
const sweeps = setInterval(sweep, SWEEP_MILLIS)
onStopSignal(log, async () => {
  clearInterval(sweeps)
  await sender?.close()
  await gateway.close()
  await prisma.$disconnect()
  await db.close()
})
process.send?.('ready')
