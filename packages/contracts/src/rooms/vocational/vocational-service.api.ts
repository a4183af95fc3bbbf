import { z } from 'zod'
import { Id } from '../../common/wire.ts'
import { RowIssue } from '../../pipeline/import.api.ts'
import { VocationalRow, VocationalValues } from './vocational.api.ts'

/** A vocational school in the range of the service, by its code. */
const School = z.object({ schoolCode: z.string().regex(/^\d{10}$/) })
const Refused = z.object({ id: z.string(), message: z.string() }).nullable()
const Ids = z.array(Id).min(1).max(1_000)

/** A set of newcomers of one school. */
export const ServiceLines = School.extend({ lines: z.array(VocationalValues).min(1).max(1_000) })

/** What became of each, in the order given: the line it has, new or from before, or why it has none. */
export const ServiceEntered = z.object({
  outcomes: z.array(z.object({ id: Id.nullable(), refusal: Refused, issues: z.array(RowIssue) })),
})

/** Lines asked about; those that are none of the school's are absent from the answer. */
export const ServiceQuery = School.extend({ ids: Ids })
export const ServiceRows = z.object({ rows: z.array(VocationalRow) })

/** 继续 or 不继续 for some lines. */
export const ServiceDecision = School.extend({
  ids: Ids,
  decision: z.enum(['continue', 'stop']),
  despiteAdmission: z.boolean().default(false),
})

/** What became of each, and where it stands now: a command whose answer was lost can be given again. */
export const ServiceDecided = z.object({
  outcomes: z.array(z.object({ id: Id, state: z.enum(['open', 'continued', 'stopped']).nullable(), refusal: Refused })),
})
