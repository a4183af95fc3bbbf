import { describe, expect, it } from 'vitest'
import { whyNot } from './why-not.ts'

const line = (match: '1' | '2' | '3', identityType = '1', registration: '0' | '1' | '2' = '0') => ({
  match,
  identityType,
  registration,
})

describe('whyNot (menu §2.1)', () => {
  it('lets through what the matrix allows', () => {
    expect(whyNot('edit', [line('3')])).toBeUndefined()
    expect(whyNot('remove', [line('1'), line('2'), line('3', 'Z')])).toBeUndefined()
    expect(whyNot('export', [line('1'), line('3')])).toBeUndefined()
    expect(whyNot('export', [line('1', '6'), line('3', 'A')])).toBeUndefined()
  })
  it('says why in the words of the specification; one line is enough', () => {
    expect(whyNot('edit', [line('1')])).toBe('已匹配学前学籍的学生不允许修改')
    expect(whyNot('export', [line('1'), line('2')])).toBe('待确认学前学籍的学生不允许导出')
    expect(whyNot('export', [line('3', 'Z')])).toBe('无身份证件学生不支持导入，不能导出')
    expect(whyNot('remove', [line('3'), line('1', '1', '1')])).toMatch(/不允许删除$/)
  })
  it('keeps the classes of documents apart (PRE-012)', () => {
    expect(whyNot('export', [line('1'), line('1', 'A')])).toBe('不同身份证件类型的学生不能一起导出')
    expect(whyNot('remove', [line('1'), line('1', 'A')])).toBeUndefined()
  })
})
