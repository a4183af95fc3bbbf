import { z } from 'zod'
import { Id, Instant, PageQuery } from '../common/wire.ts'

/** A batch as 文件上传记录 lists it (REG-006). */
export const ImportBatchRow = z.object({
  id: Id,
  fileName: z.string(),
  uploadedAt: Instant,
  uploaderName: z.string(),
  /** pending · running · failed (may be corrected) · ready (checked and clean, waits for 提交) · succeeded · cancelled */
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
  /** Rises with every correction, submission and undoing: a command names the version its giver saw. */
  version: z.number().int(),
  /** Rows the registrar has left out; neither valid nor invalid. */
  droppedRows: z.number().int(),
  /** Rows that stand word for word in the earlier upload this one replaces. */
  recognisedRows: z.number().int(),
  /** True while no item of a submitted batch has been decided: 撤回 is still possible. */
  mayUndo: z.boolean(),
  /** Counts of what the rows came to, where they become no review items. */
  outcome: z.record(z.string(), z.number().int()).nullable(),
  /** When the rows of a batch that was never submitted are deleted; null when they are not. */
  expiresAt: Instant.nullable(),
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
export const ImportDetail = z.object({
  batch: ImportBatchRow,
  kinds: z.array(IssueKind),
  warnings: z.number().int(),
  /** True where the room lets the clean rows of a batch be submitted without the others; else it enters whole or not at all (REG-007). */
  mayFileCleanRows: z.boolean(),
})
export type ImportDetail = z.infer<typeof ImportDetail>

/** Rows of a batch that have issues. */
export const IssueRowQuery = PageQuery.extend({
  code: z.string().max(60).optional(),
  field: z.string().max(60).optional(),
  severity: z.enum(['error', 'warning']).optional(),
})
export type IssueRowQuery = z.infer<typeof IssueRowQuery>

/** Which rows of a batch the grid shows. */
export const RowView = z.enum(['failing', 'warning', 'corrected', 'dropped', 'clean', 'all'])
export type RowView = z.infer<typeof RowView>

/** Rows of the change set, by row number; `from` jumps to a row. */
export const StagedRowQuery = PageQuery.extend({
  view: RowView.default('failing'),
  code: z.string().max(60).optional(),
  field: z.string().max(60).optional(),
  from: z.coerce.number().int().min(1).max(2_000_000).optional(),
})

/** A row as it would enter: what it would do, its cells as corrected, its issues. */
export const StagedRow = z.object({
  rowNumber: z.number().int(),
  /** new · changed · unchanged: against the record that exists · conflict: somebody else holds its identity number (DUP-007). */
  kind: z.enum(['new', 'changed', 'unchanged', 'conflict']),
  name: z.string(),
  valid: z.boolean(),
  dropped: z.boolean(),
  /** Cells by column key; an empty cell is absent. */
  cells: z.record(z.string(), z.string()),
  /** Keys of the cells that were corrected here. */
  corrected: z.array(z.string()),
  /** For `changed`: field by field. */
  changes: z.array(z.object({ field: z.string(), label: z.string(), before: z.string(), after: z.string() })),
  issues: z.array(RowIssue),
})
export type StagedRow = z.infer<typeof StagedRow>

/** Corrections in place: one step, undone as one. Cells may be of many rows, as from a pasted block. */
export const CorrectionRequest = z
  .object({
    version: z.number().int(),
    cells: z
      .array(z.object({ rowNumber: z.number().int().min(1), field: z.string().max(60), value: z.string().max(2_000) }))
      .max(5_000)
      .default([]),
    drop: z.array(z.number().int().min(1)).max(5_000).default([]),
    restore: z.array(z.number().int().min(1)).max(5_000).default([]),
  })
  .refine((asked) => asked.cells.length + asked.drop.length + asked.restore.length > 0, { message: '没有要保存的修改' })
export type CorrectionRequest = z.infer<typeof CorrectionRequest>

/** The batch after a correction, and the rows it touched as they are now: also rows whose issues went or came because of it. */
export const CorrectionResponse = z.object({ batch: ImportBatchRow, rows: z.array(StagedRow) })
export type CorrectionResponse = z.infer<typeof CorrectionResponse>

/** A command on a batch, held to the version its giver saw. */
export const BatchVersion = z.object({ version: z.number().int() })

/** 提交: the whole batch, or its clean rows where the room allows. */
export const SubmitRequest = BatchVersion.extend({ cleanRowsOnly: z.boolean().default(false) })

/** One recorded correction: who, when, where, from what to what. */
export const CorrectionLine = z.object({
  id: Id,
  at: Instant,
  accountName: z.string(),
  /** edit · drop · restore */
  act: z.string(),
  rowNumber: z.number().int(),
  label: z.string(),
  before: z.string(),
  after: z.string(),
  undone: z.boolean(),
})
export type CorrectionLine = z.infer<typeof CorrectionLine>
