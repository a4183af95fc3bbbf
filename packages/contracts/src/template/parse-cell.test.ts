import type { FieldKind } from '@xueji/domain/student/field-catalogue'
import { describe, expect, it } from 'vitest'
import { parseCell } from './parse-cell.ts'
import type { TemplateColumn } from './template.ts'

const column = (kind: FieldKind, more: Partial<TemplateColumn> = {}): TemplateColumn => ({
  key: 'field',
  header: '列',
  required: false,
  kind,
  width: 10,
  example: '',
  ...more,
})

/** What comes of a text: its value, or the code of the fault with its parameter. */
function read(of: TemplateColumn, raw: string): string {
  const { value, fault } = parseCell(of, raw)
  if (!fault) return value === undefined ? '(空)' : value
  expect(value).toBeUndefined()
  const params = Object.values(fault.params ?? {}).join()
  return `✗ ${fault.code}${params ? ` ${params}` : ''}`
}

const FULL_WIDTH_BLANKS = ['', ' ', '\u3000', '\n', '\u00a0\t', '\u200b', '\ufeff ']

describe('REG-009 空单元格', () => {
  it.each(FULL_WIDTH_BLANKS)('%j:红字列不能为空,黑字列就是空', (raw) => {
    for (const kind of ['text', 'code', 'date', 'yesNo', 'identityNumber', 'region'] as const) {
      expect(read(column(kind, { required: true, codes: 'GENDER' }), raw)).toBe('✗ shape.required')
      expect(parseCell(column(kind, { codes: 'GENDER' }), raw)).toStrictEqual({})
    }
  })
})

/** One line: text → outcome. */
function table(of: TemplateColumn, rows: readonly (readonly [string, string])[]): void {
  it.each(rows)('%j → %s', (raw, expected) => {
    expect(read(of, raw)).toBe(expected)
  })
}

describe('文字', () => {
  table(column('text', { max: 5 }), [
    ['某某路', '某某路'],
    ['  某\n路 ', '某 路'],
    ['１号', '1号'],
    ['一二三四五', '一二三四五'],
    ['一二三四五六', '✗ shape.tooLong 5'],
    ['𠮷𠮷𠮷𠮷𠮷', '𠮷𠮷𠮷𠮷𠮷'],
    ['𠮷𠮷𠮷𠮷𠮷𠮷', '✗ shape.tooLong 5'],
    ['一二三四五 \u200b', '一二三四五'],
    ['=1+1', '=1+1'],
  ])

  it('没有上限的列多长都可', () => {
    expect(read(column('text'), '学'.repeat(40_000))).toHaveLength(40_000)
  })
})

describe('姓名拼音(fields 1.2)', () => {
  table(column('pinyin', { max: 100 }), [
    ['SUNJIAYI', 'SUNJIAYI'],
    [' sunjiayi\u3000', 'SUNJIAYI'],
    ['ＳＵＮ  JIAYI', 'SUN JIAYI'],
    ['孙佳怡', '✗ shape.pinyin'],
    ['LÜ', '✗ shape.pinyin'],
    ['SUN-JIAYI', '✗ shape.pinyin'],
    ['SUN1', '✗ shape.pinyin'],
    ['A'.repeat(101), '✗ shape.tooLong 100'],
  ])
})

describe('姓名(fields 1.1)', () => {
  table(column('personName', { max: 50 }), [
    ['张三', '张三'],
    [' 张三\u3000', '张三'],
    ['买买提·艾力', '买买提·艾力'],
    ['买买提•艾力', '买买提·艾力'],
    ['买买提・艾力', '买买提·艾力'],
    ['买买提．艾力', '买买提·艾力'],
    ['买买提.艾力', '买买提·艾力'],
    ['买买提‧艾力', '买买提·艾力'],
    ['买买提∙艾力', '买买提·艾力'],
    ['𠮷田', '𠮷田'],
    ['张 三', '✗ shape.personName'],
    ['张3', '✗ shape.personName'],
    ['张３', '✗ shape.personName'],
    ['张', '✗ shape.personName'],
    ['Zhang San', '✗ shape.personName'],
    ['汉'.repeat(51), '✗ shape.personName'],
  ])
})

