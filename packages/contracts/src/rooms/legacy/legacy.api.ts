import { z } from 'zod'
import { Id, PageQuery } from '../../common/wire.ts'

const ProblemType = z.union([z.literal(1), z.literal(2), z.literal(3)])

/** What a load came to: counts of students and of the problem groups it opened; kept as the `outcome` of its batch. */
export type LegacyOutcome = {
  /** New students; known ones of which something changed, and nothing did. */
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  /** New students who kept the student number of their row, and who were allotted one. */
  readonly kept: number
  readonly allotted: number
  /** Groups opened by kind (codes 3.4), and open groups to which somebody came. */
  readonly wrongNumber: number
  readonly sharedNumber: number
  readonly samePerson: number
  readonly joined: number
}

/** Children of a load that are 问题学籍 because of it, by row. */
export const LegacyProblemQuery = PageQuery.extend({ problemType: z.coerce.number().pipe(ProblemType).optional() })

/** One of them, as far as it lies in the reader's range. */
export const LegacyProblemRow = z.object({
  rowNumber: z.number().int(),
  schoolName: z.string(),
  studentName: z.string(),
  studentNumber: z.string(),
  groupId: Id,
  problemType: ProblemType,
  fault: z.string(),
  isCrossProvince: z.boolean(),
  /** How many stand in the group now. */
  parties: z.number().int(),
  isEnded: z.boolean(),
})
export type LegacyProblemRow = z.infer<typeof LegacyProblemRow>
