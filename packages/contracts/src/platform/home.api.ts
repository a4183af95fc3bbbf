import { z } from 'zod'
import { Id, Instant } from '../common/wire.ts'

/** One line of the work queue: what awaits me, how many, how old the oldest is. */
export const QueueLine = z.object({
  room: z.string(),
  /** review · escalate · correct */
  act: z.string(),
  title: z.string(),
  count: z.number().int(),
  capped: z.boolean(),
  oldestAt: Instant.nullable(),
  /** Page that handles it. */
  page: z.string(),
})

/** The home page. */
export const HomeView = z.object({
  queue: z.array(QueueLine),
  imports: z.array(
    z.object({
      id: Id,
      fileName: z.string(),
      uploadedAt: Instant,
      status: z.string(),
      totalRows: z.number().int(),
      invalidRows: z.number().int(),
      uploaderName: z.string(),
    }),
  ),
  /** Batch commands of this organisation, newest first. */
  batches: z.array(
    z.object({
      id: Id,
      room: z.string(),
      command: z.string(),
      actorName: z.string(),
      status: z.enum(['running', 'finished']),
      total: z.number().int(),
      done: z.number().int(),
      createdAt: Instant,
    }),
  ),
  results: z.array(
    z.object({
      itemId: Id,
      studentName: z.string(),
      orgName: z.string(),
      statusText: z.string(),
      studentNumber: z.string().nullable(),
      at: Instant,
    }),
  ),
  /** Newcomers of this school year by where they stand. */
  progress: z.array(z.object({ label: z.string(), count: z.number().int() })),
})
export type HomeView = z.infer<typeof HomeView>
