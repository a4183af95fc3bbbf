import { describe, expect, it } from 'vitest'
import type { IdentityClass, IdentityType } from './identity-type.ts'
import { canonicalIdentityNumber, identityClassOf, isOverseasNumber } from './identity-type.ts'

describe('证件类型与模板类(codes 2.2、2.3,REG-001)', () => {
  it.each<[IdentityType, string, IdentityClass | undefined]>([
    ['1', '居民身份证', 'resident'],
    ['6', '香港', 'overseas'],
    ['7', '澳门', 'overseas'],
    ['8', '台湾', 'overseas'],
    ['9', '境外永久居住证', 'overseas'],
    ['A', '护照', 'overseas'],
    ['Z', '其他', 'undocumented'],
    ['B', '户口簿:学生不可用', undefined],
  ])('%s %s → %s', (type, _name, expected) => {
    expect(identityClassOf(type)).toBe(expected)
  })
})

describe('IDN-001、IDN-010 号码先去空格、转大写', () => {
  it.each([
    [' 1101 0120 1503 1500 1x ', '11010120150315001X'],
    ['h123456(7)', 'H123456(7)'],
    ['\u3000ab\t12\n', 'AB12'],
    ['', ''],
  ])('%j → %j', (raw, expected) => {
    expect(canonicalIdentityNumber(raw)).toBe(expected)
  })
})

describe('IDN-010 港澳台和外籍证件号', () => {
  it.each<[IdentityType, string, boolean, string]>([
    ['6', 'H123456(7)', true, '香港身份证带括号'],
    ['6', 'H12345', true, '6 位'],
    ['6', 'H1234', false, '5 位'],
    ['6', 'H'.repeat(20), true, '20 位'],
    ['6', 'H'.repeat(21), false, '21 位'],
    ['6', 'h123456', false, '小写'],
    ['6', 'H1234-6', false, '短横线'],
    ['7', '1234567(8)', true, '澳门身份证带括号'],
    ['7', '12345', false, '5 位'],
    ['8', '12345678', true, '8 位'],
    ['8', '1234567', false, '7 位'],
    ['8', '1234567(8)', false, '台湾通行证不含括号'],
    ['8', 'T'.repeat(21), false, '21 位'],
    ['9', 'CHN110101015031', true, '15 位'],
    ['9', 'CHN1101010150', false, '13 位'],
    ['9', 'CHN11010101503', false, '14 位'],
    ['9', '911101201503150018', true, '18 位'],
    ['9', '9111012015031500180', false, '19 位'],
    ['A', 'E1234', true, '5 位'],
    ['A', 'E123', false, '4 位'],
    ['A', 'P'.repeat(20), true, '20 位'],
    ['A', 'P'.repeat(21), false, '21 位'],
    ['A', 'E 1234', false, '夹空格'],
    ['A', '', false, '空'],
    ['1', '110101201503150018', false, '居民身份证另有规则'],
    ['B', 'ABC123', false, '户口簿不是学生证件'],
    ['Z', 'ABC123', false, '无证件没有号'],
  ])('类型 %s 号码 %s → %s(%s)', (type, number, expected) => {
    expect(isOverseasNumber(type, number)).toBe(expected)
  })
})
