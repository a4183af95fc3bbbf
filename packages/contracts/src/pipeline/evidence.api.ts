import { z } from 'zod'
import { Id, Instant } from '../common/wire.ts'

/** A picture of evidence as it was stored (fields 1.8): sizes are those of the picture written anew. */
export const Evidence = z.object({
  id: Id,
  /** As its uploader called it. */
  name: z.string(),
  size: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
})
export type Evidence = z.infer<typeof Evidence>

/** Evidence filed with an item: by whom, and in which round of it. */
export const FiledEvidence = Evidence.extend({
  uploader: z.string(),
  round: z.number().int(),
  step: z.number().int(),
  filedAt: Instant,
})
export type FiledEvidence = z.infer<typeof FiledEvidence>

/** Ids of evidence to be filed with an item, as rooms take them in their forms. */
export const EvidenceIds = z.array(Id).max(50)
