import { z } from 'zod'
import { Id, Instant } from '../../common/wire.ts'
import { LineRow, LineSearch, LineSummary, LineValues, MaskedChild } from '../../continuation/line.api.ts'

const LineStateCode = z.enum(['open', 'continued', 'stopped'])

/** Conditions of 学籍调档. */
export const VocationalSearch = LineSearch.extend({
  studentNumber: z.string().max(30).optional(),
  state: LineStateCode.optional(),
})
export type VocationalSearch = z.infer<typeof VocationalSearch>

/** The conditions alone. */
export type VocationalFilter = Omit<Partial<VocationalSearch>, 'limit' | 'after' | 'count'>

/** A line of the list; numbers are masked (SEC-007). */
export const VocationalRow = LineRow.extend({
  studentNumber: z.string(),
  state: LineStateCode,
  /** How a senior school has the child, and which: by name within the province, else the province (DUP-007). */
  admission: z.enum(['enrolled', 'registering']).nullable(),
  admittedBy: z.string().nullable(),
  /** Why the child cannot be continued now, in words; null when nothing is in the way but, perhaps, the warning. */
  hindrance: z.string().nullable(),
  decidedAt: Instant.nullable(),
  decidedBy: z.string().nullable(),
})
export type VocationalRow = z.infer<typeof VocationalRow>

/** How the list stands, and by when newcomers are to be registered (TIME-002). */
export const VocationalSummary = LineSummary.extend({ open: z.number().int(), workingDays: z.number().int() })
export type VocationalSummary = z.infer<typeof VocationalSummary>

/** The six fields as texts: names or codes, as in the workbook. */
export const VocationalValues = LineValues.extend({ studentNumber: z.string().max(60).default('') })
export type VocationalValues = z.infer<typeof VocationalValues>

/** 修改, held to the version shown. */
export const VocationalEdit = z.object({ values: VocationalValues, version: z.number().int() })

/** A line to be edited, whole. */
export const VocationalDetail = VocationalRow.extend({ values: VocationalValues })
export type VocationalDetail = z.infer<typeof VocationalDetail>

/** 删除 of what is selected. */
export const VocationalSelection = z.object({ ids: z.array(Id).min(1).max(1_000) })
export const VocationalRemoved = z.object({ removed: z.number().int() })

/** One record that may be the child's: enough to tell, the numbers masked. */
export const RecordCandidate = MaskedChild.extend({
  studentNumber: z.string(),
  stage: z.number().int().nullable(),
  where: z.string(),
})
export type RecordCandidate = z.infer<typeof RecordCandidate>

/** 学籍确认: the line and its candidates; 确认匹配 names one, 确认都不匹配 none. */
export const VocationalCandidates = z.object({ line: VocationalRow, candidates: z.array(RecordCandidate) })
export type VocationalCandidates = z.infer<typeof VocationalCandidates>
export const VocationalConfirmation = z.object({ studentId: Id.nullable(), version: z.number().int() })

/** 继续 or 不继续 for some lines, each held to the version shown; `despiteAdmission` after the warning (PRE-019). */
export const LineDecision = z.object({
  lines: z
    .array(z.object({ id: Id, version: z.number().int() }))
    .min(1)
    .max(1_000),
  decision: z.enum(['continue', 'stop']),
  despiteAdmission: z.boolean().default(false),
})
export type LineDecision = z.input<typeof LineDecision>

/** What became of each line, in the order asked. */
export const DecisionAnswer = z.object({
  outcomes: z.array(z.object({ id: Id, refusal: z.object({ id: z.string(), message: z.string() }).nullable() })),
})
export type DecisionAnswer = z.infer<typeof DecisionAnswer>
