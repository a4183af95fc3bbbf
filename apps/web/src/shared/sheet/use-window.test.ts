import { describe, expect, it } from 'vitest'
import type { SheetColumn } from './sheet-types.ts'
import { columnWindow } from './use-window.ts'

const columns: SheetColumn[] = Array.from({ length: 12 }, (_, index) => ({
  key: `${index}`,
  title: '',
  width: 100,
  editable: true,
  ...(index < 2 ? { frozen: true } : {}),
}))
const drawn = (from: number, to: number) => {
  const { firstColumn, lastColumn } = columnWindow(columns, from, to)
  return [firstColumn, lastColumn]
}

describe('columnWindow', () => {
  it('draws what lies between two distances, whole columns only, frozen ones aside', () => {
    expect(drawn(0, 500)).toEqual([2, 5])
    expect(drawn(-240, 500)).toEqual([2, 5])
    expect(drawn(450, 820)).toEqual([4, 9])
    expect(drawn(700, 5_000)).toEqual([7, 12])
  })
  it('keeps the last column when scrolled beyond the end', () => {
    expect(drawn(9_000, 10_000)).toEqual([11, 12])
  })
  it('has nothing to draw when all are frozen', () => {
    expect(columnWindow(columns.slice(0, 2), 0, 500)).toEqual({ firstColumn: 2, lastColumn: 2 })
  })
})
