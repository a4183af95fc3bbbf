import { APP_ROLE } from '@xueji/db/app-role'
import type { QueueName } from '@xueji/db/queues'
import { QUEUES } from '@xueji/db/queues'
import PgBoss from 'pg-boss'
import type { Logger } from 'pino'
import { listen } from './listen.ts'

/** What a job carries: ids only, never personal data. */
export type JobData = Readonly<Record<string, string>>

/** Puts work on the queue; safe to call twice with the same key. */
export type JobSender = {
  /** One job of a `key` waits at a time (queue policy `short`); `afterSeconds` delays it. */
  readonly send: (queue: QueueName, data: JobData, options: { key: string; afterSeconds?: number }) => Promise<void>
  readonly close: () => Promise<void>
}

/** A job's work: must be resumable and idempotent, for it runs again when its process was killed. */
export type JobHandler = (data: JobData) => Promise<void>

/** How often a worker looks for work, in seconds: for what is due later and for a call nobody heard. */
const POLL_SECONDS = 1

/** Where a worker is called to a queue at once. */
const CALLS = 'xueji_jobs'

// A killed worker's job comes back after this time without an end; the sweeps of `housekeeping` are quicker.
const EXPIRE_SECONDS = 900

/** Connects to the queue tables; `supervise` is for the worker alone. */
async function openBoss(databaseUrl: string, supervise: boolean, logger: Logger): Promise<PgBoss> {
  const url = new URL(databaseUrl)
  url.searchParams.set('options', `-c role=${APP_ROLE}`)
  const boss = new PgBoss({
    connectionString: url.toString(),
    migrate: false,
    supervise,
    schedule: supervise,
    max: supervise ? 6 : 2,
  })
  boss.on('error', (error) => logger.warn({ err: error.message }, 'queue error'))
  await boss.start()
  return boss
}

/** The sending side, for the API process. */
export async function createJobSender(databaseUrl: string, logger: Logger): Promise<JobSender> {
  const boss = await openBoss(databaseUrl, false, logger)
  return {
    send: (queue, data, options) => send(boss, queue, data, options),
    close: () => boss.stop({ graceful: false, wait: true }),
  }
}

/** The working side: handlers by queue and cron lines; a job that is due at once is called for, others are found within `pollSeconds`. Returns a sender and a stop that lets running jobs end. */
export async function startWorker(
  databaseUrl: string,
  handlers: Readonly<Record<QueueName, JobHandler>>,
  schedules: Partial<Record<QueueName, string>>,
  logger: Logger,
  pollSeconds: number = POLL_SECONDS,
): Promise<JobSender> {
  const boss = await openBoss(databaseUrl, true, logger)
  const workers = new Map<string, string>()
  for (const queue of Object.values(QUEUES)) {
    const id = await boss.work<JobData>(queue, { pollingIntervalSeconds: pollSeconds, batchSize: 1 }, async ([job]) => {
      if (!job) return
      try {
        await handlers[queue](job.data ?? {})
      } catch (error) {
        logger.error({ queue, job: job.id, err: error instanceof Error ? error.stack : String(error) }, 'job failed')
        // The queue keeps what is thrown, and an error of PostgreSQL quotes the row it failed on.
        throw new Error('job failed: see the log of the worker')
      }
    })
    workers.set(queue, id)
    const cron = schedules[queue]
    if (cron) await boss.schedule(queue, cron, {}, { tz: 'Asia/Shanghai' })
  }
  const listening = listen(
    databaseUrl,
    CALLS,
    (queue) => {
      const worker = workers.get(queue)
      if (worker) boss.notifyWorker(worker)
    },
    logger,
  )
  return {
    send: (queue, data, options) => send(boss, queue, data, options),
    close: async () => {
      await listening.close()
      await boss.stop({ graceful: true, wait: true, timeout: 8_000 })
    },
  }
}

async function send(
  boss: PgBoss,
  queue: QueueName,
  data: JobData,
  options: { key?: string; afterSeconds?: number } = {},
): Promise<void> {
  await boss.send(queue, data, {
    retryLimit: 5,
    retryDelay: 2,
    retryBackoff: true,
    expireInSeconds: EXPIRE_SECONDS,
    singletonKey: options.key,
    ...(options.afterSeconds ? { startAfter: options.afterSeconds } : {}),
  })
  if (options.afterSeconds) return
  // What is queued is queued: a call that fails is made up for by the next look.
  await boss
    .getDb()
    .executeSql('select pg_notify($1, $2)', [CALLS, queue])
    .catch(() => undefined)
}