describe('代码(REG-009)', () => {
  describe('性别', () => {
    table(column('code', { codes: 'GENDER' }), [
      ['男', '1'],
      ['2', '2'],
      ['２', '2'],
      [' 男 ', '1'],
      ['男 性', '1'],
      ['男生', '✗ shape.code 男'],
      ['未知', '✗ shape.code'],
      ['0', '✗ shape.code'],
      ['男女', '✗ shape.code'],
    ])
  })

  describe('民族', () => {
    table(column('code', { codes: 'ETHNIC' }), [
      ['汉族', '01'],
      ['01', '01'],
      ['1', '✗ shape.code'],
      ['汉', '✗ shape.code 汉族'],
      ['壮', '✗ shape.code 壮族'],
      ['土', '✗ shape.code'],
      ['汉 族', '01'],
      ['维吾尔', '✗ shape.code 维吾尔族'],
    ])
  })

  describe('只许其中几项的列', () => {
    table(column('code', { codes: 'ENROLL', allow: ['11', '12'] }), [
      ['就近入学', '11'],
      ['义务教育阶段其他', '12'],
      ['12', '12'],
      ['统一招生考试/普通入学', '✗ shape.code'],
      ['21', '✗ shape.code'],
      ['高中阶段其他', '✗ shape.code'],
      ['其他', '✗ shape.code 义务教育阶段其他'],
      ['就近', '✗ shape.code 就近入学'],
    ])
  })

  describe('国籍与关系', () => {
    table(column('code', { codes: 'COUNTRY' }), [
      ['中国', 'CHN'],
      ['chn', 'CHN'],
      ['ＣＨＮ', 'CHN'],
      ['香港', 'HKG'],
      ['台湾省', '✗ shape.code'],
      ['英', '✗ shape.code'],
      ['新加坡共和国', '✗ shape.code 新加坡'],
    ])
    table(column('code', { codes: 'RELATION' }), [
      ['父亲', '51'],
      ['父', '✗ shape.code'],
      ['母亲(亲生)', '✗ shape.code 母亲'],
    ])
  })

  it('没有相近的名称就不带建议', () => {
    expect(parseCell(column('code', { codes: 'GENDER' }), '未知')).toStrictEqual({ fault: { code: 'shape.code' } })
  })

  it('没有指明代码表的列是程序错误', () => {
    expect(() => parseCell(column('code'), '男')).toThrow('unknown code table')
  })
})

describe('是否', () => {
  table(column('yesNo'), [
    ['是', '1'],
    ['否', '0'],
    ['1', '1'],
    ['0', '0'],
    ['１', '1'],
    [' 是 ', '1'],
    ['对', '✗ shape.code 是”或“否'],
    ['2', '✗ shape.code 是”或“否'],
    ['TRUE', '✗ shape.code 是”或“否'],
    ['是否', '✗ shape.code 是”或“否'],
  ])
})

describe('日期', () => {
  table(column('date'), [
    ['20200315', '2020-03-15'],
    ['２０２００３１５', '2020-03-15'],
    ['2020-03-15', '2020-03-15'],
    ['2020/3/5', '2020-03-05'],
    ['2020.03.15', '2020-03-15'],
    ['2020年3月15日', '2020-03-15'],
    ['2020 年 3 月 15 日', '2020-03-15'],
    ['2020-03-15 00:00:00', '2020-03-15'],
    ['2020-02-29', '2020-02-29'],
    ['2021-02-29', '✗ shape.date'],
    ['20201301', '✗ shape.date'],
    ['202003', '✗ shape.date'],
    ['43905', '✗ shape.date'],
    ['15/03/2020', '✗ shape.date'],
    ['2020-03-15 08:30:00', '✗ shape.date'],
    ['三月十五', '✗ shape.date'],
  ])
})

describe('年月', () => {
  table(column('yearMonth'), [
    ['202609', '202609'],
    ['２０２６０９', '202609'],
    ['2026-09', '202609'],
    ['2026-9', '202609'],
    ['2026/9', '202609'],
    ['2026.09', '202609'],
    ['2026年9月', '202609'],
    ['2026年09月', '202609'],
    ['2026 年 9 月', '202609'],
    ['2026-09-01', '202609'],
    ['2026-09-01 00:00:00', '202609'],
    ['2026/9/1', '202609'],
    ['20269', '202609'],
    ['202612', '202612'],
    ['202613', '✗ shape.yearMonth'],
    ['202600', '✗ shape.yearMonth'],
    ['190001', '190001'],
    ['189912', '✗ shape.yearMonth'],
    ['20260901', '✗ shape.yearMonth'],
    ['2026', '✗ shape.yearMonth'],
    ['26-09', '✗ shape.yearMonth'],
    ['九月', '✗ shape.yearMonth'],
  ])
})

describe('区划 REG-012', () => {
  table(column('region'), [
    ['440202000000', '440202000000'],
    ['440202001002', '440202001002'],
    ['440202', '440202000000'],
    ['４４０２０２', '440202000000'],
    ['4402 0200 0000', '440202000000'],
    ['4402020000', '✗ shape.region'],
    ['44020', '✗ shape.region'],
    ['4402020000000', '✗ shape.region'],
    ['44020A000000', '✗ shape.region'],
    ['广东省韶关市', '✗ shape.region'],
    ['4.40202E+11', '✗ shape.region'],
  ])
})

