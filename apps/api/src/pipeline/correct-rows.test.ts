import { describe, expect, it } from 'vitest'
import { editRow, editsOf, needsComparison, reversalOf } from './correct-rows.ts'
import type { StagedRecord } from './staged-rows.ts'

const ROW: StagedRecord = {
  rowNumber: 7,
  cells: { name: '张三', phone: '1380000', identityNumber: '440203201501010000' },
  values: { name: '张三', identityNumber: '440203201501010000' },
  issues: [],
  valid: false,
  dropped: false,
  corrected: [],
  cellFaults: { identityNumber: 'precisionLost' },
}
const edit = (cells: Record<string, string>, dropped?: boolean) => ({
  cells: new Map(Object.entries(cells)),
  ...(dropped === undefined ? {} : { dropped }),
})

describe('one row edited', () => {
  it('keeps what was not touched, names what was', () => {
    const { row, acts } = editRow(ROW, edit({ phone: '13800000000', email: 'a@b.cn' }))
    expect(row.cells).toEqual({ ...ROW.cells, phone: '13800000000', email: 'a@b.cn' })
    expect(row.corrected).toEqual(['email', 'phone'])
    expect(acts).toEqual([
      { rowNumber: 7, field: 'phone', act: 'edit', before: '1380000', after: '13800000000' },
      { rowNumber: 7, field: 'email', act: 'edit', before: '', after: 'a@b.cn' },
    ])
  })

  it('an emptied cell is absent', () => {
    expect(editRow(ROW, edit({ phone: '' })).row.cells).not.toHaveProperty('phone')
    expect(editRow(ROW, edit({ phone: '\0' })).row.cells).not.toHaveProperty('phone')
  })

  it('nothing is recorded of what was so already', () => {
    const { row, acts } = editRow(ROW, edit({ phone: '1380000', email: '' }, false))
    expect([row, acts]).toEqual([ROW, []])
  })

  it('a cell with a fault of the reader is confirmed by its own text', () => {
    const { row, acts } = editRow(ROW, edit({ identityNumber: '440203201501010000' }))
    expect(row.corrected).toEqual(['identityNumber'])
    expect(acts).toHaveLength(1)
    expect(editRow(row, edit({ identityNumber: '440203201501010000' })).acts).toEqual([])
  })

  it('dropped and restored', () => {
    const dropped = editRow(ROW, edit({}, true))
    expect([dropped.row.dropped, dropped.acts[0]!.act]).toEqual([true, 'drop'])
    expect(editRow(dropped.row, edit({}, false)).acts[0]!.act).toBe('restore')
    expect(editRow(dropped.row, edit({}, true)).acts).toEqual([])
  })
})

describe('a request by rows', () => {
  it('the later value of a cell holds; restored wins over dropped', () => {
    const edits = editsOf({
      cells: [
        { rowNumber: 2, field: 'name', value: '甲' },
        { rowNumber: 3, field: 'name', value: '乙' },
        { rowNumber: 2, field: 'name', value: '丙' },
      ],
      drop: [2, 4, 5],
      restore: [5],
    })
    expect([...edits].map(([row, { cells, dropped }]) => [row, Object.fromEntries(cells), dropped])).toEqual([
      [2, { name: '丙' }, true],
      [3, { name: '乙' }, undefined],
      [4, {}, true],
      [5, {}, false],
    ])
  })

  it('taken back: what it did, the other way round', () => {
    const { acts, row } = editRow(ROW, edit({ phone: '2' }, true))
    const back = editRow(row, reversalOf(acts).get(7)!)
    expect([back.row.cells, back.row.dropped]).toEqual([ROW.cells, false])
  })
})

describe('when the rows are compared again', () => {
  const withValues = (values: StagedRecord['values']): StagedRecord => ({
    ...ROW,
    values: { ...ROW.values, ...values },
  })
  it.each([
    ['identityType', { identityType: '1' }, true],
    ['identityNumber', { identityNumber: '2' }, true],
    ['auxiliaryNumber', { auxiliaryNumber: '1' }, true],
    ['classNumber', { classNumber: '2026101' }, true],
    ['seatNumber', { seatNumber: '3' }, true],
    ['name', { name: '李四' }, false],
    ['nothing', {}, false],
  ])('%s', (_field, values, expected) => {
    expect(needsComparison(ROW, withValues(values))).toBe(expected)
  })

  it('a row dropped or restored', () => {
    expect(needsComparison(ROW, { ...ROW, dropped: true })).toBe(true)
  })
})
