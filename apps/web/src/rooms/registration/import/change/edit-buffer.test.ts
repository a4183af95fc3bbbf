import { describe, expect, it } from 'vitest'
import { cellsOf, countEdits, editCells, NO_EDITS, withoutRows, withoutSent } from './edit-buffer.ts'

const edit = (rowNumber: number, field: string, text: string, stored = '旧') => ({ rowNumber, field, text, stored })

describe('the edit buffer', () => {
  const edits = editCells(NO_EDITS, [edit(9, 'name', '张三'), edit(4, 'ethnicity', '汉族'), edit(4, 'gender', '男')])

  it('keeps the latest text of each cell and counts cells', () => {
    expect(countEdits(edits)).toBe(3)
    expect(countEdits(editCells(edits, [edit(4, 'gender', '女')]))).toBe(3)
    expect(cellsOf(edits)).toEqual([
      { rowNumber: 4, field: 'ethnicity', value: '汉族' },
      { rowNumber: 4, field: 'gender', value: '男' },
      { rowNumber: 9, field: 'name', value: '张三' },
    ])
  })

  it('forgets a cell that has its stored text again', () => {
    const back = editCells(edits, [edit(9, 'name', '旧'), edit(4, 'gender', '旧')])
    expect(cellsOf(back)).toEqual([{ rowNumber: 4, field: 'ethnicity', value: '汉族' }])
  })

  it('leaves untouched rows the same objects, so that they are not drawn again', () => {
    expect(editCells(edits, [edit(4, 'gender', '女')]).get(9)).toBe(edits.get(9))
  })

  it('keeps what was written while the answer was on its way', () => {
    const sent = cellsOf(edits)
    const meanwhile = editCells(edits, [edit(4, 'gender', '女'), edit(5, 'name', '李四')])
    expect(cellsOf(withoutSent(meanwhile, sent))).toEqual([
      { rowNumber: 4, field: 'gender', value: '女' },
      { rowNumber: 5, field: 'name', value: '李四' },
    ])
  })

  it('drops the edits of rows that were left out', () => {
    expect([...withoutRows(edits, [4]).keys()]).toEqual([9])
  })
})
