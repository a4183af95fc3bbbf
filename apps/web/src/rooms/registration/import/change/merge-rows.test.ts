import type { StagedRow } from '@xueji/contracts/pipeline/import.api'
import { describe, expect, it } from 'vitest'
import { isShown, mergeRows } from './merge-rows.ts'

const issue = (code: string, field: string, severity: 'error' | 'warning' = 'error') => ({
  code,
  field,
  severity,
  label: '',
  message: '',
  advice: '',
})
const row = (rowNumber: number, more: Partial<StagedRow> = {}): StagedRow => ({
  rowNumber,
  kind: 'new',
  name: '',
  valid: true,
  dropped: false,
  cells: {},
  corrected: [],
  changes: [],
  issues: [],
  ...more,
})
const bad = (rowNumber: number, code = 'shape.code', field = 'ethnicity') =>
  row(rowNumber, { valid: false, issues: [issue(code, field)] })
const numbers = (pages: { rows: StagedRow[] }[]) => pages.map((page) => page.rows.map((one) => one.rowNumber))

describe('isShown', () => {
  it('answers for every view', () => {
    const rows = {
      bad: bad(3),
      dropped: { ...bad(4), dropped: true },
      warned: row(5, { issues: [issue('w', 'x', 'warning')] }),
      corrected: row(6, { corrected: ['name'] }),
    }
    const shown = (view: Parameters<typeof isShown>[1]['view']) =>
      Object.entries(rows).flatMap(([name, one]) => (isShown(one, { view }) ? [name] : []))
    expect(shown('failing')).toEqual(['bad'])
    expect(shown('warning')).toEqual(['warned'])
    expect(shown('corrected')).toEqual(['corrected'])
    expect(shown('dropped')).toEqual(['dropped'])
    expect(shown('clean')).toEqual(['warned', 'corrected'])
    expect(shown('all')).toHaveLength(4)
  })
  it('wants kind and column in one issue, and rows from a number on', () => {
    const two = row(8, { valid: false, issues: [issue('a', 'x'), issue('b', 'y')] })
    expect(isShown(two, { view: 'failing', code: 'a', field: 'x' })).toBe(true)
    expect(isShown(two, { view: 'failing', code: 'a', field: 'y' })).toBe(false)
    expect(isShown(two, { view: 'failing', from: 9 })).toBe(false)
  })
})

describe('mergeRows', () => {
  const pages = [
    { rows: [bad(3), bad(5)], next: 'k' },
    { rows: [bad(9), bad(12)], next: 'l' },
  ]
  it('takes away rows that became valid and keeps the others as they are now', () => {
    const merged = mergeRows(pages, [row(5), bad(9, 'shape.required')], { view: 'failing' })
    expect(numbers(merged)).toEqual([[3], [9, 12]])
    expect(merged[1]!.rows[0]!.issues[0]!.code).toBe('shape.required')
    expect(merged[0]!.rows[0]).toBe(pages[0]!.rows[0])
  })
  it('puts rows that came to belong here in their place, and leaves those beyond to the next page', () => {
    expect(numbers(mergeRows(pages, [bad(4), bad(10), bad(99)], { view: 'failing' }))).toEqual([
      [3, 4, 5],
      [9, 10, 12],
    ])
  })
  it('puts them at the end when there is no next page', () => {
    expect(numbers(mergeRows([{ rows: [bad(3)] }], [bad(99)], { view: 'failing' }))).toEqual([[3, 99]])
  })
})
