import { QUEUES, type QueueName } from '@xueji/db/queues'
import type { IdentityGateway } from '../platform/identity/identity-gateway.ts'
import type { JobHandler } from '../platform/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { endDuplicates } from './end-duplicates.ts'
import type { ExportRoom } from './export-list.ts'
import { runExport } from './export-run.ts'
import { keepHouse } from './housekeeping.ts'
import { runIdentityCheck } from './identity-check.ts'
import { runImport } from './import-run.ts'
import { runPhotoPackage } from './photo/package-run.ts'
import { runReviewBatch } from './review-batch.ts'
import type { FileRoom, ReviewRoom } from './room.ts'
import { verifyStudents } from './student-verification.ts'

/** How the population register is asked (quality: verify): batches of 500, four at a time. */
export const GATEWAY_DEFAULTS = {
  maxRetries: 2,
  batchSize: 500,
  concurrency: 4,
  breaker: { failureThreshold: 5, openMs: 5_000 },
} as const

/** When scheduled jobs run (China time). */
export const SCHEDULES: Partial<Record<QueueName, string>> = {
  [QUEUES.endDuplicates]: '* * * * *',
}

/** The work behind every queue; each handler is resumable and idempotent. */
export function jobHandlers(
  platform: Platform,
  gateway: IdentityGateway,
  findFileRoom: (name: string) => FileRoom | undefined,
  findReviewRoom: (name: string) => ReviewRoom | undefined,
  findExportRoom: (name: string) => ExportRoom | undefined,
): Readonly<Record<QueueName, JobHandler>> {
  return {
    [QUEUES.importBatch]: ({ batchId }) => runImport(platform, findFileRoom, batchId ?? ''),
    [QUEUES.identityCheck]: () => runIdentityCheck(platform, gateway),
    [QUEUES.studentVerification]: () => verifyStudents(platform, gateway),
    [QUEUES.reviewBatch]: ({ batchId }) => runReviewBatch(platform, findReviewRoom, batchId ?? ''),
    [QUEUES.exportList]: ({ exportId }) => runExport(platform, findExportRoom, exportId ?? ''),
    [QUEUES.photoPackage]: ({ packageId }) => runPhotoPackage(platform, packageId ?? ''),
    [QUEUES.endDuplicates]: async () => {
      await endDuplicates(platform)
    },
    [QUEUES.housekeeping]: () => keepHouse(platform),
  }
}
