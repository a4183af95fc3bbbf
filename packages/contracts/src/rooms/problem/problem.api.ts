import { HANDLINGS } from '@xueji/domain/rooms/problem/problem-group'
import { z } from 'zod'
import { Id, Instant, PageQuery } from '../../common/wire.ts'

/** 处理方式 and 问题学籍类型 on the wire. */
export const Handling = z.enum(HANDLINGS)
export const ProblemType = z.union([z.literal(1), z.literal(2), z.literal(3)])

/** Which list: 处理 (my school's), 审核 (what waits for me), 仲裁 (what I arbitrate), 查询 (all I may see). */
export const ProblemView = z.enum(['handle', 'review', 'arbitrate', 'all'])
export type ProblemView = z.infer<typeof ProblemView>

/** Conditions of the lists (menu §3.1–3.4). */
export const ProblemFilter = z.object({
  /** 省内 or 跨省, two menus (PROB-002); both when left out. */
  isCrossProvince: z.boolean().optional(),
  problemType: ProblemType.optional(),
  schoolName: z.string().trim().max(100).optional(),
  schoolCode: z.string().trim().max(10).optional(),
  gradeName: z.string().trim().max(30).optional(),
  className: z.string().trim().max(30).optional(),
  studentName: z.string().trim().max(50).optional(),
  identityNumber: z.string().trim().max(30).optional(),
  studentNumber: z.string().trim().max(30).optional(),
  fault: z.enum(['checkCharacter', 'notFound', 'nameMismatch', 'duplicate']).optional(),
  handling: Handling.optional(),
  isLocked: z.boolean().optional(),
  state: z.enum(['todo', 'reviewing', 'returned', 'locked', 'attested', 'arbitration', 'lost', 'ended']).optional(),
  isHistory: z.boolean().optional(),
})
export type ProblemFilter = z.infer<typeof ProblemFilter>
export const ProblemSearch = PageQuery.extend({ view: ProblemView.default('all'), ...ProblemFilter.shape })

/** One party as lists show it; numbers masked (SEC-007). */
export const ProblemRow = z.object({
  groupId: Id,
  studentId: Id,
  /** The handling under review, for the list of 审核. */
  itemId: Id.nullable(),
  itemVersion: z.number().int().nullable(),
  problemType: ProblemType,
  fault: z.string(),
  isCrossProvince: z.boolean(),
  isHistory: z.boolean(),
  schoolName: z.string(),
  gradeName: z.string(),
  className: z.string().nullable(),
  studentName: z.string(),
  gender: z.string(),
  identityType: z.string(),
  identityNumber: z.string().nullable(),
  studentNumber: z.string(),
  isLocked: z.boolean(),
  handling: Handling.nullable(),
  statusText: z.string(),
  /** 对方省份、对方处理状态 of the other parties, in acting order (menu §3.4). */
  others: z.array(z.object({ provinceName: z.string(), statusText: z.string() })),
  waitingSince: Instant,
  handlings: z.array(Handling),
  commands: z.array(z.string()),
})
export type ProblemRow = z.infer<typeof ProblemRow>

/** One child to be handled; evidence is obligatory for each (PROB-004). */
export const HandlingTarget = z.object({
  studentId: Id,
  evidenceIds: z.array(Id).min(1, '请上传证明材料').max(20),
  amendment: z
    .object({
      name: z.string().trim().max(50),
      identityType: z.enum(['1', '6', '7', '8', '9', 'A', 'Z']),
      identityNumber: z.string().trim().max(30).nullable(),
    })
    .optional(),
})

/** 变更、佐证、删除 of one child or of many at once. */
export const HandlingRequest = z.object({ handling: Handling, targets: z.array(HandlingTarget).min(1).max(200) })
export type HandlingRequest = z.infer<typeof HandlingRequest>

/** What became of each; `message` says why one was not filed. */
export const HandlingResponse = z.object({
  outcomes: z.array(z.object({ studentId: Id, refusal: z.string().nullable(), message: z.string().nullable() })),
})
export type HandlingResponse = z.infer<typeof HandlingResponse>

/** 仲裁 (menu §3.3): a verdict for every party, and why (PROB-018). */
export const ArbitrationRequest = z.object({
  version: z.number().int(),
  opinion: z.string().trim().min(1, '请填写补充意见').max(500),
  verdicts: z
    .array(z.object({ studentId: Id, passes: z.boolean() }))
    .min(2)
    .max(50),
})
export type ArbitrationRequest = z.infer<typeof ArbitrationRequest>
