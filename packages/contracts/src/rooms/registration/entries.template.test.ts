import type { RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { REGISTRATION_ENTRIES } from '@xueji/domain/rooms/registration/registration.review'
import { describe, expect, it } from 'vitest'
import { parseCell } from '../../template/parse-cell.ts'
import { findTemplate, REGISTRATION_TEMPLATES } from './registration.template.ts'

const CATEGORIES = Object.keys(REGISTRATION_TEMPLATES) as RegistrationCategory[]
const columnOf = (category: RegistrationCategory, key: string) =>
  REGISTRATION_TEMPLATES[category].columns.find((column) => column.key === key)
const headersOf = (category: RegistrationCategory, colour?: '红' | '黑') =>
  REGISTRATION_TEMPLATES[category].columns
    .filter((column) => colour === undefined || column.required === (colour === '红'))
    .map((column) => column.header)
const own = (headers: readonly string[]) => headers.filter((header) => !header.startsWith('成员'))

describe('六个入口的字段(REG-001、fields 1.10)', () => {
  it.each<[RegistrationCategory, number]>([
    ['R11', 73],
    ['R12', 69],
    ['R13', 70],
    ['R21', 74],
    ['R22', 70],
    ['R23', 71],
  ])('%s 有 %i 列,标题是业务名称', (category, count) => {
    const template = REGISTRATION_TEMPLATES[category]
    expect(template.columns).toHaveLength(count)
    expect(template.title).toBe(REGISTRATION_ENTRIES[category].name)
    expect(findTemplate(category)).toBe(template)
    const names = template.columns.flatMap((column) => [column.header, ...(column.aliases ?? [])])
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(['R31', '', 'constructor', '__proto__'])('没有类别 %j', (category) => {
    expect(findTemplate(category)).toBeUndefined()
  })

  it('港澳台和外籍模板列依 fields 1.10', () => {
    const suggested =
      '学校标识码、姓名、英文姓名、性别、出生日期、国籍/地区、身份证件类型、身份证件号、港澳台侨外、健康状况、校区号、班号、入学年月、入学方式、就读方式、现住址、通信地址、家庭地址、联系电话、邮政编码、是否受过学前教育、是否残疾人、出生地、籍贯、民族、政治面貌、是否独生子女、是否孤儿、是否需要申请资助、是否享受一补、是否烈士或优抚子女、上下学距离(公里)、上下学交通方式、是否需要乘坐校车、姓名拼音、曾用名、身份证件有效期、血型、特长、学籍辅号、班内学号、学生来源、电子信箱、主页地址、是否由政府购买学位'
    expect(own(headersOf('R12')).join('、')).toBe(suggested)
  })

  it('港澳台和外籍的红字列依 fields 1.1–1.6 的“港”', () => {
    expect(own(headersOf('R12', '红')).join('、')).toBe(
      '学校标识码、姓名、性别、出生日期、国籍/地区、身份证件类型、身份证件号、港澳台侨外、健康状况、入学年月、入学方式、就读方式、现住址、通信地址、家庭地址、联系电话、邮政编码、是否受过学前教育、是否残疾人',
    )
  })

  it.each(['R12', 'R22'] as const)('%s 没有户口、留守、随迁', (category) => {
    expect(own(headersOf(category)).filter((header) => /户口|留守|随迁/.test(header))).toEqual([])
  })

  it.each(['R13', 'R23'] as const)('%s 没有学校标识码、证件号、证件有效期,其余同居民身份证', (category) => {
    const sibling = category === 'R13' ? 'R11' : 'R21'
    const missing = headersOf(sibling).filter((header) => !headersOf(category).includes(header))
    expect(missing).toEqual(['学校标识码', '身份证件号', '身份证件有效期'])
    expect(columnOf(category, 'birthPlaceCode')?.required).toBe(false)
  })

  it.each<[RegistrationCategory, RegistrationCategory]>([
    ['R21', 'R11'],
    ['R22', 'R12'],
    ['R23', 'R13'],
  ])('REG-015 %s 比 %s 多一列年级,在班号之前,必填', (other, newcomer) => {
    const headers = headersOf(other)
    expect(headers.filter((header) => header !== '年级')).toEqual(headersOf(newcomer))
    expect(headers[headers.indexOf('年级') + 1]).toBe('班号')
    expect(columnOf(other, 'gradeName')?.required).toBe(true)
  })

  it.each<[RegistrationCategory, string]>([
    ['R11', '1'],
    ['R12', '6789A'],
    ['R13', 'Z'],
    ['R21', '1'],
    ['R22', '6789A'],
    ['R23', 'Z'],
  ])('REG-005 %s 供选的证件类型是 %s,别的也读得出', (category, offered) => {
    const column = columnOf(category, 'identityType')!
    expect(column.offer?.join('')).toBe(offered)
    for (const type of '16789AZ') expect(parseCell(column, type)).toEqual({ value: type })
  })

  it('fields 1.3 非小学新生读得出高中的入学方式,小学新生读不出', () => {
    expect(parseCell(columnOf('R21', 'enrolMode')!, '体育特招')).toEqual({ value: '22' })
    expect(parseCell(columnOf('R12', 'enrolMode')!, '体育特招').fault?.code).toBe('shape.code')
  })

  it('fields 1.7、1.10 成员 2 只有居民身份证学生必填', () => {
    for (const category of CATEGORIES) {
      const required = headersOf(category, '红').filter((header) => header.startsWith('成员2'))
      expect(required).toHaveLength(REGISTRATION_ENTRIES[category].identityClass === 'resident' ? 6 : 0)
      expect(headersOf(category, '红')).toEqual(expect.arrayContaining(['成员1姓名', '成员1关系', '成员1是否监护人']))
    }
    expect(columnOf('R12', 'guardians.0.householdPlaceCode')?.required).toBe(false)
  })

  it('fields 1.1 外籍姓名可用拉丁字母,居民身份证学生不可', () => {
    for (const category of ['R12', 'R22'] as const) {
      expect(parseCell(columnOf(category, 'name')!, "Conan O'Brien")).toEqual({ value: "Conan O'Brien" })
      expect(parseCell(columnOf(category, 'name')!, '陈小文')).toEqual({ value: '陈小文' })
      expect(parseCell(columnOf(category, 'name')!, 'Alex 2').fault?.code).toBe('shape.foreignName')
      expect(parseCell(columnOf(category, 'englishName')!, '陈').fault?.code).toBe('shape.latinName')
      expect(parseCell(columnOf(category, 'englishName')!, 'Chan Siu-man')).toEqual({ value: 'Chan Siu-man' })
    }
    expect(parseCell(columnOf('R21', 'name')!, 'Alex Tester').fault?.code).toBe('shape.personName')
  })

  it('示例行自己通得过格式检查', () => {
    const filledIn = new Set(['schoolCode', 'identityNumber', 'gradeName'])
    for (const category of CATEGORIES)
      for (const column of REGISTRATION_TEMPLATES[category].columns) {
        if (filledIn.has(column.key) || (column.example === '' && !column.required)) continue
        expect([category, column.key, parseCell(column, column.example).fault]).toEqual([
          category,
          column.key,
          undefined,
        ])
      }
  })
})
