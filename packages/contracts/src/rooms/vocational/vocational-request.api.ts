import { z } from 'zod'
import { Id, Instant, PageQuery } from '../../common/wire.ts'
import type { RequestState } from './vocational.words.ts'

const RequestStateCode = z.enum(['asked', 'continued', 'stopped', 'withdrawn'] satisfies RequestState[])

/** Conditions of 中职调档查询 and 重复录取处理. */
export const RequestFilter = z.object({
  studentName: z.string().max(50).optional(),
  identityNumber: z.string().max(30).optional(),
  studentNumber: z.string().max(30).optional(),
  schoolName: z.string().max(60).optional(),
  vocationalSchoolName: z.string().max(60).optional(),
  state: RequestStateCode.optional(),
  acknowledged: z.enum(['0', '1']).optional(),
  askedFrom: z.iso.date().optional(),
  askedTo: z.iso.date().optional(),
})
export type RequestFilter = z.infer<typeof RequestFilter>

/** `duplicates` are the children of senior schools: 重复录取. */
export const RequestView = z.enum(['all', 'duplicates'])
export type RequestView = z.infer<typeof RequestView>

export const RequestSearch = PageQuery.extend(RequestFilter.shape).extend({ view: RequestView.default('all') })
export type RequestSearch = z.infer<typeof RequestSearch>

/** A child that a vocational school has asked for, as its own school and bureaus read it; numbers masked. */
export const RequestRow = z.object({
  id: Id,
  schoolName: z.string(),
  studentName: z.string(),
  gender: z.string(),
  identityNumber: z.string(),
  studentNumber: z.string(),
  stage: z.number().int().nullable(),
  gradeName: z.string(),
  className: z.string(),
  vocationalSchoolName: z.string(),
  vocationalRegion: z.string(),
  state: RequestStateCode,
  /** Whether a senior school had the child when it was asked for or decided. */
  admitted: z.boolean(),
  /** What became of the child here: its record left, or its registration ended. */
  effect: z.enum(['left', 'ended']).nullable(),
  askedAt: Instant,
  decidedAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  acknowledgedBy: z.string().nullable(),
})
export type RequestRow = z.infer<typeof RequestRow>

/** 知悉 of what is selected. */
export const Acknowledgement = z.object({ ids: z.array(Id).min(1).max(1_000) })
export const Acknowledged = z.object({ acknowledged: z.number().int() })
