import type { AuditLine } from '../platform/audit.ts'
import type { ExportList } from './export-list.ts'
import { auditedConditions, type ExportEnd, type ExportJob } from './export-store.ts'

/** How an export ended, for the audit: what left the house and who answers for it, or why nothing did (EXP-009, EXP-010). */
export const finishLine = (job: ExportJob, end: ExportEnd, list: ExportList | undefined): AuditLine => ({
  actorId: job.actor.accountId,
  actorName: job.actor.displayName,
  orgPath: job.orgPath,
  action: 'export.finish',
  target: job.id,
  detail: {
    list: job.list,
    conditions: auditedConditions(job.conditions),
    fields: job.columns,
    personal: list?.columns.filter(({ key, personal }) => personal && job.columns.includes(key)).length,
    authoriserId: job.authoriserId,
    authoriserName: job.authoriserName,
    ...(end.status === 'ready'
      ? { count: end.rows, size: end.file.size, sha256: end.file.sha256 }
      : { failure: end.failure }),
  },
  requestId: job.id,
})
