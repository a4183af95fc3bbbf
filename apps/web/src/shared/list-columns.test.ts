import { describe, expect, it } from 'vitest'
import {
  arrangeColumns,
  DEFAULT_COLUMNS,
  fixedOffsets,
  moveColumn,
  orderColumns,
  spreadWidths,
} from './list-columns.ts'

const column = (key: string, more: object = {}) => ({ key, title: key, render: () => null, ...more })
const keys = (columns: readonly { key: string }[]) => columns.map(({ key }) => key).join(' ')

describe('columns of a list', () => {
  const columns = [
    column('name', { fixed: 'left' }),
    column('gender'),
    column('number', { hidden: true }),
    column('act', { fixed: 'right' }),
  ]

  it('shows the default columns in their order, hidden ones left out', () => {
    expect(keys(arrangeColumns(columns as never, DEFAULT_COLUMNS))).toBe('name gender act')
  })
  it('shows what the account turned on and hides what it turned off', () => {
    const settings = { order: [], shown: { number: true, gender: false } }
    expect(keys(arrangeColumns(columns as never, settings))).toBe('name number act')
  })
  it('keeps fixed columns at their edges whatever the order', () => {
    const settings = { order: ['act', 'gender', 'name'], shown: {} }
    expect(keys(arrangeColumns(columns as never, settings))).toBe('name gender act')
  })
  it('puts a column added later behind its neighbour of the default order', () => {
    expect(keys(orderColumns(columns as never, { order: ['act', 'gender', 'name'], shown: {} }))).toBe(
      'act gender number name',
    )
  })
  it('forgets columns that no longer exist', () => {
    expect(keys(orderColumns([column('a'), column('b')], { order: ['gone', 'b', 'a'], shown: {} }))).toBe('b a')
  })
  it('moves a column one place, never beyond the ends', () => {
    expect(moveColumn(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
    expect(moveColumn(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
    expect(moveColumn(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c'])
  })
})

describe('widths of a list', () => {
  const columns = [
    column('a', { width: 100, fixed: 'left' }),
    column('b', { width: 100 }),
    column('c', { width: 200 }),
    column('d', { width: 60, align: 'right' }),
  ]

  it('gives what is left over to plain columns only, and fills the area to the pixel', () => {
    const widths = spreadWidths(columns as never, 1001)
    expect(widths[0]).toBe(100)
    expect(widths[3]).toBe(60)
    expect(widths.reduce((a, b) => a + b, 0)).toBe(1001)
    expect(widths[2]! / widths[1]!).toBeCloseTo(2, 1)
  })
  it('keeps the widths asked for when they do not fit', () => {
    expect(spreadWidths(columns as never, 300)).toEqual([100, 100, 200, 60])
  })
  it('puts fixed columns behind one another', () => {
    const fixed = [
      column('a', { fixed: 'left' }),
      column('b', { fixed: 'left' }),
      column('c'),
      column('d', { fixed: 'right' }),
      column('e', { fixed: 'right' }),
    ]
    expect(fixedOffsets(fixed as never, [50, 60, 70, 80, 90], 36)).toEqual([36, 86, undefined, 90, 0])
  })
})
