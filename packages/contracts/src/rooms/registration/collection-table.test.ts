import { describe, expect, it } from 'vitest'
import { COLLECTION_NOTES, COLLECTION_TABLE, collectedTexts } from './collection-table.ts'

const items = COLLECTION_TABLE.flatMap((section) => section.items)

describe('2022 修订采集表(fields 1.11)', () => {
  it('37 项,编号连续', () => {
    expect(items.map((item) => item.number)).toEqual(Array.from({ length: 37 }, (_, at) => at + 1))
  })

  it('名称与★依规定', () => {
    const line = (from: number, to: number): string =>
      items
        .slice(from - 1, to)
        .map((item) => `${item.number} ${item.label}${item.required ? '★' : ''}`)
        .join(' ')
    expect(line(1, 17)).toBe(
      '1 姓名★ 2 曾用名 3 性别★ 4 国籍/地区★ 5 港澳台侨外★ 6 民族★ 7 身份证件类型★ 8 身份证件号★ 9 出生日期★ 10 现居住详细地址★ ' +
        '11 户口所在地具体地址★ 12 年级★ 13 班级★ 14 政治面貌★ 15 是否寄宿生★ 16 是否残疾人★ 17 是否农村留守儿童★',
    )
    const member = (first: number): string =>
      [
        '姓名★',
        '关系★',
        '是否监护人★',
        '民族',
        '身份证件类型★',
        '身份证号★',
        '工作单位',
        '户口所在地具体地址★',
        '联系电话★',
      ]
        .map((name, at) => `${first + at} ${name}`)
        .join(' ')
    expect(line(18, 26)).toBe(member(18))
    expect(line(27, 35)).toBe(member(27))
    expect(line(36, 37)).toBe('36 残疾类型 37 特教学生就读类型')
  })

  it('代码印名称,区划印全名,住校即寄宿生', () => {
    const texts = collectedTexts({
      values: {
        name: '测试甲',
        gender: '2',
        nationality: 'CHN',
        overseasType: '00',
        identityType: '1',
        birthDate: '2020-03-15',
        currentAddress: '某某路 1 号',
        householdPlaceCode: '440203000000',
        boardingMode: '2',
        isDisabled: '0',
        'guardians.0.relation': '52',
        'guardians.0.isGuardian': '1',
        'guardians.1.identityType': 'B',
      },
      gradeName: '小学2026级',
      className: '小学2026级1班',
      placeName: (code) => (code === '440203000000' ? '广东省韶关市武江区' : code),
    })
    const shown = Object.fromEntries(texts.flatMap((text, at) => (text ? [[at + 1, text]] : [])))
    expect(shown).toEqual({
      1: '测试甲',
      3: '女',
      4: '中国',
      5: '否',
      7: '居民身份证',
      9: '2020-03-15',
      10: '某某路 1 号',
      11: '广东省韶关市武江区',
      12: '小学2026级',
      13: '小学2026级1班',
      15: '是',
      16: '否',
      19: '母亲',
      20: '是',
      31: '户口簿',
    })
  })

  it('填表说明列出可填的名称', () => {
    expect(COLLECTION_NOTES.join()).toContain('台湾居民来往大陆通行证')
    expect(COLLECTION_NOTES.join()).toContain('祖父母或外祖父母')
  })
})
