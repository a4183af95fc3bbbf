import { describe, expect, it } from 'vitest'
import { isLatinName, isPersonName } from './person-name.ts'

describe('姓名(fields 1.1)', () => {
  it.each<[string, boolean, string]>([
    ['张三', true, '两个汉字'],
    ['欧阳修文', true, '复姓'],
    ['王', false, '一个字'],
    ['𠮷田', true, 'BMP 以外的汉字按一个字算'],
    ['𠮷', false, '一个 BMP 以外的汉字不够两个字'],
    ['张䶮', true, '扩展 A 区'],
    ['李𬭛', true, '扩展 E 区'],
    ['〇一', true, '〇'],
    ['汉'.repeat(50), true, '50 字'],
    ['汉'.repeat(51), false, '51 字'],
    ['𠮷'.repeat(50), true, '50 个 BMP 以外的汉字'],
    ['买买提·艾力', true, '少数民族姓名'],
    ['阿卜杜拉·买买提·阿不都热合曼', true, '两个间隔号'],
    ['·买买提', false, '间隔号在首'],
    ['买买提·', false, '间隔号在尾'],
    ['买买提··艾力', false, '连续间隔号'],
    ['买买提•艾力', false, '不是规定的间隔号'],
    ['张 三', false, '空格'],
    ['张3', false, '数字'],
    ['张三!', false, '标点'],
    ['张三(大)', false, '括号'],
    ['张三a', false, '夹字母'],
    ['Zhang San', false, '拉丁字母'],
    ['ヤマダ', false, '假名'],
    ['😀😀', false, '表情'],
    ['张三\n', false, '换行'],
    ['', false, '空'],
  ])('%j → %s(%s)', (name, expected) => {
    expect(isPersonName(name)).toBe(expected)
    if (expected) expect(isPersonName(name, true)).toBe(true)
  })

  it.each<[string, boolean, string]>([
    ['John Smith', true, '空格'],
    ["Conan O'Brien", true, '撇号'],
    ['Anne-Marie Müller', true, '连字符与变音'],
    ['José·García', true, '间隔号'],
    ['J. R. Smith', true, '缩写'],
    ['Li', true, '两个字母'],
    ['X', false, '一个字母'],
    ['John3', false, '数字'],
    [' John', false, '首空格'],
    ['John ', false, '尾空格'],
    ['-John', false, '首连字符'],
    ['John   Smith', false, '三个空格'],
    ['John_Smith', false, '下划线'],
    ['张John', false, '汉字与字母混写'],
    ['Иван', false, '西里尔字母'],
    ['a'.repeat(51), false, '51 个字母'],
  ])('允许拉丁字母时 %j → %s(%s)', (name, expected) => {
    expect(isPersonName(name, true)).toBe(expected)
    expect(isPersonName(name)).toBe(false)
    expect(isPersonName(name, false)).toBe(false)
  })

  it('几千字的名字很快被拒绝', () => {
    expect(isPersonName('汉·'.repeat(5_000), true)).toBe(false)
    expect(isPersonName(`${'a '.repeat(5_000)}!`, true)).toBe(false)
  })
})

describe('英文姓名(fields 1.10)', () => {
  it.each<[string, boolean]>([
    ['Alex Tester', true],
    ["Conan O'Brien", true],
    ['José', true],
    ['A', false],
    ['A'.repeat(101), false],
    ['张三', false],
    ['Alex 张', false],
    ['Alex2', false],
    ['', false],
  ])('%j → %s', (name, expected) => {
    expect(isLatinName(name)).toBe(expected)
  })
})
