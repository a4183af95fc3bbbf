import { describe, expect, it } from 'vitest'
import { guardianColumns, studentColumn } from './template.ts'

describe('模板列', () => {
  it('取字段目录的名称、类型、长度与代码表', () => {
    expect(studentColumn('nativePlace', true, '某县')).toStrictEqual({
      key: 'nativePlace',
      header: '籍贯',
      required: true,
      kind: 'text',
      max: 100,
      width: 18,
      example: '某县',
    })
    expect(studentColumn('gender', false, '男')).toStrictEqual({
      key: 'gender',
      header: '性别',
      required: false,
      kind: 'code',
      codes: 'GENDER',
      width: 14,
      example: '男',
    })
  })

  it('模板可另给列名、别名、可选项、宽度与说明', () => {
    const more = { header: '学生姓名', aliases: ['姓名'], allow: ['1'], width: 30, note: '说明' }
    expect(studentColumn('name', true, '', more)).toMatchObject(more)
  })

  it('列名长的列更宽', () => {
    expect(studentColumn('isMigrantWorkerChild', true, '').width).toBe(26)
    expect(studentColumn('isOrphan', true, '').width).toBe(10)
  })

  it.each([0, 1] as const)('家庭成员 %i:十二列,列名带“成员”与序号', (index) => {
    const columns = guardianColumns(index, new Set(['name']), { name: '张大明' })
    expect(columns).toHaveLength(12)
    expect(columns.every((column) => column.header.startsWith(`成员${index + 1}`))).toBe(true)
    expect(columns.every((column) => column.key.startsWith(`guardians.${index}.`))).toBe(true)
    expect(columns.filter((column) => column.required).map((column) => column.header)).toEqual([`成员${index + 1}姓名`])
    expect(columns.map((column) => column.example).filter(Boolean)).toEqual(['张大明'])
    expect(columns.flatMap((column) => column.aliases ?? [])).toEqual([`成员${index + 1}户口所在地行政区划`])
  })
})
