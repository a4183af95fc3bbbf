import type { PlatformPrisma } from '@xueji/db/prisma'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './db.ts'
import type { FileStore } from './files.ts'
import type { JobSender } from './jobs.ts'

/** What every room and every corridor function may use; made once per process, passed as a value. */
export type Platform = {
  readonly config: Config
  readonly clock: Clock
  readonly db: Database
  /** Single records of the platform's own, unscoped tables. */
  readonly prisma: PlatformPrisma
  readonly jobs: JobSender
  readonly files: FileStore
  readonly log: FastifyBaseLogger
}
