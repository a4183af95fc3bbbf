/** Job queues. They are tables of their own in pg-boss, so they are made with the migrations: the application has no DDL. */
export const QUEUES = {
  /** Reads, checks and stages one import batch, then submits it whole. */
  importBatch: 'import-batch',
  /** Asks the national base and the population register about items that wait for their check. */
  identityCheck: 'identity-check',
  /** Asks the population register about the children of loads. */
  studentVerification: 'student-verification',
  /** Works off one batch command. */
  reviewBatch: 'review-batch',
  /** Writes one export to its file. */
  exportList: 'export-list',
  /** Works through one package of photographs. */
  photoPackage: 'photo-package',
  /** Ends registrations that failed the duplicate check (REG-022). */
  endDuplicates: 'end-duplicates',
  /** Sweeps: resumes what a killed process left, anchors audit heads, drops old keys and sessions. */
  housekeeping: 'housekeeping',
} as const

/** Name of a queue. */
export type QueueName = (typeof QUEUES)[keyof typeof QUEUES]
