import { z } from 'zod'

/**
 * What xueji and the population register (人口信息库, with the national base database beside it) say to each other:
 * JSON over HTTP with a bearer token, in batches. The gateway in `apps/api` and the stand-in in
 * `apps/identity-sandbox` both read this file; nothing else describes the wire.
 *
 * Questions are strict objects: a field too many would be personal data leaving the house. Answers are read by their
 * known fields only, so that whatever else the other side sends about a holder never enters (DUP-007).
 */

/** The most persons one call may name. */
export const MAX_BATCH_PERSONS = 500

export const IDENTITY_PATHS = {
  health: '/v1/health',
  check: '/v1/duplicates/check',
  verify: '/v1/identities/verify',
} as const

/** Chosen by the caller, echoed in the answer; opaque, unique within one call, never personal data. */
const Ref = z.string().min(1).max(64)

/** Chosen by the caller. Repeating a call with its id gives the same answer; the id with another body is a 409. */
const RequestId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/)

/** Kinds of document that carry a number (codes.md §2.2): all that a student may hold but Z (IDN-011). */
export const CheckedIdentityType = z.enum(['1', '6', '7', '8', '9', 'A'])
export type CheckedIdentityType = z.infer<typeof CheckedIdentityType>

const DocumentNumber = z.string().regex(/^[A-Z0-9()]{5,20}$/)
const ResidentNumber = z.string().regex(/^\d{17}[\dX]$/)

function isUniqueByRef(entries: readonly { ref: string }[]): boolean {
  return new Set(entries.map((entry) => entry.ref)).size === entries.length
}

function batchOf<Person extends z.ZodType<{ ref: string }>>(person: Person) {
  return z.strictObject({
    requestId: RequestId,
    persons: z
      .array(person)
      .min(1)
      .max(MAX_BATCH_PERSONS)
      .refine(isUniqueByRef, { message: 'each ref may appear once' }),
  })
}

function answerOf<Answer extends z.ZodType<{ ref: string }>>(answer: Answer) {
  return z.object({
    results: z.array(answer).max(MAX_BATCH_PERSONS).refine(isUniqueByRef, { message: 'each ref may appear once' }),
  })
}

/** DUP-001: a document is looked for across the nation by its kind and number alone; no name is sent. */
export const DuplicateQuery = z
  .strictObject({ ref: Ref, identityType: CheckedIdentityType, identityNumber: DocumentNumber })
  .refine((person) => person.identityType !== '1' || ResidentNumber.safeParse(person.identityNumber).success, {
    path: ['identityNumber'],
    message: 'not a resident identity number',
  })
export type DuplicateQuery = z.infer<typeof DuplicateQuery>

export const DuplicateCheckRequest = batchOf(DuplicateQuery)
export type DuplicateCheckRequest = z.infer<typeof DuplicateCheckRequest>

/** DUP-007: the province that holds the other record, and nothing about the person. */
export const DuplicateHolder = z.object({
  provinceCode: z.string().regex(/^\d{2}$/),
  provinceName: z.string().min(1).max(40),
})
export type DuplicateHolder = z.infer<typeof DuplicateHolder>

/** A clear answer that names a holder contradicts itself and is refused. */
export const DuplicateAnswer = z.discriminatedUnion('outcome', [
  z.object({ ref: Ref, outcome: z.literal('clear'), holder: z.undefined().optional() }),
  z.object({ ref: Ref, outcome: z.literal('duplicate'), holder: DuplicateHolder.optional() }),
])
export type DuplicateAnswer = z.infer<typeof DuplicateAnswer>

export const DuplicateCheckAnswer = answerOf(DuplicateAnswer)
export type DuplicateCheckAnswer = z.infer<typeof DuplicateCheckAnswer>

/** DUP-001: only a resident identity card is verified, by name and number together. */
export const VerificationQuery = z.strictObject({
  ref: Ref,
  name: z.string().min(1).max(100),
  identityNumber: ResidentNumber,
})
export type VerificationQuery = z.infer<typeof VerificationQuery>

export const VerificationRequest = batchOf(VerificationQuery)
export type VerificationRequest = z.infer<typeof VerificationRequest>

/** DUP-006: a failed verification says why: 身份证号不存在 (notFound) or 身份证号与姓名不匹配 (nameMismatch). */
export const VerificationAnswer = z.object({
  ref: Ref,
  outcome: z.enum(['match', 'notFound', 'nameMismatch']),
})
export type VerificationAnswer = z.infer<typeof VerificationAnswer>

export const VerificationBatchAnswer = answerOf(VerificationAnswer)
export type VerificationBatchAnswer = z.infer<typeof VerificationBatchAnswer>

/** `service` tells an operator what is at the other end: the register itself or the stand-in. Asked without a token. */
export const HealthAnswer = z.object({ status: z.literal('ok'), service: z.string().max(64) })
export type HealthAnswer = z.infer<typeof HealthAnswer>

/** Letters only: a code can be logged, for it cannot carry a number or a name. Messages are never logged. */
export const RegisterError = z.object({
  error: z.object({ code: z.string().regex(/^[a-z][A-Za-z]{0,39}$/), message: z.string().max(500) }),
})
export type RegisterError = z.infer<typeof RegisterError>
