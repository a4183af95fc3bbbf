import { describe, expect, it } from 'vitest'
import {
  DuplicateCheckAnswer,
  DuplicateCheckRequest,
  HealthAnswer,
  MAX_BATCH_PERSONS,
  RegisterError,
  VerificationBatchAnswer,
  VerificationRequest,
} from './identity-register.api.ts'

const requestId = '01990000-0000-7000-8000-000000000001'
const resident = { ref: 'a', identityType: '1', identityNumber: '00000020150315001X' }
const named = { ref: 'a', name: '测试甲', identityNumber: '00000020150315001X' }
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ ...resident, ref: `r${index}` }))

describe('what may be asked', () => {
  it.each<[string, unknown, boolean]>([
    ['a resident', { requestId, persons: [resident] }, true],
    [
      'a Hong Kong document',
      { requestId, persons: [{ ...resident, identityType: '6', identityNumber: 'H123456(7)' }] },
      true,
    ],
    ['as many as one call may name', { requestId, persons: many(MAX_BATCH_PERSONS) }, true],
    ['one more', { requestId, persons: many(MAX_BATCH_PERSONS + 1) }, false],
    ['nobody', { requestId, persons: [] }, false],
    ['a ref twice', { requestId, persons: [resident, resident] }, false],
    [
      'IDN-001 a number of 15 digits',
      { requestId, persons: [{ ...resident, identityNumber: '110101990307663' }] },
      false,
    ],
    ['IDN-001 a small x', { requestId, persons: [{ ...resident, identityNumber: '00000020150315001x' }] }, false],
    ['IDN-011 no document', { requestId, persons: [{ ...resident, identityType: 'Z' }] }, false],
    ['a household register', { requestId, persons: [{ ...resident, identityType: 'B' }] }, false],
    ['a name where none is needed', { requestId, persons: [{ ...resident, name: '测试甲' }] }, false],
    ['no request id', { persons: [resident] }, false],
    ['a request id that could break a log', { requestId: 'a b\nc-long-enough', persons: [resident] }, false],
  ])('duplicate check: %s', (_title, body, accepted) => {
    expect(DuplicateCheckRequest.safeParse(body).success).toBe(accepted)
  })

  it.each<[string, unknown, boolean]>([
    ['a resident', { requestId, persons: [named] }, true],
    ['no name', { requestId, persons: [{ ...named, name: '' }] }, false],
    ['DUP-001 another document', { requestId, persons: [{ ...named, identityNumber: 'H123456(7)' }] }, false],
    ['a field too many', { requestId, persons: [{ ...named, telephone: '0' }] }, false],
    ['a ref twice', { requestId, persons: [named, named] }, false],
  ])('verification: %s', (_title, body, accepted) => {
    expect(VerificationRequest.safeParse(body).success).toBe(accepted)
  })
})

describe('what may be answered', () => {
  const holder = { provinceCode: '34', provinceName: '安徽省' }
  it.each<[string, unknown, boolean]>([
    ['clear', { ref: 'a', outcome: 'clear' }, true],
    ['duplicate', { ref: 'a', outcome: 'duplicate', holder }, true],
    ['duplicate, holder unknown', { ref: 'a', outcome: 'duplicate' }, true],
    ['clear with a holder', { ref: 'a', outcome: 'clear', holder }, false],
    ['a holder without a code', { ref: 'a', outcome: 'duplicate', holder: { provinceName: '安徽省' } }, false],
    ['an outcome of the other step', { ref: 'a', outcome: 'match' }, false],
  ])('duplicate check: %s', (_title, result, accepted) => {
    expect(DuplicateCheckAnswer.safeParse({ results: [result] }).success).toBe(accepted)
  })

  it.each([
    ['match', true],
    ['notFound', true],
    ['nameMismatch', true],
    ['clear', false],
    ['pending', false],
  ])('DUP-006 verification: %s', (outcome, accepted) => {
    expect(VerificationBatchAnswer.safeParse({ results: [{ ref: 'a', outcome }] }).success).toBe(accepted)
  })

  it('DUP-007 drops whatever else is said of the holder', () => {
    const told = { results: [{ ref: 'a', outcome: 'duplicate', holder: { ...holder, name: '某某' } }] }
    expect(DuplicateCheckAnswer.parse(told)).toEqual({ results: [{ ref: 'a', outcome: 'duplicate', holder }] })
  })

  it('an error code cannot carry a number', () => {
    const error = (code: string) => RegisterError.safeParse({ error: { code, message: 'x' } }).success
    expect(error('unavailable')).toBe(true)
    expect(error('00000020150315001X')).toBe(false)
  })

  it('health is ok or no health', () => {
    expect(HealthAnswer.safeParse({ status: 'ok', service: 'identity-sandbox' }).success).toBe(true)
    expect(HealthAnswer.safeParse({ status: 'down', service: 'identity-sandbox' }).success).toBe(false)
  })
})
