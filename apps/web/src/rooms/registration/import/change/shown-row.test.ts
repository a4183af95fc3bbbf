import type { RowIssue, StagedRow } from '@xueji/contracts/pipeline/import.api'
import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { describe, expect, it } from 'vitest'
import { cellState, makeShowRows, sameCells, standingIssues } from './shown-row.ts'

const ethnicity = RESIDENT_NEWCOMER_TEMPLATE.columns.find((column) => column.key === 'ethnicity')!
const issue: RowIssue = {
  field: 'ethnicity',
  label: '民族',
  code: 'shape.code',
  severity: 'error',
  message: '民族填写不正确',
  advice: '',
}
const stored = (rowNumber: number, text: string, issues: RowIssue[] = [issue]): StagedRow => ({
  rowNumber,
  kind: 'new',
  name: '',
  valid: issues.length === 0,
  dropped: false,
  cells: text ? { ethnicity: text } : {},
  corrected: [],
  changes: [],
  issues,
})
const edited = (row: StagedRow, text: string) => ({ stored: row, edits: new Map([['ethnicity', text]]) })

describe('cellState', () => {
  it('tells what the server found and what the text is likely to mean', () => {
    expect(cellState({ stored: stored(3, '汉'), edits: undefined }, ethnicity)).toMatchObject({
      text: '汉',
      edited: false,
      issues: [issue],
      suggestion: '汉族',
    })
  })
  it('judges a text written since by itself', () => {
    expect(cellState(edited(stored(3, '汉'), '汉族'), ethnicity)).toMatchObject({ edited: true, issues: [] })
    expect(cellState(edited(stored(3, '汉族', []), ''), ethnicity).issues[0]?.message).toBe('民族不能为空')
  })
})

it('leaves out of the summary what was written anew', () => {
  expect(standingIssues(edited(stored(3, '汉'), '汉族'))).toEqual([])
  expect(standingIssues({ stored: stored(3, '汉'), edits: undefined })).toEqual([issue])
})

it('finds the other cells with the same slip', () => {
  const rows = [stored(3, '汉'), stored(4, '汉'), stored(5, '汉族', []), stored(6, '回'), stored(7, '汉')].map(
    (row) => ({
      stored: row,
      edits: undefined,
    }),
  )
  const touched = [...rows.slice(0, 4), edited(rows[4]!.stored, '满族')]
  expect(sameCells(touched, touched[0]!, ethnicity).map((row) => row.stored.rowNumber)).toEqual([4])
})

it('offers no common mending where each child has its own: names', () => {
  const name = RESIDENT_NEWCOMER_TEMPLATE.columns.find((column) => column.key === 'guardians.0.name')!
  const rows = [3, 4].map((rowNumber) => {
    const own = { ...issue, field: 'guardians.0.name' }
    return { stored: { ...stored(rowNumber, '', [own]), cells: { 'guardians.0.name': '张 3' } }, edits: undefined }
  })
  expect(sameCells(rows, rows[0]!, name)).toEqual([])
})

it('keeps the object of a row that did not change', () => {
  const show = makeShowRows()
  const rows = [stored(3, '汉'), stored(4, '汉')]
  const before = show(rows, new Map())
  const after = show(rows, new Map([[4, new Map([['ethnicity', '汉族']])]]))
  expect(after[0]).toBe(before[0])
  expect(after[1]).not.toBe(before[1])
})
