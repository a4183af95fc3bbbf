import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../kernel/plain-date.ts'
import { createSeeded } from '../testing/seeded.ts'
import type { IdentityNumberFault } from './identity-number.ts'
import { birthDateOf, checkCharacter, findIdentityNumberFault, genderOf, isProvinceCode } from './identity-number.ts'

const TODAY = '2026-09-05' as PlainDate
const withCheck = (body: string) => body + checkCharacter(body)

describe('居民身份证号 GB 11643-1999', () => {
  it.each<[string, string, IdentityNumberFault | undefined]>([
    ['IDN-002 例:正确', '110101201503150018', undefined],
    ['IDN-002 例:校验位错', '110101201503150019', 'identity.checkCharacter'],
    ['IDN-002 例:日期非法(2013-02-29)', '11010520130229001X', 'identity.birthDate'],
    ['IDN-002 末位 X', withCheck('11010120150315000'), undefined],
    ['IDN-001 小写 x 须先转大写', '44020220150315005x', 'identity.characters'],
    ['IDN-001 15 位旧号', '110101150315001', 'identity.oldFormat'],
    ['IDN-001 15 位但不全是数字', '11010115031500X', 'identity.length'],
    ['IDN-001 17 位', '11010120150315001', 'identity.length'],
    ['IDN-001 19 位', '1101012015031500188', 'identity.length'],
    ['IDN-001 空', '', 'identity.length'],
    ['IDN-001 中间有字母', '11010120150315A018', 'identity.characters'],
    ['IDN-001 X 不在末位', '1101012015031500X8', 'identity.characters'],
    ['IDN-001 末位是其他字母', '11010120150315001A', 'identity.characters'],
    ['IDN-001 全角数字', '１１０１０１201503150018', 'identity.characters'],
    ['IDN-001 夹空格', '110101 01503150018', 'identity.characters'],
    ['IDN-004 省码 00', withCheck('00010120150315001'), 'identity.province'],
    ['IDN-004 省码 99', withCheck('99010120150315001'), 'identity.province'],
    ['IDN-004 只查前两位,区县不在表中不算错', withCheck('44999920150315001'), undefined],
    ['IDN-003 13 月', withCheck('11010120151315001'), 'identity.birthDate'],
    ['IDN-003 0 日', withCheck('11010120150300001'), 'identity.birthDate'],
    ['IDN-003 生于当日', withCheck('11010120260905001'), undefined],
    ['IDN-003 生于次日', withCheck('11010120260906001'), 'identity.birthDate'],
    ['IDN-003 1900-01-01', withCheck('11010119000101001'), undefined],
    ['IDN-003 1899-12-31', withCheck('11010118991231001'), 'identity.birthDate'],
    ['IDN-003 闰日', withCheck('11010120200229001'), undefined],
    ['IDN-003 1900 年不是闰年', withCheck('11010119000229001'), 'identity.birthDate'],
  ])('%s:%s → %s', (_title, number, expected) => {
    expect(findIdentityNumberFault(number, TODAY)).toBe(expected)
  })

  it('IDN-002 校验位:按 GB 11643 附录的两个例子', () => {
    expect(checkCharacter('11010519491231002')).toBe('X')
    expect(checkCharacter('44052418800101001')).toBe('4')
  })

  it('IDN-002 校验位与 ISO 7064 MOD 11-2 的递推算法一致', () => {
    const seeded = createSeeded(7064)
    for (let run = 0; run < 2_000; run++) {
      const body = Array.from({ length: 17 }, () => String(seeded.int(0, 9))).join('')
      const sum = [...body].reduce((carried, digit) => ((carried + Number(digit)) * 2) % 11, 0)
      expect(body + checkCharacter(body)).toBe(body + '0123456789X'[(12 - sum) % 11])
    }
  })

  it('IDN-002 任一位填错、相邻两位颠倒都查得出', () => {
    const seeded = createSeeded(11643)
    for (let run = 0; run < 300; run++) {
      const number = randomNumber(seeded)
      expect(findIdentityNumberFault(number, TODAY), number).toBeUndefined()
      for (let index = 0; index < 18; index++) {
        const wrong = [...(index === 17 ? '0123456789X' : '0123456789')].filter((digit) => digit !== number[index])
        for (const digit of wrong) {
          const typed = number.slice(0, index) + digit + number.slice(index + 1)
          if (!findIdentityNumberFault(typed, TODAY)) expect.fail(`${number} typed as ${typed} passes`)
        }
        const swapped = number.slice(0, index) + (number[index + 1] ?? '') + number[index] + number.slice(index + 2)
        if (index < 17 && swapped !== number && !findIdentityNumberFault(swapped, TODAY))
          expect.fail(`${number} typed as ${swapped} passes`)
      }
    }
  })

  it('NUM-004 字母按 36 进制参与校验(A=10 … Z=35)', () => {
    // Weight of the first place is 7: A adds 70, Z adds 245.
    expect(checkCharacter('A0000000000000000')).toBe('10X98765432'[70 % 11])
    expect(checkCharacter('Z0000000000000000')).toBe('10X98765432'[245 % 11])
    expect(checkCharacter('00000000000000000')).toBe('1')
  })

  it.each<[string, string | undefined]>([
    ['110101201503150018', '2015-03-15'],
    ['11010520130229001X', undefined],
  ])('IDN-003 %s 的出生日期 %s', (number, birth) => {
    expect(birthDateOf(number)).toBe(birth)
  })

  it('IDN-005 第 17 位奇男偶女', () => {
    const genders = [...'0123456789'].map((digit) => genderOf(`1101012015031500${digit}8`))
    expect(genders).toEqual(['2', '1', '2', '1', '2', '1', '2', '1', '2', '1'])
  })
})

describe('IDN-004 省码(codes §1)', () => {
  const inUse =
    '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 66 71 81 82'.split(
      ' ',
    )
  // 83 heads the numbers of 台湾居民居住证, which the code table of the specification does not list.
  const known = new Set([...inUse, '83'])

  it.each(inUse)('%s 有效', (code) => {
    expect(isProvinceCode(code)).toBe(true)
  })

  it('其余两位数字、多位或空都无效', () => {
    const admitted = Array.from({ length: 100 }, (_, index) => String(index).padStart(2, '0')).filter(isProvinceCode)
    expect(admitted.filter((code) => !known.has(code))).toEqual([])
    expect(['', '4', '440', '4 ', '44 '].filter(isProvinceCode)).toEqual([])
  })
})

function randomNumber(seeded: ReturnType<typeof createSeeded>): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const area = `${seeded.pick(['11', '44', '65', '50'])}${two(seeded.int(1, 99))}${two(seeded.int(1, 99))}`
  const birth = `${seeded.int(1950, 2025)}${two(seeded.int(1, 12))}${two(seeded.int(1, 28))}`
  return withCheck(area + birth + String(seeded.int(1, 999)).padStart(3, '0'))
}
