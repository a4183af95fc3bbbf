import { z } from 'zod'
import { Id, Instant, PageQuery } from '../common/wire.ts'

/** A batch as 文件上传记录 lists it (REG-006). */
export const ImportBatchRow = z.object({
  id: Id,
  fileName: z.string(),
  uploadedAt: Instant,
  uploaderName: z.string(),
  /** pending · running · succeeded · failed */
  status: z.string(),
  statusName: z.string(),
  category: z.string(),
  categoryName: z.string(),
  totalRows: z.number().int(),
  validRows: z.number().int(),
  invalidRows: z.number().int(),
  phase: z.string(),
  phaseName: z.string(),
  progress: z.number().int(),
  failure: z.object({ title: z.string(), advice: z.string(), detail: z.string().optional() }).nullable(),
  finishedAt: Instant.nullable(),
})
export type ImportBatchRow = z.infer<typeof ImportBatchRow>

/** Answer to an upload; `earlier` names a batch with the same bytes. */
export const UploadResponse = z.object({
  batch: ImportBatchRow,
  earlier: z.object({ id: Id, uploadedAt: Instant, uploaderName: z.string(), statusName: z.string() }).nullable(),
})
export type UploadResponse = z.infer<typeof UploadResponse>

/** One issue of one row, in words. */
export const RowIssue = z.object({
  field: z.string().optional(),
  label: z.string(),
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  value: z.string().optional(),
  message: z.string(),
  advice: z.string(),
})
export type RowIssue = z.infer<typeof RowIssue>

/** A row with its issues (REG-008): 数据位置, 问题说明. */
export const IssueRow = z.object({
  rowNumber: z.number().int(),
  name: z.string(),
  valid: z.boolean(),
  summary: z.string(),
  issues: z.array(RowIssue),
})
export type IssueRow = z.infer<typeof IssueRow>

/** How often each kind of issue occurs. */
export const IssueKind = z.object({
  code: z.string(),
  label: z.string(),
  message: z.string(),
  severity: z.string(),
  rows: z.number().int(),
})
export const ImportDetail = z.object({ batch: ImportBatchRow, kinds: z.array(IssueKind), warnings: z.number().int() })
export type ImportDetail = z.infer<typeof ImportDetail>

/** Rows of a batch that have issues. */
export const IssueRowQuery = PageQuery.extend({
  code: z.string().max(60).optional(),
  field: z.string().max(60).optional(),
  severity: z.enum(['error', 'warning']).optional(),
})
