import { z } from 'zod'
import { Id } from '../../common/wire.ts'
import { LineRow, LineSearch, LineSummary, LineValues, MaskedChild } from '../../continuation/line.api.ts'

/** 学籍注册状态 (codes 3.1). */
const RegistrationCode = z.enum(['0', '1', '2'])

/** Conditions of 学前调档名单管理 and 学前档案信息补录 (menu §2.1, §2.2); `supplement` lists who may be filled in (PRE-014). */
export const RosterSearch = LineSearch.extend({
  view: z.enum(['all', 'supplement']).default('all'),
  identityType: z.enum(['1', '6', '7', '8', '9', 'A', 'Z']).optional(),
  supplemented: z.enum(['0', '1']).optional(),
})
export type RosterSearch = z.infer<typeof RosterSearch>

/** The conditions alone. */
export type RosterFilter = Omit<Partial<RosterSearch>, 'view' | 'limit' | 'after' | 'count'>

/** A line of the list; the number is masked (SEC-007). */
export const RosterRow = LineRow.extend({ supplemented: z.boolean(), registration: RegistrationCode })
export type RosterRow = z.infer<typeof RosterRow>

/** How the roster stands, and by when newcomers are to be registered (PRE-018). */
export const RosterSummary = LineSummary.extend({
  unregistered: z.number().int(),
  /** May children without archive be filled in on the page? (`cfg.preschool.supplementUnmatched`) */
  supplementUnmatched: z.boolean(),
})
export type RosterSummary = z.infer<typeof RosterSummary>

/** The five fields as texts: names or codes, as in the workbook. */
export const RosterValues = LineValues
export type RosterValues = z.infer<typeof RosterValues>

/** 修改, held to the version shown. */
export const RosterEdit = z.object({ values: RosterValues, version: z.number().int() })

/** A line to be edited, whole. */
export const RosterLineDetail = RosterRow.extend({ values: RosterValues })
export type RosterLineDetail = z.infer<typeof RosterLineDetail>

/** 删除 and 调档学生导出 of what is selected. */
export const RosterSelection = z.object({ ids: z.array(Id).min(1).max(5_000) })
export type RosterSelection = z.infer<typeof RosterSelection>

/** How many lines went. */
export const RosterRemoved = z.object({ removed: z.number().int() })

/** One archive that may be the child's (menu §2.1 学前学籍确认); the number is masked. */
export const ArchiveCandidate = MaskedChild.extend({ kindergartenName: z.string(), kindergartenRegion: z.string() })
export type ArchiveCandidate = z.infer<typeof ArchiveCandidate>

/** 学前学籍确认: the line and its candidates. */
export const RosterCandidates = z.object({ line: RosterRow, candidates: z.array(ArchiveCandidate) })
export type RosterCandidates = z.infer<typeof RosterCandidates>

/** 确认匹配学前学籍 names one, 确认都不匹配 none. */
export const RosterConfirmation = z.object({ archiveId: Id.nullable(), version: z.number().int() })

/** The form of 补录: the line, the category it is filed in, what is known beforehand, which fields are locked (PRE-015). */
export const SupplementForm = z.object({
  line: RosterRow,
  category: z.string(),
  values: z.record(z.string(), z.string()),
  locked: z.array(z.string()),
})
export type SupplementForm = z.infer<typeof SupplementForm>

/** 保存: every field by column key; those locked are taken from the line, whatever is sent. */
export const SupplementRequest = z.object({
  values: z.record(z.string().max(60), z.string().max(500)),
  version: z.number().int(),
})

/** The registration begun. */
export const SupplementAnswer = z.object({ itemId: Id })
export type SupplementAnswer = z.infer<typeof SupplementAnswer>
