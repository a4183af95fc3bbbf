import { QUEUES } from '@xueji/db/queues'
import { createTestDatabase, type TestDatabase } from '@xueji/db/testing/test-database'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type JobHandler, type JobSender, startWorker } from './jobs.ts'

let database: TestDatabase
let worker: JobSender
const lines: string[] = []

/** As PostgreSQL puts it when a COPY fails: the row itself stands in the error. */
const failWithRow: JobHandler = async () => {
  throw Object.assign(new Error('invalid input syntax'), {
    where: 'COPY import_row, line 7, column cells: "{""name"":""某小明""}"',
    detail: 'Key (identity_number)=(440203202001010017) already exists.',
  })
}
const doNothing: JobHandler = async () => {}
const taken: unknown[] = []
/** Longer than any test lasts: nothing is found by looking for it. */
const NEVER_SECONDS = 3_600

beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'))
  const handlers = Object.fromEntries(Object.values(QUEUES).map((queue) => [queue, doNothing]))
  worker = await startWorker(
    database.url,
    {
      ...(handlers as Record<(typeof QUEUES)[keyof typeof QUEUES], JobHandler>),
      [QUEUES.importBatch]: failWithRow,
      [QUEUES.exportList]: async (data) => void taken.push(data),
    },
    {},
    pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
    NEVER_SECONDS,
  )
})
afterAll(async () => {
  await worker.close()
  await database.drop()
})

it('a worker is called to a job and does not wait until it looks again', async () => {
  // The first look of each worker is over when it has done a job; the second job it can only have been called to.
  for (const exportId of ['1', '2', '3']) {
    await worker.send(QUEUES.exportList, { exportId }, { key: exportId })
    await expect.poll(() => taken, { timeout: 30_000, interval: 20 }).toContainEqual({ exportId })
  }
})

it('a failed job leaves neither in the queue nor in the log what stood in the row it failed on', async () => {
  await worker.send(QUEUES.importBatch, { batchId: 'x' }, { key: 'x' })
  const outputs = async () =>
    (await database.client.query('select output::text from pgboss.job where output is not null')).rows.map(
      (row) => row.output,
    )
  await expect.poll(outputs, { timeout: 30_000, interval: 100 }).not.toEqual([])
  const kept = [...(await outputs()), ...lines].join('\n')
  expect(kept).toContain('job failed')
  expect(kept).not.toMatch(/某小明|440203202001010017/)
})
