import type { CorrectionLine } from '@xueji/contracts/pipeline/import.api'
import { describe, expect, it } from 'vitest'
import { joinLines, rowsText } from './log-lines.ts'

const line = (rowNumber: number, more: Partial<CorrectionLine> = {}): CorrectionLine => ({
  id: String(rowNumber),
  at: '2026-09-01T00:00:00.000Z',
  accountName: '陈老师',
  act: 'drop',
  rowNumber,
  label: '',
  before: '',
  after: '',
  undone: false,
  ...more,
})

describe('joinLines', () => {
  it('joins the rows one step left out, lowest first', () => {
    expect(joinLines([line(9), line(5), line(2)]).map((one) => one.rowNumbers)).toEqual([[2, 5, 9]])
  })

  it.each([{ at: '2026-09-01T00:00:01.000Z' }, { act: 'restore' }, { undone: true }, { accountName: '黄老师' }])(
    'keeps apart what differs: %j',
    (more) => {
      expect(joinLines([line(9), line(5, more)])).toHaveLength(2)
    },
  )

  it('leaves every corrected cell its line', () => {
    expect(joinLines([line(9, { act: 'edit' }), line(5, { act: 'edit' })])).toHaveLength(2)
  })
})

it('names few rows, and of many the first', () => {
  expect(rowsText([2])).toBe('第 2 行')
  expect(rowsText([2, 3, 4, 5, 6, 7, 8])).toBe('第 2、3、4、5、6 … 等 7 行')
})
