import { describe, expect, it } from 'vitest'
import type { ProgressRow } from './progress.api.ts'
import { photoShare, progressRows, shareText, sumOf, verifiedShare } from './progress-rows.ts'

const row = (orgName: string, changed: Partial<ProgressRow> = {}): ProgressRow => ({
  orgId: orgName,
  orgName,
  level: 'school',
  schools: 1,
  registered: 0,
  waiting: 0,
  returned: 0,
  overdue: 0,
  overdueSchools: 0,
  verified: 0,
  unverified: 0,
  photographed: 0,
  ...changed,
})
const ROWS = [
  row('甲小学', { registered: 5, photographed: 4, waiting: 1, verified: 9, unverified: 1 }),
  row('乙小学', { waiting: 2, returned: 2, overdue: 4, overdueSchools: 1, verified: 10 }),
  row('丙小学'),
  row('丁学校', { registered: 3, verified: 1, unverified: 2 }),
]
const names = (rows: readonly ProgressRow[]): string => rows.map((one) => one.orgName[0]).join('')

describe('注册进度', () => {
  it('orders by what is behind, equals in the order of the tree', () => {
    expect(names(progressRows(ROWS, {}))).toBe('甲乙丙丁')
    expect(names(progressRows(ROWS, { order: 'overdue' }))).toBe('乙甲丙丁')
    expect(names(progressRows(ROWS, { order: 'unfinished' }))).toBe('乙甲丙丁')
    expect(names(progressRows(ROWS, { order: 'verified' }))).toBe('丁甲乙丙')
    expect(names(progressRows(ROWS, { order: 'photographed' }))).toBe('丁甲乙丙')
  })

  it('narrows by name and by what is left to do', () => {
    expect(names(progressRows(ROWS, { name: '小学 ' }))).toBe('甲乙丙')
    expect(names(progressRows(ROWS, { only: 'unfinished' }))).toBe('甲乙')
    expect(names(progressRows(ROWS, { only: 'none' }))).toBe('丙')
  })

  it('shares never say 100% while one is missing', () => {
    expect(shareText(verifiedShare(ROWS[0]!))).toBe('90%')
    expect(shareText(verifiedShare({ verified: 9999, unverified: 1 }))).toBe('99.9%')
    expect(shareText(verifiedShare({ verified: 1, unverified: 0 }))).toBe('100%')
    expect(shareText(photoShare(ROWS[0]!))).toBe('80%')
    expect(shareText(photoShare({ registered: 0, photographed: 0 }))).toBe('—')
    expect(shareText(verifiedShare(ROWS[2]!))).toBe('—')
  })

  it('sums up', () => {
    expect(sumOf(ROWS)).toEqual({ registered: 8, unfinished: 5, overdue: 4, schools: 4, overdueSchools: 1 })
  })
})
