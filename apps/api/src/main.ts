import { resolve } from 'node:path'
import { createPrisma } from '@xueji/db/prisma'
import { pino } from 'pino'
import { buildApp } from './app.ts'
import { GATEWAY_DEFAULTS } from './pipeline/jobs.ts'
import { createClock } from './platform/clock.ts'
import { loadConfig } from './platform/config.ts'
import { createDatabase } from './platform/db.ts'
import { createFileStore } from './platform/files.ts'
import { createIdentityGateway } from './platform/identity/identity-gateway.ts'
import { createJobSender } from './platform/jobs.ts'
import { createLiveHub } from './platform/live-events.ts'
import { onStopSignal } from './platform/stop.ts'

const config = loadConfig(process.env)
const log = pino({ level: config.logLevel, name: 'api' })
const db = createDatabase(config.databaseUrl)
const prisma = createPrisma(config.databaseUrl)
const jobs = await createJobSender(config.databaseUrl, log)
const hub = createLiveHub(config.databaseUrl, log)
const files = createFileStore(resolve(config.dataFolder, 'files'))
const register = createIdentityGateway({ ...GATEWAY_DEFAULTS, ...config.identity, logger: log })
const app = await buildApp({ config, clock: createClock(), db, prisma, jobs, files, hub, register })
onStopSignal(log, async () => {
  await app.close()
  await register.close()
  await hub.close()
  await jobs.close()
  await prisma.$disconnect()
  await db.close()
})
await app.listen({ host: config.host, port: config.port })
process.send?.('ready')
