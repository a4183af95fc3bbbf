import { z } from 'zod'
import { Day, Id, Instant, PageQuery } from '../common/wire.ts'

/** 处理状态 of a line (codes 3.1). */
const MatchCode = z.enum(['1', '2', '3'])

/** Conditions that every list of newcomers has (学前调档名单, 中职调档名单). */
export const LineSearch = PageQuery.extend({
  name: z.string().max(50).optional(),
  identityNumber: z.string().max(30).optional(),
  importFileName: z.string().max(120).optional(),
  match: MatchCode.optional(),
})

/** A child as lists and candidates show it; the number is masked (SEC-007). */
export const MaskedChild = z.object({
  id: Id,
  name: z.string(),
  gender: z.string(),
  birthDate: Day,
  identityType: z.string(),
  identityNumber: z.string(),
})

/** What every line of such a list shows. */
export const LineRow = MaskedChild.extend({
  version: z.number().int(),
  match: MatchCode,
  importFileName: z.string().nullable(),
  addedAt: Instant,
})

/** How a list stands: lines by 处理状态, and by when newcomers are to be registered. */
export const LineSummary = z.object({
  matched: z.number().int(),
  unsure: z.number().int(),
  none: z.number().int(),
  dueOn: Day,
  overdue: z.boolean(),
})

/** The five fields as texts: names or codes, as in the workbook. */
export const LineValues = z.object({
  name: z.string().max(100),
  gender: z.string().max(10),
  birthDate: z.string().max(20),
  identityType: z.string().max(30),
  identityNumber: z.string().max(60).default(''),
})
