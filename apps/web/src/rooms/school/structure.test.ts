import { describe, expect, it } from 'vitest'
import type { Grade, SchoolStructure } from './structure.queries.ts'
import { classLines, classTypesOf, freeEntryYears, namesToCome, whyGradeStays } from './structure.ts'

const grade = (entryYear: number, classNumbers: string[] = [], students = 0): Grade => ({
  id: `g${entryYear}`,
  stage: 1,
  entryYear,
  name: `小学${entryYear}级`,
  levelName: '小学一年级',
  students,
  classes: classNumbers.map((classNumber) => ({
    id: classNumber,
    classNumber,
    name: classNumber,
    classType: '10',
    headTeacherName: null,
    students: 0,
  })),
})
const school = (...grades: Grade[]): SchoolStructure => ({
  schoolName: '甲校',
  schoolCode: '2144100001',
  stages: [1],
  grades,
})

describe('grades and classes', () => {
  it('lists the classes of one grade or of all', () => {
    const structure = school(grade(2026, ['2026101', '2026102']), grade(2025, ['2025101']))
    expect(classLines(structure, undefined)).toHaveLength(3)
    expect(classLines(structure, 'g2025').map((one) => one.grade.entryYear)).toEqual([2025])
  })
  it('offers entry years not yet taken, this year first', () => {
    expect(freeEntryYears(school(grade(2026), grade(2024)), 1, 2026)).toEqual([2025, 2023, 2022, 2021])
    expect(freeEntryYears(school(grade(2026)), 2, 2026)).toEqual([2026, 2025, 2024, 2023])
  })
  it('numbers on from the last class and stops at 99 (SCH-020)', () => {
    expect(namesToCome(grade(2026, ['2026101', '2026104']), 3)).toEqual({
      first: '小学2026级5班',
      last: '小学2026级7班',
    })
    expect(namesToCome(grade(2026, ['2026198']), 1)).toEqual({ first: '小学2026级99班', last: '小学2026级99班' })
    expect(namesToCome(grade(2026, ['2026198']), 2)).toBeUndefined()
  })
  it('offers class types of the stage only', () => {
    expect(classTypesOf(1, ['10', '20', '40'])).toEqual(['10'])
    expect(classTypesOf(3, ['10', '20', '40'])).toEqual(['40'])
  })
  it('says why a grade stays', () => {
    expect(whyGradeStays(grade(2026, [], 3))).toContain('学生')
    expect(whyGradeStays(grade(2026, ['2026101']))).toContain('班级')
    expect(whyGradeStays(grade(2026))).toBeUndefined()
  })
})