describe('证件号:只规范,不判断', () => {
  table(column('identityNumber', { max: 30 }), [
    ['110101201503150018', '110101201503150018'],
    ['11010120150315001x', '11010120150315001X'],
    ['１１０１０１２０１５０３１５００１８', '110101201503150018'],
    ['110101 20150315 0018', '110101201503150018'],
    ['h123456（7）', 'H123456(7)'],
    ['不是号码', '不是号码'],
    ['1'.repeat(30), '1'.repeat(30)],
    ['1'.repeat(31), '✗ shape.tooLong 30'],
  ])
})

describe('电话(fields 1.4)', () => {
  table(column('phone', { max: 30 }), [
    ['13800000000', '13800000000'],
    ['138 0000 0000', '13800000000'],
    ['１３８００００００００', '13800000000'],
    ['0751-8888888', '0751-8888888'],
    ['0751—8888888', '0751-8888888'],
    ['0751–8888888', '0751-8888888'],
    ['07518888888', '07518888888'],
    ['010-88888888-123456', '010-88888888-123456'],
    ['8888888', '8888888'],
    ['88888888-1', '88888888-1'],
    ['888888', '✗ shape.phone'],
    ['1380000000', '✗ shape.phone'],
    ['138000000001', '✗ shape.phone'],
    ['23800000000', '✗ shape.phone'],
    ['010-88888888-1234567', '✗ shape.phone'],
    ['+8613800000000', '✗ shape.phone'],
    ['无', '✗ shape.phone'],
  ])
})

describe('邮政编码', () => {
  table(column('postcode', { max: 6 }), [
    ['512000', '512000'],
    ['５１２０００', '512000'],
    ['512 000', '512000'],
    ['010010', '010010'],
    ['10010', '✗ shape.postcode'],
    ['5120000', '✗ shape.postcode'],
    ['51200X', '✗ shape.postcode'],
  ])
})

describe('电子信箱', () => {
  table(column('email', { max: 60 }), [
    ['a@b.cn', 'a@b.cn'],
    ['ａ＠ｂ．ｃｎ', 'a@b.cn'],
    ['a.b+c@mail.example.com', 'a.b+c@mail.example.com'],
    ['a@b', '✗ shape.email'],
    ['a b@c.cn', '✗ shape.email'],
    ['a@b@c.cn', '✗ shape.email'],
    ['@b.cn', '✗ shape.email'],
    ['无', '✗ shape.email'],
    [`${'a'.repeat(60)}@b.cn`, '✗ shape.tooLong 60'],
  ])
})

describe('上下学距离(0–999.9,一位小数)', () => {
  table(column('decimal'), [
    ['1.5', '1.5'],
    ['１．５', '1.5'],
    ['0', '0'],
    ['0.0', '0'],
    ['3.0', '3'],
    ['3.00', '3'],
    ['999.9', '999.9'],
    ['10', '10'],
    ['1000', '✗ shape.decimal'],
    ['1.55', '✗ shape.decimal'],
    ['-1', '✗ shape.decimal'],
    ['1.', '✗ shape.decimal'],
    ['.5', '✗ shape.decimal'],
    ['1,5', '✗ shape.decimal'],
    ['1.5公里', '✗ shape.decimal'],
  ])
})

describe('数字串', () => {
  table(column('digits', { max: 10 }), [
    ['2144000001', '2144000001'],
    ['２１４４０００００１', '2144000001'],
    ['2144 000 001', '2144000001'],
    ['0012', '0012'],
    ['21440000012', '✗ shape.tooLong 10'],
    ['21A', '✗ shape.digits'],
    ['-1', '✗ shape.digits'],
    ['1.0', '✗ shape.digits'],
  ])
})

describe('证件有效期(fields 1.2)', () => {
  table(column('validPeriod', { max: 21 }), [
    ['2010.06.01-2020.06.01', '2010.06.01-2020.06.01'],
    ['20100601-20200601', '2010.06.01-2020.06.01'],
    ['２０１００６０１－２０２００６０１', '2010.06.01-2020.06.01'],
    ['2010.06.01 - 2020.06.01', '2010.06.01-2020.06.01'],
    ['2010.06.01—2020.06.01', '2010.06.01-2020.06.01'],
    ['2010.06.01～2020.06.01', '2010.06.01-2020.06.01'],
    ['2010.06.01至2020.06.01', '2010.06.01-2020.06.01'],
    ['2010.06.01-2010.06.01', '2010.06.01-2010.06.01'],
    ['2010.06.01-长期', '2010.06.01-长期'],
    ['20100601-长期', '2010.06.01-长期'],
    ['长期', '长期'],
    ['2020.06.01-2010.06.01', '✗ shape.validPeriod'],
    ['2010.02.30-2020.06.01', '✗ shape.validPeriod'],
    ['2010.06.01-2020.13.01', '✗ shape.validPeriod'],
    ['2010.0601-2020.06.01', '✗ shape.validPeriod'],
    ['2010.06.01', '✗ shape.validPeriod'],
    ['长期-2020.06.01', '✗ shape.validPeriod'],
    ['永久', '✗ shape.validPeriod'],
  ])
})
