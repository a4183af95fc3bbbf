import { rm } from 'node:fs/promises'
import { makeTemporaryFolder } from '@xueji/db/embedded-postgres'
import { createPrisma } from '@xueji/db/prisma'
import type { QueueName } from '@xueji/db/queues'
import { pino } from 'pino'
import { type Clock, createClock } from '../platform/clock.ts'
import { type Config, loadConfig } from '../platform/config.ts'
import { createDatabase, type DatabaseLimits, JOB_LIMITS } from '../platform/db.ts'
import { createFileStore } from '../platform/files.ts'
import type { JobData } from '../platform/jobs.ts'
import type { Platform } from '../platform/platform.ts'

/** A platform on a real database whose jobs are collected instead of queued, so that a test runs them when it wants. */
export type TestPlatform = Platform & {
  readonly sentJobs: { queue: QueueName; data: JobData }[]
  readonly close: () => Promise<void>
}

/** Makes a platform; `close` drops its folder and its connections. */
export function createTestPlatform(
  databaseUrl: string,
  overrides: Partial<Config> = {},
  clock: Clock = createClock(),
  limits: DatabaseLimits = JOB_LIMITS,
): TestPlatform {
  const folder = makeTemporaryFolder('xueji-files-')
  const config = {
    ...loadConfig({
      DATABASE_URL: databaseUrl,
      XUEJI_DATA: folder,
      XUEJI_LOG_LEVEL: 'silent',
      XUEJI_RATE_LIMIT: '1000000',
      XUEJI_LOGIN_LIMIT: '1000000',
    }),
    ...overrides,
  }
  const db = createDatabase(databaseUrl, limits)
  const prisma = createPrisma(databaseUrl, 2)
  const sentJobs: TestPlatform['sentJobs'] = []
  return {
    config,
    clock,
    db,
    prisma,
    files: createFileStore(folder),
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    jobs: {
      send: async (queue, data) => {
        sentJobs.push({ queue, data })
      },
      close: async () => {},
    },
    sentJobs,
    close: async () => {
      await prisma.$disconnect()
      await db.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
