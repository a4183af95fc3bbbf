import { describe, expect, it } from 'vitest'
import type { Gender } from '../identity/identity-number.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import {
  formalNumber,
  isStudentNumber,
  nextSequence,
  sequenceOf,
  temporaryNumber,
  temporaryPrefix,
} from './student-number.ts'

const day = (text: string) => text as PlainDate
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('NUM-001 学籍号 19 位', () => {
  it.each<[string, boolean, string]>([
    ['G110101201503150018', true, '正式'],
    ['G11010120150315001X', true, '正式,末位 X'],
    ['L440202201503150016', true, '临时'],
    ['L44162320030616008X', true, '临时,末位 X'],
    ['L4416232003061600A6', true, '顺序码含字母'],
    ['J440202201503150016', true, '教育'],
    ['A440202201503150016', false, '首位不在 G、L、J 之列'],
    ['g110101201503150018', false, '小写'],
    ['G11010120150315001x', false, '末位小写 x'],
    ['G11010120150315001A', false, '末位是其他字母'],
    ['G1101012015031500a8', false, '中间小写'],
    ['G11010120150315001', false, '18 位'],
    ['G1101012015031500188', false, '20 位'],
    ['110101201503150018', false, '没有首字母'],
    ['G110101201503150018\n', false, '带换行'],
    ['', false, '空'],
  ])('%j → %s(%s)', (text, expected) => {
    expect(isStudentNumber(text)).toBe(expected)
  })
})

describe('NUM-003 正式号', () => {
  it.each([
    ['110101201503150018', 'G110101201503150018'],
    ['11010120150315000x', 'G11010120150315000X'],
  ])('%s → %s', (identityNumber, expected) => {
    expect(formalNumber(identityNumber)).toBe(expected)
    expect(isStudentNumber(expected)).toBe(true)
  })
})

describe('NUM-004 临时号', () => {
  it.each<[string, string, string, number]>([
    ['L44162320030616008X', '441623', '2003-06-16', 0x8],
    ['L4416232003061600A6', '441623', '2003-06-16', 10],
    ['L4416232003061600C2', '441623', '2003-06-16', 12],
    ['L370102200104240155', '370102', '2001-04-24', 36 + 5],
    ['L460202198906180024', '460202', '1989-06-18', 2],
  ])('规则所列样本 %s = 区划 %s + 出生日期 %s + 顺序码 %i', (expected, region, birth, sequence) => {
    const prefix = temporaryPrefix(region, day(birth))
    expect(prefix).toBe(expected.slice(0, 15))
    expect(temporaryNumber(prefix, sequence)).toBe(expected)
    expect(sequenceOf(expected)).toBe(sequence)
  })

  it('E2E-02 440202、2015-03-15 的第一个男生是 L440202201503150016', () => {
    const sequence = nextSequence(new Set(), '1')!
    expect(temporaryNumber(temporaryPrefix('440202', day('2015-03-15')), sequence)).toBe('L440202201503150016')
  })

  it('全部 46655 个顺序码:形态合法、互不相同、可还原', () => {
    const prefix = temporaryPrefix('440202', day('2020-03-15'))
    const seen = new Set<string>()
    for (const sequence of range(1, 36 ** 3 - 1)) {
      const number = temporaryNumber(prefix, sequence)
      if (!isStudentNumber(number) || !number.startsWith(prefix)) expect.fail(number)
      if (sequenceOf(number) !== sequence) expect.fail(`${number} holds ${sequenceOf(number)}, not ${sequence}`)
      seen.add(number)
    }
    expect(seen.size).toBe(46_655)
  })

  it.each([
    [1, '001'],
    [35, '00Z'],
    [36, '010'],
    [1295, '0ZZ'],
    [1296, '100'],
    [46_655, 'ZZZ'],
  ])('顺序 %i 写作 %s', (sequence, written) => {
    expect(temporaryNumber('L44020220200315', sequence).slice(15, 18)).toBe(written)
  })
})

describe('NUM-005 顺序码取最小未用值,奇男偶女', () => {
  it.each<[string, number[], Gender, number | undefined]>([
    ['第一个男生', [], '1', 1],
    ['第一个女生', [], '2', 2],
    ['第二个男生', [1], '1', 3],
    ['第二个女生', [2], '2', 4],
    ['女生的号不影响男生', [2, 4, 6], '1', 1],
    ['男生的号不影响女生', [1, 3, 5], '2', 2],
    ['补中间的空号', [1, 3, 7], '1', 5],
    ['补女生中间的空号', [2, 6, 8], '2', 4],
    ['越过字母:008 之后是 00A', [2, 4, 6, 8], '2', 10],
    ['无关的 0 号', [0], '2', 2],
    ['男生用尽', range(1, 46_655).filter((sequence) => sequence % 2 === 1), '1', undefined],
    ['女生用尽', range(1, 46_655).filter((sequence) => sequence % 2 === 0), '2', undefined],
    ['只剩最后一个男生号', range(1, 46_654), '1', 46_655],
    ['只剩最后一个女生号', range(1, 46_653), '2', 46_654],
  ])('%s', (_title, used, gender, expected) => {
    expect(nextSequence(new Set(used), gender)).toBe(expected)
  })

  it('所得顺序码写成三位后,末位值的奇偶合乎性别', () => {
    for (const gender of ['1', '2'] as const) {
      const used = new Set<number>()
      for (let count = 0; count < 2_000; count++) {
        const sequence = nextSequence(used, gender)!
        const last = Number.parseInt(temporaryNumber('L44020220200315', sequence)[17]!, 36)
        expect(last % 2 === 1).toBe(gender === '1')
        expect(used.has(sequence)).toBe(false)
        used.add(sequence)
      }
    }
  })
})
