import { z } from 'zod'
import { Id, Instant } from '../common/wire.ts'
import { LoginRequest } from '../platform/auth.api.ts'
import { ItemFilter, ItemView } from './review.api.ts'

/** The lists that can be exported. */
export const ExportListName = z.enum([
  'items',
  'photos',
  'parties',
  'issues',
  'imports',
  'schools',
  'progress',
  'lines',
  'grades',
  'classes',
  'subAccounts',
  'sessions',
  'requests',
])
export type ExportListName = z.infer<typeof ExportListName>

/** The conditions of a list as its page holds them (EXP-003). */
export const ExportConditions = ItemFilter.extend({
  view: ItemView.default('all'),
  /** Conditions of a list that is a room's own: passed on unread, checked by the list. */
  own: z.record(z.string().max(30), z.union([z.string().max(100), z.number(), z.boolean()])).optional(),
})
export type ExportConditions = z.infer<typeof ExportConditions>

/** A column that may be chosen (EXP-002). */
export const ExportColumn = z.object({
  key: z.string(),
  header: z.string(),
  /** Title of the group it is offered in. */
  group: z.string(),
  /** Says more of a child or its family than the list does: to be chosen with care (EXP-008). */
  personal: z.boolean(),
  /** Chosen until somebody chooses otherwise: a column of the list. */
  usual: z.boolean(),
})
export type ExportColumn = z.infer<typeof ExportColumn>

/** What can be exported of a list; `hindrance` says why the caller may not (EXP-004, EXP-005). */
export const ExportCatalogue = z.object({
  list: ExportListName,
  title: z.string(),
  columns: z.array(ExportColumn),
  hindrance: z.object({ id: z.string(), message: z.string() }).nullable(),
  /** For how many hours a file is kept. */
  keepHours: z.number(),
})
export type ExportCatalogue = z.infer<typeof ExportCatalogue>
export const ExportCatalogueQuery = z.object({ list: ExportListName })

/** One condition in words. */
export const ConditionWords = z.object({ label: z.string(), text: z.string() })
export type ConditionWords = z.infer<typeof ConditionWords>

/** What an export would take: its conditions in words and how many rows meet them, counted up to the cap. */
export const ExportPreviewRequest = z.object({ list: ExportListName, conditions: ExportConditions })
export const ExportPreview = z.object({
  words: z.array(ConditionWords),
  total: z.number().int(),
  capped: z.boolean(),
})
export type ExportPreview = z.infer<typeof ExportPreview>

/** An export as it is asked for: another account of the same organisation authorises it, once (EXP-001, EXP-002). */
export const ExportRequest = z.object({
  list: ExportListName,
  conditions: ExportConditions,
  columns: z.array(z.string().max(60)).min(1, '请至少选择一个信息项').max(200),
  authoriser: LoginRequest,
})
export type ExportRequest = z.input<typeof ExportRequest>

/** States of an export, in words. */
export const EXPORT_STATUSES = {
  pending: '排队等待',
  running: '正在导出',
  ready: '可下载',
  failed: '导出失败',
  cancelled: '已取消',
  expired: '已过期删除',
} as const
export const ExportStatus = z.enum(Object.keys(EXPORT_STATUSES) as [keyof typeof EXPORT_STATUSES])
export type ExportStatus = keyof typeof EXPORT_STATUSES

/** An export as it goes on, for everybody of the organisation it was made in; its file is for who asked. */
export const ExportRow = z.object({
  id: Id,
  list: ExportListName,
  /** Name of the file. */
  name: z.string(),
  status: ExportStatus,
  statusName: z.string(),
  done: z.number().int(),
  total: z.number().int().nullable(),
  /** Headers of the columns chosen. */
  columns: z.array(z.string()),
  conditionsText: z.string(),
  askerName: z.string(),
  authoriserName: z.string(),
  /** True for who asked: only he may cancel and download. */
  mine: z.boolean(),
  failureText: z.string().nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  size: z.number().int().nullable(),
})
export type ExportRow = z.infer<typeof ExportRow>
