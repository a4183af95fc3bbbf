import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { createSeeded, NASTY_PIECES, type Seeded } from '@xueji/domain/testing/seeded'
import { buildValidChild } from '@xueji/domain/testing/valid-child'
import { describe, expect, it } from 'vitest'
import { codeTable } from '../codes/code-tables.ts'
import { ISSUE_CATALOGUE } from '../issues/catalogue.ts'
import { RESIDENT_NEWCOMER_TEMPLATE } from '../rooms/registration/registration.template.ts'
import { flatten, makeShapeCheck, type RowCells } from './row-schema.ts'
import type { TemplateColumn } from './template.ts'

const { columns } = RESIDENT_NEWCOMER_TEMPLATE
const KEYS = new Set(columns.map((column) => column.key))
const check = makeShapeCheck(RESIDENT_NEWCOMER_TEMPLATE)
const told = (cells: RowCells) => check(cells).issues.map(({ field, code }) => `${field}: ${code}`)

/** Every red column filled in as the example row shows it. */
const GOOD: RowCells = {
  ...Object.fromEntries(columns.filter((column) => column.required).map((column) => [column.key, column.example])),
  schoolCode: '2144000001',
  identityNumber: '440202202003150012',
}

describe('一行的格式检查(REG-009)', () => {
  it('红字列都填对,没有问题,值已规范', () => {
    const { values, issues } = check(GOOD)
    expect(issues).toEqual([])
    expect(values).toMatchObject({
      schoolCode: '2144000001',
      gender: '1',
      birthDate: '2020-03-15',
      ethnicity: '01',
      nationality: 'CHN',
      identityType: '1',
      overseasType: '00',
      enrolledMonth: '202609',
      enrolMode: '11',
      isOnlyChild: '0',
      hadPreschool: '1',
      schoolDistance: '1.5',
      guardians: [
        { name: '张大明', relation: '51', phone: '13800000000', isGuardian: '1' },
        { name: '李小红', relation: '52', phone: '13800000001', isGuardian: '0' },
      ],
    })
    expect(Object.keys(values)).not.toContain('bloodType')
  })

  it('空行:每个红字列各报一次,黑字列不报', () => {
    const required = columns.filter((column) => column.required).map((column) => `${column.key}: shape.required`)
    expect(told({})).toEqual(required)
    expect(required).toHaveLength(48)
    expect(check({}).values).toStrictEqual({})
  })

  it('一行的全部问题一次说完,读得出的照样读出', () => {
    const { values, issues } = check({
      ...GOOD,
      name: '张 三',
      gender: '男生',
      birthDate: '20200230',
      phone: '123',
      'guardians.0.name': '李',
      'guardians.1.isGuardian': '',
      email: '无',
      nativePlace: '某'.repeat(101),
    })
    expect(issues).toStrictEqual([
      { code: 'shape.personName', severity: 'error', field: 'name', value: '张 三' },
      { code: 'shape.code', severity: 'error', field: 'gender', value: '男生', params: { suggestion: '男' } },
      { code: 'shape.date', severity: 'error', field: 'birthDate', value: '20200230' },
      { code: 'shape.tooLong', severity: 'error', field: 'nativePlace', value: '某'.repeat(101), params: { max: 100 } },
      { code: 'shape.phone', severity: 'error', field: 'phone', value: '123' },
      { code: 'shape.email', severity: 'error', field: 'email', value: '无' },
      { code: 'shape.personName', severity: 'error', field: 'guardians.0.name', value: '李' },
      { code: 'shape.required', severity: 'error', field: 'guardians.1.isGuardian' },
    ])
    for (const key of ['name', 'gender', 'birthDate', 'phone', 'email', 'nativePlace'])
      expect([key, Object.hasOwn(values, key)]).toEqual([key, false])
    expect(values).toMatchObject({ identityNumber: '440202202003150012', ethnicity: '01' })
    expect(values.guardians![0]).not.toHaveProperty('name')
    expect(values.guardians![0]).toMatchObject({ relation: '51' })
    expect(values.guardians![1]).toMatchObject({ name: '李小红' })
  })

  it('任一红字列留空只报这一列', () => {
    for (const column of columns.filter((one) => one.required))
      expect(told({ ...GOOD, [column.key]: ' ' })).toEqual([`${column.key}: shape.required`])
  })

  it('模板外的列不进结果', () => {
    const { values, issues } = check({ ...GOOD, 备注: 'x', 'guardians.2.name': '张三', studentNumber: 'G1' })
    expect(issues).toEqual([])
    expect(flatten(values)).toEqual(flatten(check(GOOD).values))
  })
})

describe('像原型的键', () => {
  const HOSTILE =
    '{"__proto__":"a","constructor":"b","toString":"c","hasOwnProperty":"d","guardians":"e","guardians.0.__proto__":"f","guardians.__proto__.name":"g","guardians.0.constructor":"h","":"i"}'

  it('不进结果,也不改动任何原型', () => {
    const { values, issues } = check({ ...GOOD, ...(JSON.parse(HOSTILE) as RowCells) })
    expect(issues).toEqual([])
    expect(flatten(values)).toEqual(flatten(check(GOOD).values))
    expect(told(JSON.parse(HOSTILE) as RowCells)).toEqual(told({}))
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>).name).toBeUndefined()
  })
})

