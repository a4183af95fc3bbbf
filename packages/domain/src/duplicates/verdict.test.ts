import { describe, expect, it } from 'vitest'
import type { IdentityClass } from '../identity/identity-type.ts'
import type { CheckAnswer, CheckState } from './verdict.ts'
import { applyAnswer, checkStatusText, isCheckComplete, UNCHECKED, verificationFaultText } from './verdict.ts'

type Expectation = { state: CheckState; complete: boolean; text: string }
const after = (
  duplicateStatus: CheckState['duplicateStatus'],
  verificationStatus: CheckState['verificationStatus'],
  complete: boolean,
  text: string,
  verificationFault?: CheckState['verificationFault'],
): Expectation => ({
  state: { duplicateStatus, verificationStatus, ...(verificationFault ? { verificationFault } : {}) },
  complete,
  text,
})

const IDENTITIES: readonly CheckAnswer['identity'][] = ['match', 'notFound', 'nameMismatch', 'unavailable', undefined]

describe('答复 × 证件类(DUP-001、002、006、010)', () => {
  const residentClear: Record<string, Expectation> = {
    match: after(2, 2, true, '查重认证通过'),
    notFound: after(2, 3, true, '查重通过认证不通过', 'notFound'),
    nameMismatch: after(2, 3, true, '查重通过认证不通过', 'nameMismatch'),
    unavailable: after(2, 1, false, '查重认证中'),
    undefined: after(2, 1, false, '查重认证中'),
  }

  it.each(IDENTITIES)('居民身份证:查重无问题,认证 %s', (identity) => {
    const { state, complete, text } = residentClear[String(identity)]!
    const got = applyAnswer('resident', { duplicate: 'clear', identity })
    expect(got).toStrictEqual(state)
    expect(isCheckComplete('resident', got)).toBe(complete)
    expect(checkStatusText('resident', got)).toBe(text)
  })

  it.each(IDENTITIES)('DUP-002 查重不通过不再认证(认证答复 %s 不作数)', (identity) => {
    for (const identityClass of ['resident', 'overseas'] as const) {
      const got = applyAnswer(identityClass, { duplicate: 'duplicate', identity })
      expect(got).toStrictEqual({ duplicateStatus: 3, verificationStatus: 0 })
      expect(isCheckComplete(identityClass, got)).toBe(true)
      expect(checkStatusText(identityClass, got)).toBe('查重不通过')
    }
  })

  it.each(IDENTITIES)('DUP-010 查重不可用不算通过(认证答复 %s)', (identity) => {
    for (const identityClass of ['resident', 'overseas'] as const) {
      const got = applyAnswer(identityClass, { duplicate: 'unavailable', identity })
      expect(got).toStrictEqual({ duplicateStatus: 1, verificationStatus: 0 })
      expect(isCheckComplete(identityClass, got)).toBe(false)
    }
  })

  it.each(IDENTITIES)('港澳台和外籍只查证件号,认证答复 %s 不作数', (identity) => {
    const got = applyAnswer('overseas', { duplicate: 'clear', identity })
    expect(got).toStrictEqual({ duplicateStatus: 2, verificationStatus: 0 })
    expect(isCheckComplete('overseas', got)).toBe(true)
    expect(checkStatusText('overseas', got)).toBe('查重通过')
  })
})

describe('REG-021 每一种状态是否已完成', () => {
  const statuses = [0, 1, 2, 3] as const
  it.each<[IdentityClass, string]>([
    // Rows: duplicateStatus 0…3; columns: verificationStatus 0…3.
    ['resident', '---- ---- --++ ++++'],
    ['overseas', '---- ---- ++++ ++++'],
    ['undocumented', '++++ ++++ ++++ ++++'],
  ])('%s', (identityClass, table) => {
    const got = statuses
      .map((duplicateStatus) =>
        statuses
          .map((verificationStatus) =>
            isCheckComplete(identityClass, { duplicateStatus, verificationStatus }) ? '+' : '-',
          )
          .join(''),
      )
      .join(' ')
    expect(got).toBe(table)
  })
})

describe('查重认证状态文字(codes 2.25)', () => {
  it.each<[IdentityClass, CheckState, string]>([
    ['resident', UNCHECKED, '未查重认证'],
    ['resident', { duplicateStatus: 1, verificationStatus: 0 }, '查重认证中'],
    ['resident', { duplicateStatus: 2, verificationStatus: 0 }, '查重认证中'],
    ['overseas', UNCHECKED, '未查重'],
    ['overseas', { duplicateStatus: 1, verificationStatus: 0 }, '查重中'],
    ['undocumented', UNCHECKED, '无需查重'],
    ['undocumented', { duplicateStatus: 3, verificationStatus: 0 }, '无需查重'],
  ])('%s %j → %s', (identityClass, state, expected) => {
    expect(checkStatusText(identityClass, state)).toBe(expected)
  })

  it('DUP-006 认证不通过的原因', () => {
    expect(verificationFaultText('notFound')).toBe('身份证号不存在')
    expect(verificationFaultText('nameMismatch')).toBe('身份证号与姓名不匹配')
  })
})
