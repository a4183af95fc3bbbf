import { z } from 'zod'
import { Id } from '../../common/wire.ts'

/** The most forms of one request. */
export const COLLECTION_PAGE = 60

/** Which children: those named (registrations, by their ids), or a whole class page by page. */
export const CollectionRequest = z
  .object({
    ids: z.array(Id).min(1).max(COLLECTION_PAGE).optional(),
    classId: Id.optional(),
    after: Id.optional(),
  })
  .refine(({ ids, classId }) => (ids === undefined) !== (classId === undefined), '请选择学生或班级')
export type CollectionRequest = z.infer<typeof CollectionRequest>

/** Filled forms: the 37 texts of each child in the order of the paper. */
export const CollectionAnswer = z.object({
  schoolName: z.string(),
  schoolCode: z.string(),
  sheets: z.array(z.object({ id: Id, texts: z.array(z.string()) })),
  /** How many a class has in all. */
  total: z.number().int(),
  /** Where the next page of a class begins. */
  next: Id.optional(),
})
export type CollectionAnswer = z.infer<typeof CollectionAnswer>
