import { z } from 'zod'
import { Day, Id, Instant, PageQuery } from '../common/wire.ts'
import { EvidenceIds } from './evidence.api.ts'
import { RowIssue } from './import.api.ts'

const filter = {
  schoolName: z.string().trim().max(100).optional(),
  schoolCode: z.string().trim().max(10).optional(),
  schoolId: Id.optional(),
  studentName: z.string().trim().max(50).optional(),
  identityNumber: z.string().trim().max(30).optional(),
  category: z.string().max(3).optional(),
  /** 小学新生 or 非小学新生: the entries of one page (menu §2.4). */
  group: z.enum(['newcomer', 'other']).optional(),
  gradeId: Id.optional(),
  classId: Id.optional(),
  /** 查重认证状态: unchecked · running · passed · duplicate · unverified · clear: passed, or nothing to be checked */
  check: z.enum(['unchecked', 'running', 'passed', 'duplicate', 'unverified', 'clear']).optional(),
  status: z
    .enum([
      'checking',
      'duplicate',
      'schoolReview',
      'escalate',
      'bureauReview',
      'returned',
      'effective',
      'ended',
      'removed',
    ])
    .optional(),
  appliedFrom: Day.optional(),
  appliedTo: Day.optional(),
  importBatchId: Id.optional(),
}

/** Conditions of the lists of a room; the same conditions name the targets of a batch command. */
export const ItemFilter = z.object(filter)
export type ItemFilter = z.infer<typeof ItemFilter>

/** Which list: what waits for my review, for my escalation, what came back to my school, or everything I may see. */
export const ItemView = z.enum(['review', 'escalate', 'returned', 'all'])
export type ItemView = z.infer<typeof ItemView>

/** Conditions of a list by body: they may name a child, and names and numbers have no place in an address (security: Laws). */
export const ItemSearch = PageQuery.extend({ view: ItemView.default('all'), ...filter })

/** The same by address, without what names a child; anything else in it is refused rather than passed over. */
export const ItemQuery = ItemSearch.omit({ studentName: true, identityNumber: true }).strict()

/** An item as lists show it; the identity number is masked (SEC-007). */
export const ItemRow = z.object({
  id: Id,
  version: z.number().int(),
  orgName: z.string(),
  studentName: z.string(),
  gender: z.string(),
  birthDate: Day,
  identityType: z.string(),
  identityNumber: z.string().nullable(),
  category: z.string(),
  gradeName: z.string(),
  className: z.string().nullable(),
  checkText: z.string(),
  checkState: z.enum(['none', 'running', 'passed', 'failed', 'warning']),
  status: z.string(),
  statusText: z.string(),
  studentNumber: z.string().nullable(),
  isProblem: z.boolean(),
  /** Why it came back, while it is back with the school. */
  refusalOpinion: z.string().nullable(),
  appliedAt: Instant,
  waitingSince: Instant,
  commands: z.array(z.string()),
})
export type ItemRow = z.infer<typeof ItemRow>

/** One entry of the timeline; the last may be still to come. */
export const TimelineEntry = z.object({
  kind: z.string(),
  title: z.string(),
  who: z.string(),
  org: z.string(),
  opinion: z.string(),
  at: Instant.nullable(),
  state: z.enum(['done', 'refused', 'current', 'coming']),
  round: z.number().int(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

/** Everything about one item a reviewer or registrar needs. */
export const ItemDetail = z.object({
  item: ItemRow,
  schoolCode: z.string(),
  values: z.record(z.string(), z.string()),
  timeline: z.array(TimelineEntry),
  /** Who has it now, in words, and since when. */
  holder: z.string(),
  applicantName: z.string(),
  verificationFault: z.string().nullable(),
  duplicateHolder: z.string().nullable(),
})
export type ItemDetail = z.infer<typeof ItemDetail>

/** School-by-school counts (menu §2.4). */
export const SchoolSummaryRow = z.object({
  orgId: Id,
  orgName: z.string(),
  schoolCode: z.string(),
  total: z.number().int(),
  resident: z.number().int(),
  overseas: z.number().int(),
  undocumented: z.number().int(),
  oldestAt: Instant,
})
export type SchoolSummaryRow = z.infer<typeof SchoolSummaryRow>
export const SummaryQuery = PageQuery.extend({
  view: z.enum(['review', 'escalate']),
  schoolName: filter.schoolName,
  schoolCode: filter.schoolCode,
  group: filter.group,
})

/** A single command on one item. */
export const CommandRequest = z.object({
  command: z.enum(['approve', 'refuse', 'escalate']),
  opinion: z.string().trim().max(500).default(''),
  version: z.number().int(),
})
export type CommandRequest = z.input<typeof CommandRequest>
export const CommandResponse = z.object({
  item: ItemRow,
  /** What came of the command instead of what was asked, in words. */
  notice: z.string().optional(),
})
export type CommandResponse = z.infer<typeof CommandResponse>

// Texts by column key, as in a row of a file.
const FormValues = z.record(z.string().max(60), z.string().max(500))

/** A child filed by a form (录入, REG-003): the same columns as its category's file, and the evidence uploaded before (REG-019). */
export const FileItemRequest = z.object({
  category: z.string().max(3),
  values: FormValues,
  evidenceIds: EvidenceIds.default([]),
})
export type FileItemRequest = z.input<typeof FileItemRequest>

/** The item it became, and what was noticed that does not keep it out. */
export const FileItemResponse = z.object({ item: ItemRow, warnings: z.array(RowIssue) })
export type FileItemResponse = z.infer<typeof FileItemResponse>

/** A correction of a returned item by the school; `resubmit` files it again. */
export const CorrectionRequest = z.object({
  values: FormValues,
  version: z.number().int(),
  /** Evidence added to what was filed before. */
  evidenceIds: EvidenceIds.default([]),
})
export type CorrectionRequest = z.input<typeof CorrectionRequest>

/** One way into a room, as pages offer it (REG-001…003). */
export const RoomEntryRow = z.object({
  category: z.string(),
  name: z.string(),
  group: z.enum(['newcomer', 'other']),
  identityClass: z.enum(['resident', 'overseas', 'undocumented']),
  importable: z.boolean(),
  fileable: z.boolean(),
})
export type RoomEntryRow = z.infer<typeof RoomEntryRow>

/** A batch command: by ids, or by the conditions of a list. */
export const BatchCommandRequest = z.object({
  command: z.enum(['approve', 'refuse', 'escalate']),
  opinion: z.string().trim().max(500).default(''),
  ids: z.array(Id).min(1).max(5000).optional(),
  /** The conditions of a list; 全部审核 of several schools names them all. */
  filter: ItemFilter.extend({ schoolIds: z.array(Id).min(1).max(500).optional() }).optional(),
})
export type BatchCommandRequest = z.input<typeof BatchCommandRequest>

/** A batch command as it goes on: every target gets an outcome. */
export const BatchCommandState = z.object({
  id: Id,
  command: z.string(),
  status: z.enum(['running', 'finished']),
  total: z.number().int(),
  done: z.number().int(),
  skipped: z.number().int(),
  failed: z.number().int(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
  /** Why items were not done, with counts and examples. */
  reasons: z.array(
    z.object({
      reason: z.string(),
      message: z.string(),
      outcome: z.string(),
      count: z.number().int(),
      examples: z.array(z.string()),
    }),
  ),
})
export type BatchCommandState = z.infer<typeof BatchCommandState>
