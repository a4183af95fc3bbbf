import { className, classTypeFits, nextClassOrdinal, stageName } from '@xueji/domain/organization/class-number'
import type { Stage } from '@xueji/domain/organization/school-kind'
import type { Grade, SchoolClass, SchoolStructure } from './structure.queries.ts'

/** A class with the grade it belongs to, as the list shows it. */
export type ClassLine = SchoolClass & { readonly grade: Grade }

/** The classes of one grade, or of all when none is chosen. */
export const classLines = (structure: SchoolStructure, gradeId: string | undefined): ClassLine[] =>
  structure.grades
    .filter((grade) => !gradeId || grade.id === gradeId)
    .flatMap((grade) => grade.classes.map((one) => ({ ...one, grade })))

/** Entry years one may add for a stage: this school year's and those still at school, without those already there. */
export function freeEntryYears(structure: SchoolStructure, stage: number, schoolYear: number): number[] {
  const taken = structure.grades.filter((grade) => grade.stage === stage).map((grade) => grade.entryYear)
  const years = Array.from({ length: stage === 1 ? 6 : 4 }, (_, back) => schoolYear - back)
  return years.filter((year) => !taken.includes(year))
}

/** Names the classes to be made will have, for the registrar to see beforehand; undefined when the grade is full. */
export function namesToCome(grade: Grade, count: number): { first: string; last: string } | undefined {
  const next = nextClassOrdinal(grade.classes.map((one) => one.classNumber))
  if (next === undefined || next + count - 1 > 99) return undefined
  const nameOf = (ordinal: number): string => className(grade.stage as Stage, grade.entryYear, ordinal)
  return { first: nameOf(next), last: nameOf(next + count - 1) }
}

/** Class types that fit a stage (codes 2.30). */
export const classTypesOf = (stage: number, codes: readonly string[]): string[] =>
  codes.filter((code) => classTypeFits(code, stage as Stage))

/** 教育阶段 of a number on the wire. */
export const stageText = (stage: number): string => stageName(stage as Stage)

/** Why a grade cannot be removed; undefined when it can. */
export function whyGradeStays(grade: Grade): string | undefined {
  if (grade.students > 0) return '年级下有学生，不能删除'
  return grade.classes.length > 0 ? '年级下有班级，请先删除班级' : undefined
}
