import { identityClassOf } from '@xueji/domain/identity/identity-type'
import { STUDENT_FIELDS } from '@xueji/domain/student/field-catalogue'
import { describe, expect, it } from 'vitest'
import { parseCell } from '../../template/parse-cell.ts'
import { EXAMPLE_MARK, formTemplate, studentColumn } from '../../template/template.ts'
import { RESIDENT_NEWCOMER_TEMPLATE } from './registration.template.ts'

const { columns } = RESIDENT_NEWCOMER_TEMPLATE

/** fields.md, 二期列 1–73 in order, with 红 of the 居 column: name in that document, identifier here. */
const SPECIFIED = `
学校标识码 schoolCode 红|姓名 name 红|性别 gender 红|出生日期 birthDate 红|出生地 birthPlaceCode 红|籍贯 nativePlace 红
民族 ethnicity 红|国籍/地区 nationality 红|身份证件类型 identityType 红|身份证件号 identityNumber 红|港澳台侨外 overseasType 红
健康状况 healthStatus 红|政治面貌 politicalStatus 黑|户口性质 householdType 红|户口所在地 householdPlaceCode 红
校区号 campusNumber 黑|班号 classNumber 黑|入学年月 enrolledMonth 红|入学方式 enrolMode 红|就读方式 boardingMode 红
现住址 currentAddress 红|通信地址 mailAddress 红|家庭地址 homeAddress 红|联系电话 phone 红|邮政编码 postcode 红
是否独生子女 isOnlyChild 红|是否受过学前教育 hadPreschool 红|是否留守儿童 isLeftBehind 红|是否农村留守儿童 isRuralLeftBehind 红
是否残疾人 isDisabled 红|是否需要申请资助 needsAid 红|是否享受一补 getsBoardingSubsidy 红|是否孤儿 isOrphan 红
是否烈士或优抚子女 isMartyrChild 红|是否随迁子女 isMigrant 红|是否进城务工人员随迁子女 isMigrantWorkerChild 红
上下学距离(公里) schoolDistance 红|上下学交通方式 commuteMode 红|是否需要乘坐校车 needsSchoolBus 红|曾用名 formerName 黑
身份证件有效期 identityValidPeriod 黑|血型 bloodType 黑|特长 specialty 黑|学籍辅号 auxiliaryNumber 黑|班内学号 seatNumber 黑
学生来源 studentSource 黑|电子信箱 email 黑|主页地址 homepage 黑|是否由政府购买学位 hasPurchasedPlace 黑
${[0, 1].map(memberColumns).join('\n')}`
  .trim()
  .split(/[|\n]/)
  .map((line) => line.split(' ') as [string, string, '红' | '黑'])

/** fields 1.7 in the order of 2013# 49–60. */
function memberColumns(index: number): string {
  const fields = `姓名 name 红|关系 relation 红|关系说明 relationNote 黑|民族 ethnicity 黑|工作单位 workUnit 黑|现住址 currentAddress 红
户口所在地 householdPlaceCode 红|联系电话 phone 红|是否监护人 isGuardian 红|身份证件类型 identityType 黑|身份证件号 identityNumber 黑|职务 jobTitle 黑`
  return fields.replace(/(^|[|\n])(\S+) (\S+)/g, `$1成员${index + 1}$2 guardians.${index}.$3`)
}

describe('居民身份证小学新生模板(fields 0、1.1–1.7,二期列)', () => {
  it('73 列', () => {
    expect(SPECIFIED).toHaveLength(73)
    expect(columns).toHaveLength(73)
  })

  it.each(SPECIFIED.map(([header, key, colour], index) => [index + 1, header, key, colour] as const))(
    '第 %i 列 %s(%s)%s',
    (position, header, key, colour) => {
      const column = columns[position - 1]!
      expect([column.header, column.key, column.required]).toEqual([header, key, colour === '红'])
    },
  )

  it('列名与别名互不相同:一个列名只指一列', () => {
    const names = columns.flatMap((column) => [column.header, ...(column.aliases ?? [])])
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(columns.map((column) => column.key)).size).toBe(73)
  })

  it('字段目录里的每个字段都在模板里,姓名拼音是“系”,英文姓名只在港澳台和外籍模板里(fields 1.2, 1.10)', () => {
    const keys = new Set(columns.map((column) => column.key))
    expect(STUDENT_FIELDS.filter((field) => !keys.has(field.key)).map((field) => field.key)).toEqual([
      'englishName',
      'namePinyin',
    ])
  })

  it('表单比模板多一项姓名拼音,在辅助信息之首', () => {
    const keys = formTemplate(RESIDENT_NEWCOMER_TEMPLATE).columns.map((column) => column.key)
    expect(keys.filter((key) => !columns.some((column) => column.key === key))).toEqual(['namePinyin'])
    expect(keys[keys.indexOf('namePinyin') + 1]).toBe('householdType')
    const own = { ...RESIDENT_NEWCOMER_TEMPLATE, columns: [studentColumn('namePinyin', false, '')] }
    expect(formTemplate(own)).toBe(own)
  })

  it('示例行:除学校标识码与证件号外,自己也通得过格式检查;整行不会当作学生', () => {
    for (const column of columns) {
      if (column.key === 'schoolCode' || column.key === 'identityNumber') continue
      if (column.example === '') expect([column.key, column.required]).toEqual([column.key, false])
      else expect([column.key, parseCell(column, column.example).fault]).toEqual([column.key, undefined])
    }
    const identity = columns.find((column) => column.key === 'identityNumber')!
    expect(identity.example.startsWith(EXAMPLE_MARK)).toBe(true)
    expect(EXAMPLE_MARK).toBe('示例')
  })

  it.each(['身份证号', '身份证件号码', '身份证号码'])('身份证件号也认“%s”', (alias) => {
    expect(columns.filter((column) => column.aliases?.includes(alias)).map((column) => column.key)).toEqual([
      'identityNumber',
    ])
  })

  it('REG-005 证件类型列读得出所有学生证件,由规则说明走错入口', () => {
    const column = columns.find((one) => one.key === 'identityType')!
    for (const type of ['1', '6', '7', '8', '9', 'A', 'Z'] as const) {
      expect(parseCell(column, type)).toEqual({ value: type })
      expect(identityClassOf(type)).toBeDefined()
    }
    expect(parseCell(column, '户口簿')).toMatchObject({ fault: { code: 'shape.code' } })
  })

  it.each([
    ['统一招生考试/普通入学', undefined],
    ['高中阶段其他', undefined],
    ['就近入学', '11'],
  ])('fields 1.3 入学方式“%s” → %s', (text, expected) => {
    expect(parseCell(columns.find((one) => one.key === 'enrolMode')!, text).value).toBe(expected)
  })

  it('列宽装得下列名', () => {
    for (const column of columns) expect(column.width).toBeGreaterThan(column.header.length * 2)
  })

  it('没有的字段造不出列', () => {
    expect(() => studentColumn('schoolName', true, '')).toThrow('no student field schoolName')
  })
})
