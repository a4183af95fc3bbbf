import type { Stage } from './school-kind.ts'

const STAGE_NAMES = ['小学', '初中', '高中']
const GRADE_NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 教育阶段 name. */
export const stageName = (stage: Stage): string => STAGE_NAMES[stage - 1]!

/** 年级名称 `小学2026级` (fields 3.4). */
export const gradeName = (stage: Stage, entryYear: number): string => `${stageName(stage)}${entryYear}级`

/** 常规名称 `小学一年级` for a grade level 1…9 (fields 3.4). */
export const gradeLevelName = (stage: Stage, level: number): string =>
  `${stageName(stage)}${GRADE_NUMERALS[level - 1] ?? level}年级`

/** 班号: entry year + stage + two-digit number 01–99 (SCH-020). */
export const classNumber = (entryYear: number, stage: Stage, ordinal: number): string =>
  `${entryYear}${stage}${String(ordinal).padStart(2, '0')}`

/** 班级名称 `小学2026级1班` (fields 3.5, C16). */
export const className = (stage: Stage, entryYear: number, ordinal: number): string =>
  `${gradeName(stage, entryYear)}${ordinal}班`

// Codes of 2.30 begin with 1 for primary, 2 for junior and 4 for senior classes.
const CLASS_TYPE_DIGITS = ['1', '2', '4']

/** Whether a 班级类型 is one of this stage (codes 2.30). */
export const classTypeFits = (classType: string, stage: Stage): boolean =>
  classType.startsWith(CLASS_TYPE_DIGITS[stage - 1]!)

/** The next free ordinal after the class numbers a grade already has, or undefined when 99 are taken (SCH-020: never reused). */
export function nextClassOrdinal(classNumbers: readonly string[]): number | undefined {
  const last = classNumbers.reduce((max, number) => Math.max(max, Number(number.slice(5))), 0)
  return last < 99 ? last + 1 : undefined
}
