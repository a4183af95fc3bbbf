import { describe, expect, it } from 'vitest'
import { plainDate } from '../../kernel/plain-date.ts'
import { temporaryNumber, temporaryPrefix } from '../../student/student-number.ts'
import { needNumbers, numberLegacy, type Unnumbered } from './legacy-numbers.ts'

const BIRTH = plainDate(2017, 3, 15)!
const PREFIX = temporaryPrefix('440202', BIRTH)
const L = (sequence: number): string => temporaryNumber(PREFIX, sequence)
const row = (rowNumber: number, wantedNumber: string | null = null, more: Partial<Unnumbered> = {}): Unnumbered => ({
  rowNumber,
  wantedNumber,
  isTaken: false,
  letter: 'L',
  regionCode: '440202',
  birthDate: BIRTH,
  gender: '1',
  ...more,
})
const give = (rows: readonly Unnumbered[], used: readonly number[] = []) =>
  numberLegacy(rows, { usedSequences: new Map([[PREFIX, new Set(used)]]) })

describe('NUM-002、NUM-005 存量学籍的学籍号', () => {
  it('有效且无人占用的沿用,其余分配,分配的不与沿用的相同', () => {
    const rows = [row(2), row(3, L(1)), row(4, L(1)), row(5, L(9), { isTaken: true }), row(6, null, { gender: '2' })]
    const { numbered, exhausted } = give(rows, [3, 9])
    expect(exhausted).toEqual([])
    expect(numbered).toEqual([
      { rowNumber: 2, studentNumber: L(5), keeps: false },
      { rowNumber: 3, studentNumber: L(1), keeps: true },
      { rowNumber: 4, studentNumber: L(7), keeps: false },
      { rowNumber: 5, studentNumber: L(11), keeps: false },
      { rowNumber: 6, studentNumber: L(2), keeps: false },
    ])
    expect(needNumbers(rows).map(({ rowNumber }) => rowNumber)).toEqual([2, 4, 5, 6])
  })

  it('用尽的逐行说明,不影响其余', () => {
    const odd = Array.from({ length: 36 ** 3 / 2 }, (_, index) => index * 2 + 1)
    const { numbered, exhausted } = give([row(2), row(3, null, { gender: '2' })], odd)
    expect(exhausted).toEqual([2])
    expect(numbered).toEqual([{ rowNumber: 3, studentNumber: L(2), keeps: false }])
  })

  it('同一天出生的一万人,每人一个号', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => row(index))
    expect(new Set(give(rows).numbered.map(({ studentNumber }) => studentNumber)).size).toBe(10_000)
  })
})
