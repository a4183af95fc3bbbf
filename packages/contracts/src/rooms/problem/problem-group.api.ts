import { CAUSE_KINDS } from '@xueji/domain/rooms/problem/problem-cause'
import { PARTY_STATES } from '@xueji/domain/rooms/problem/problem-group'
import { z } from 'zod'
import { Day, Id, Instant } from '../../common/wire.ts'
import { TimelineEntry } from '../../pipeline/review.api.ts'
import { Handling, ProblemType } from './problem.api.ts'

/** A party on the group's page: what lies in the reader's range in full (`own`), of the others a named set of fields (DUP-007). */
export const ProblemParty = z.object({
  studentId: Id,
  isOwn: z.boolean(),
  position: z.number().int(),
  state: z.enum(PARTY_STATES),
  statusText: z.string(),
  provinceName: z.string(),
  schoolName: z.string().nullable(),
  schoolCode: z.string().nullable(),
  handling: Handling.nullable(),
  itemId: Id.nullable(),
  itemVersion: z.number().int().nullable(),
  /** Present for own parties only. */
  record: z
    .object({
      studentNumber: z.string(),
      name: z.string(),
      gender: z.string(),
      birthDate: Day,
      identityType: z.string(),
      identityNumber: z.string().nullable(),
      gradeName: z.string(),
      className: z.string().nullable(),
      registeredAt: Instant,
      guardians: z.array(z.string()),
      formerNumbers: z.array(z.string()),
    })
    .nullable(),
  /** Which of the compared fields are the same as the first party's: the difference is told, the value is not. */
  same: z.record(z.string(), z.boolean()),
  amendment: z.object({ name: z.string(), identityType: z.string(), identityNumber: z.string().nullable() }).nullable(),
  refusalOpinion: z.string().nullable(),
  handlings: z.array(Handling),
  mayAmendName: z.boolean(),
  commands: z.array(z.string()),
})
export type ProblemParty = z.infer<typeof ProblemParty>

/** A hint, worded; it never acts on its own. */
export const ProblemCause = z.object({
  kind: z.enum(CAUSE_KINDS),
  title: z.string(),
  reason: z.string(),
  studentIds: z.array(Id),
  suggestion: z.string().nullable(),
})
export type ProblemCause = z.infer<typeof ProblemCause>

/** One page for both schools and their bureaus. */
export const ProblemGroupView = z.object({
  id: Id,
  version: z.number().int(),
  problemType: ProblemType,
  fault: z.string(),
  status: z.enum(['open', 'arbitration', 'ended']),
  isCrossProvince: z.boolean(),
  isHistory: z.boolean(),
  openedAt: Instant,
  parties: z.array(ProblemParty),
  causes: z.array(ProblemCause),
  timeline: z.array(TimelineEntry),
  /** Who is next, in words, and since when; empty once it is over. */
  next: z.string(),
  nextSince: Instant,
  /** 本单位可以做什么. */
  advice: z.string(),
  mayArbitrate: z.boolean(),
})
export type ProblemGroupView = z.infer<typeof ProblemGroupView>

/** The work list: what awaits my school, grouped by likely cause. */
export const CauseGroup = z.object({
  kind: z.enum(CAUSE_KINDS),
  title: z.string(),
  reason: z.string(),
  count: z.number().int(),
  rows: z.array(
    z.object({
      groupId: Id,
      studentId: Id,
      studentName: z.string(),
      gradeName: z.string(),
      className: z.string().nullable(),
      identityNumber: z.string().nullable(),
      suggestion: z.string().nullable(),
      handlings: z.array(Handling),
    }),
  ),
})
export type CauseGroup = z.infer<typeof CauseGroup>