describe('展开与嵌套', () => {
  it.each<[string, RowCells, StudentValues]>([
    ['没有成员', { name: '张三' }, { name: '张三' }],
    [
      '两名成员',
      { 'guardians.0.name': '测试甲', 'guardians.1.phone': '13800000000' },
      { guardians: [{ name: '测试甲' }, { phone: '13800000000' }] },
    ],
    ['只有成员 2:成员 1 占位', { 'guardians.1.name': '测试乙' }, { guardians: [{}, { name: '测试乙' }] }],
    [
      '成员 2 全空:去掉',
      { 'guardians.0.name': '测试甲', 'guardians.1.name': ' ' },
      { guardians: [{ name: '测试甲' }] },
    ],
    [
      '学生与成员的同名列互不相干',
      { phone: '8888888', 'guardians.0.phone': '7777777' },
      {
        phone: '8888888',
        guardians: [{ phone: '7777777' }],
      },
    ],
  ])('%s', (_title, cells, values) => {
    expect(check(cells).values).toEqual(values)
    expect(flatten(values)).toEqual(Object.fromEntries(Object.entries(cells).filter(([, text]) => text.trim() !== '')))
  })

  it('空值不展开', () => {
    expect(flatten({})).toEqual({})
    expect(flatten({ name: '张三', email: undefined, guardians: [{ name: '', phone: undefined }, {}] })).toEqual({
      name: '张三',
    })
  })

  it('任意几列:嵌套、展开、再嵌套都不变', () => {
    const seeded = createSeeded(73)
    for (let run = 0; run < 3_000; run++) {
      const some = Array.from({ length: seeded.int(0, 30) }, () => seeded.pick(columns))
      const cells = Object.fromEntries(some.map((column) => [column.key, column.example || '2020']))
      const first = check(cells).values
      expect(check(flatten(first)).values).toEqual(first)
      const bad = new Set(check(cells).issues.map((issue) => issue.field))
      expect(Object.keys(flatten(first)).sort()).toEqual(
        Object.keys(cells)
          .filter((key) => !bad.has(key))
          .sort(),
      )
    }
  })

  it('一名完整的学生:写成表格文字再读回是同一名学生', () => {
    const child = buildValidChild()
    const cells = Object.fromEntries(
      Object.entries(flatten(child)).map(([key, value]) => [
        key,
        written(columns.find((one) => one.key === key)!, value),
      ]),
    )
    const again = check({ ...GOOD, ...cells })
    expect(again.issues).toEqual([])
    expect(again.values).toMatchObject(child)
  })
})

describe('任意文字', () => {
  it('20,000 行:不抛错;问题都有措辞、都落在模板的列上;有值的列无问题,有问题的列无值', { timeout: 30_000 }, () => {
    const seeded = createSeeded(20_000)
    let issuesSeen = 0
    for (let run = 0; run < 20_000; run++) {
      const cells = randomRow(seeded)
      const { values, issues } = check(cells)
      const bad = new Set(issues.map((issue) => issue.field))
      expect(bad.size).toBe(issues.length)
      const flat = flatten(values)
      for (const { field, code, severity } of issues) {
        issuesSeen++
        if (!KEYS.has(field!) || !ISSUE_CATALOGUE[code] || severity !== 'error') expect.fail(`${field}: ${code}`)
      }
      for (const key of Object.keys(flat))
        if (!KEYS.has(key) || bad.has(key)) expect.fail(`${key} is bad and has a value`)
      // A value once read is written so that it reads the same again: forms show it, corrections send it back.
      if (run % 8 === 0) expect(check(flat).values).toEqual(values)
    }
    expect(issuesSeen).toBeGreaterThan(20_000)
  })
})

/** Mostly a good row with a few spoilt cells; now and then rubbish in every column. */
function randomRow(seeded: Seeded): RowCells {
  const cells: Record<string, string> = { ...GOOD }
  const spoil = seeded.int(0, 19) === 0 ? columns : Array.from({ length: seeded.int(1, 6) }, () => seeded.pick(columns))
  for (const column of spoil) cells[column.key] = seeded.text(NASTY_PIECES, 6)
  if (seeded.int(0, 3) === 0) cells[seeded.text(NASTY_PIECES, 3)] = seeded.text(NASTY_PIECES, 3)
  return cells
}

/** As a registrar would write it: names of codes, compact dates. */
function written(column: TemplateColumn, value: string): string {
  if (column.kind === 'code') return codeTable(column.codes!).label(value)
  if (column.kind === 'yesNo') return codeTable('YESNO').label(value)
  return column.kind === 'date' ? value.replaceAll('-', '') : value
}
