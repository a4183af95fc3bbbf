import { z } from 'zod'

/** An id on the wire. */
export const Id = z.uuid()

/** An instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime()

/** A day, 'YYYY-MM-DD'. */
export const Day = z.iso.date()

/** Error body of every refusal: stable id, a sentence to act on, the request's id; `details` names fields where there are any. */
export const ErrorBody = z.object({
  error: z.object({
    id: z.string(),
    message: z.string(),
    requestId: z.string(),
    details: z.unknown().optional(),
  }),
})
export type ErrorBody = z.infer<typeof ErrorBody>

/** Key paging: the last row's key of the page before; opaque to the caller. */
export const PageQuery = z.object({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
  /** Ask for the exact total, capped at 100,000. */
  count: z.enum(['1']).optional(),
})
export type PageQuery = z.infer<typeof PageQuery>

/** A page of rows; `next` is absent on the last one. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    rows: z.array(row),
    next: z.string().optional(),
    total: z.number().int().optional(),
    capped: z.boolean().optional(),
  })

/** A page in TypeScript. */
export type Page<Row> = { rows: Row[]; next?: string; total?: number; capped?: boolean }

/** Counts beyond this are shown as 100000+. */
export const COUNT_CAP = 100_000

/** Nothing to say but "done". */
export const Done = z.object({ ok: z.literal(true) })
