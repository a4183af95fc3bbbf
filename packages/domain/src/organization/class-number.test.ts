import { describe, expect, it } from 'vitest'
import {
  className,
  classNumber,
  classTypeFits,
  gradeLevelName,
  gradeName,
  nextClassOrdinal,
  stageName,
} from './class-number.ts'
import type { Stage } from './school-kind.ts'

describe('班号 SCH-020', () => {
  it.each<[number, Stage, number, string]>([
    [2009, 1, 1, '2009101'],
    [2026, 2, 9, '2026209'],
    [2026, 3, 10, '2026310'],
    [2026, 1, 99, '2026199'],
  ])('%i 年入学、学段 %i、第 %i 班 → %s', (entryYear, stage, ordinal, expected) => {
    expect(classNumber(entryYear, stage, ordinal)).toBe(expected)
  })

  it.each<[string, string[], number | undefined]>([
    ['还没有班', [], 1],
    ['已有一班', ['2026101'], 2],
    ['次序不论', ['2026103', '2026101', '2026102'], 4],
    ['班号不可改、不再用:中间撤销的不补', ['2026101', '2026105'], 6],
    ['第 98 班之后', ['2026198'], 99],
    ['99 个班已满', ['2026199'], undefined],
    ['只有第 99 班也不回头', ['2026101', '2026199'], undefined],
  ])('%s', (_title, numbers, expected) => {
    expect(nextClassOrdinal(numbers)).toBe(expected)
  })
})

describe('班级类型与学段（codes 2.30）', () => {
  it.each<[string, Stage, boolean]>([
    ['10', 1, true],
    ['17', 1, true],
    ['20', 1, false],
    ['21', 2, true],
    ['10', 2, false],
    ['40', 3, true],
    ['20', 3, false],
  ])('类型 %s 学段 %i → %s', (classType, stage, fits) => {
    expect(classTypeFits(classType, stage)).toBe(fits)
  })
})

describe('名称(fields 3.4、3.5)', () => {
  it.each<[Stage, string, string, string, string]>([
    [1, '小学', '小学2016级', '小学一年级', '小学2016级1班'],
    [2, '初中', '初中2016级', '初中一年级', '初中2016级1班'],
    [3, '高中', '高中2016级', '高中一年级', '高中2016级1班'],
  ])('学段 %i:%s、%s、%s、%s', (stage, name, grade, level, schoolClass) => {
    expect(stageName(stage)).toBe(name)
    expect(gradeName(stage, 2016)).toBe(grade)
    expect(gradeLevelName(stage, 1)).toBe(level)
    expect(className(stage, 2016, 1)).toBe(schoolClass)
  })

  it('第一至第九级用汉字', () => {
    const levels = Array.from({ length: 9 }, (_, index) => gradeLevelName(2, index + 1).slice(2, -2))
    expect(levels.join('')).toBe('一二三四五六七八九')
  })

  it.each([
    [10, '小学10年级'],
    [0, '小学0年级'],
  ])('第 %i 级 → %s', (level, expected) => {
    expect(gradeLevelName(1, level)).toBe(expected)
  })
})
