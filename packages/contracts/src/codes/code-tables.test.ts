import { GUARDIAN_FIELDS, STUDENT_FIELDS } from '@xueji/domain/student/field-catalogue'
import { STUDY_STATUSES } from '@xueji/domain/student/study-status'
import { describe, expect, it } from 'vitest'
import { defineCodeList, defineCodes } from './code-table.ts'
import { CODE_TABLES, codeTable } from './code-tables.ts'

const TABLES = Object.entries(CODE_TABLES)

describe('每一张代码表', () => {
  it.each(TABLES)('%s:代码、名称各不相同,名称、代码都读得回', (key, table) => {
    expect(table.name).toBe(key)
    expect(new Set(table.entries.map((entry) => entry.code)).size).toBe(table.entries.length)
    expect(new Set(table.entries.map((entry) => entry.name)).size).toBe(table.entries.length)
    for (const { code, name } of table.entries) {
      expect(code).toMatch(/^[0-9A-Za-z]+$/)
      expect(name).toMatch(/^\S+$/)
      expect([name, table.parse(name)]).toEqual([name, code])
      expect([code, table.parse(code)]).toEqual([code, code])
      expect(table.label(code)).toBe(name)
    }
  })

  it.each(TABLES)('%s:不认识的不猜,显示原样', (_key, table) => {
    for (const text of ['', '没有这一项', 'constructor', '__proto__', 'undefined', ' '])
      expect([text, table.parse(text)]).toEqual([text, undefined])
    expect(table.label('没有这一项')).toBe('没有这一项')
    expect(table.label('__proto__')).toBe('__proto__')
    expect(table.label('')).toBe('')
    expect(table.label(null)).toBe('')
    expect(table.label(undefined)).toBe('')
  })

  it.each<[string, number]>([
    ['YESNO', 2],
    ['GENDER', 2],
    ['IDTYPE', 7],
    ['IDTYPE_GUARDIAN', 8],
    ['ETHNIC', 60],
    ['HMT', 16],
    ['POLITICAL', 4],
    ['HEALTH', 5],
    ['HUKOU', 2],
    ['ENROLL', 6],
    ['BOARD', 2],
    ['SOURCE', 3],
    ['RELATION', 5],
    ['BLOOD', 10],
    ['COMMUTE', 6],
    ['STATUS', 16],
    ['STAGE', 3],
    ['REGCAT', 6],
    ['PROBLEM_TYPE', 3],
    ['COUNTRY', 251],
    ['SCHTYPE', 13],
    ['FLOWSCH', 3],
    ['URBAN', 7],
    ['FOUNDER', 12],
    ['CLASSTYPE', 19],
    ['BIZ', 45],
  ])('%s 有 %i 项(codes.md)', (name, count) => {
    expect(codeTable(name).entries).toHaveLength(count)
  })

  it('字段目录所用的代码表都在', () => {
    for (const field of [...STUDENT_FIELDS, ...GUARDIAN_FIELDS] as { key: string; codes?: string }[])
      if (field.codes) expect(codeTable(field.codes).name).toBe(field.codes)
  })

  it('codes 2.22 就读状态与领域一致', () => {
    expect(codeTable('STATUS').entries.map((entry) => entry.code)).toEqual([...STUDY_STATUSES])
  })

  it.each(['NOTHING', '', 'constructor', 'toString', '__proto__'])('没有名为 %j 的代码表', (name) => {
    expect(() => codeTable(name)).toThrow(`unknown code table ${name}`)
  })
})

