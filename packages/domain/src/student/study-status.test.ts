import { describe, expect, it } from 'vitest'
import type { StudyStatus } from './study-status.ts'
import { holdsIdentity, STUDY_STATUSES } from './study-status.ts'

describe('就读状态(codes 2.22)', () => {
  it('DUP-003 只有死亡与已删除不再占用证件号', () => {
    expect(STUDY_STATUSES.filter((status) => !holdsIdentity(status))).toEqual(['SW', 'SC'])
  })

  it.each<[StudyStatus, string]>([
    ['ZX', '在校'],
    ['XX', '休学'],
    ['CX', '辍学'],
    ['CJ', '出境'],
    ['TX', '退学'],
    ['QTLX', '其他离校'],
    ['ZC', '转出'],
    ['BY', '已毕业未接续'],
  ])('DUP-003 %s(%s)仍占用证件号', (status) => {
    expect(holdsIdentity(status)).toBe(true)
  })

  it('十六种,互不相同', () => {
    expect(new Set(STUDY_STATUSES).size).toBe(16)
    expect(STUDY_STATUSES).toHaveLength(16)
  })
})