describe('名称与代码(codes.md)', () => {
  it.each<[string, string, string]>([
    ['GENDER', '1', '男'],
    ['IDTYPE', 'Z', '其他'],
    ['IDTYPE', '8', '台湾居民来往大陆通行证'],
    ['IDTYPE_GUARDIAN', 'B', '户口簿'],
    ['ETHNIC', '56', '基诺族'],
    ['ETHNIC', '98', '外国血统中国籍人士'],
    ['HMT', '00', '否'],
    ['POLITICAL', '13', '群众'],
    ['HEALTH', '10', '健康或良好'],
    ['ENROLL', '12', '义务教育阶段其他'],
    ['RELATION', '60', '祖父母或外祖父母'],
    ['COMMUTE', '2', '自行车(含摩托车、电动自行车)'],
    ['COUNTRY', 'CHN', '中国'],
    ['COUNTRY', 'TWN', '中国台湾'],
    ['COUNTRY', 'BES', '博纳尔、圣俄斯塔休斯和萨巴'],
    ['COUNTRY', 'ZWE', '津巴布韦'],
    ['COUNTRY', 'XXA', '无国籍'],
    ['STATUS', 'QZZ', '去中职就读'],
    ['SCHTYPE', '312', '九年一贯制学校'],
    ['CLASSTYPE', '40', '普通高中班'],
    ['BIZ', '1', '居民身份证小学新生注册'],
    ['BIZ', '18', '出境'],
    ['BIZ', '24', '辍学'],
    ['BIZ', '45', '毕业后跨省就学'],
    ['PROBLEM_TYPE', '1', '身份证件号错误'],
  ])('%s %s = %s', (table, code, name) => {
    expect(codeTable(table).label(code)).toBe(name)
  })

  it('codes §6 中国及港澳台置顶', () => {
    expect(
      codeTable('COUNTRY')
        .entries.slice(0, 4)
        .map((entry) => entry.code),
    ).toEqual(['CHN', 'HKG', 'MAC', 'TWN'])
  })

  it('codes 2.2 学生不开放户口簿,家庭成员其余与学生相同', () => {
    expect(codeTable('IDTYPE').parse('户口簿')).toBeUndefined()
    expect(codeTable('IDTYPE').parse('B')).toBeUndefined()
    const guardian = codeTable('IDTYPE_GUARDIAN').entries.filter((entry) => entry.code !== 'B')
    expect(guardian).toEqual(codeTable('IDTYPE').entries)
  })
})

describe('导入时接受的写法', () => {
  it.each<[string, string, string]>([
    ['GENDER', '男性', '1'],
    ['GENDER', '女性', '2'],
    ['IDTYPE', '身份证', '1'],
    ['IDTYPE', '境外永久居留证', '9'],
    ['IDTYPE', 'a', 'A'],
    ['IDTYPE_GUARDIAN', '户口薄', 'B'],
    ['IDTYPE_GUARDIAN', '户口本', 'B'],
    ['IDTYPE_GUARDIAN', '身份证', '1'],
    ['IDTYPE_GUARDIAN', '境外永久居留证', '9'],
    ['ETHNIC', '毛难族', '36'],
    ['ETHNIC', '崩龙族', '46'],
    ['POLITICAL', '中国共产党党员', '01'],
    ['POLITICAL', '中国共产党预备党员', '02'],
    ['POLITICAL', '中国共产主义青年团团员', '03'],
    ['POLITICAL', '少先队员', '13'],
    ['HUKOU', '农业', '1'],
    ['HUKOU', '非农业', '2'],
    ['RELATION', '祖父', '60'],
    ['RELATION', '外祖母', '60'],
    ['BLOOD', 'A型', '1'],
    ['BLOOD', 'O型', '4'],
    ['COMMUTE', '自行车', '2'],
    ['COMMUTE', '公共交通', '3'],
    ['COMMUTE', '自行车（含摩托车、电动自行车）', '2'],
    ['COMMUTE', '自行车(含摩托车,电动自行车)', '2'],
    ['COMMUTE', '公共交通（含城市公交，农村客运，地铁）', '3'],
    ['COUNTRY', '香港', 'HKG'],
    ['COUNTRY', '澳门', 'MAC'],
    ['COUNTRY', '台湾', 'TWN'],
    ['COUNTRY', '中华人民共和国', 'CHN'],
    ['COUNTRY', 'chn', 'CHN'],
    ['COUNTRY', '科科斯(基林)群岛', 'CCK'],
    ['COUNTRY', '科科斯（基林）群岛', 'CCK'],
    ['BIZ', '省内转学（转出）', '29'],
    ['BIZ', '省内转学', '20'],
    ['FLOWSCH', '普通中小学', 'ordinary'],
    ['YESNO', '是', '1'],
    ['YESNO', '否', '0'],
  ])('%s “%s” → %s', (table, text, code) => {
    expect(codeTable(table).parse(text)).toBe(code)
  })
})

describe('自己造的表', () => {
  it('名称胜过另一行的相同代码;别名只用于读', () => {
    const table = defineCodeList(
      'T',
      [
        ['1', '甲'],
        ['2', '1'],
      ],
      { 乙: '2' },
    )
    expect(table.parse('1')).toBe('2')
    expect(table.parse('甲')).toBe('1')
    expect(table.parse('乙')).toBe('2')
    expect(table.label('乙')).toBe('乙')
    expect(table.entries).toEqual([
      { code: '1', name: '甲' },
      { code: '2', name: '1' },
    ])
  })

  it('写成一行:以第一个短横线分开代码与名称', () => {
    expect(defineCodes('T', '1-甲 2-乙-丙').entries).toEqual([
      { code: '1', name: '甲' },
      { code: '2', name: '乙-丙' },
    ])
  })
})
