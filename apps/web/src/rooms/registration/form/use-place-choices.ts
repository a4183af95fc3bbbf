import type { GradeRow } from '@xueji/contracts/platform/organization.api'
import { useMemo } from 'react'
import { useSession } from '../../../shared/session.tsx'
import { useStructure } from '../registration.queries.ts'
import type { ClassOption } from './field-control.tsx'

const PRIMARY = 1

/** Where children of an entry may go: newcomers into this year's first grade, the others into any other grade of the school (REG-014, REG-015). */
export type PlaceChoices = {
  /** Grades to choose from, by name; empty for newcomers, who have one. */
  readonly grades: readonly ClassOption[]
  /** The grade a name stands for, or the newcomers' one. */
  readonly gradeOf: (name: string | undefined) => GradeRow | undefined
  /** Classes of that grade; of all grades when it is not known yet. */
  readonly classesOf: (name: string | undefined) => readonly ClassOption[]
}

/** The grades and classes of one's own school for an entry. */
export function usePlaceChoices(newcomer: boolean): PlaceChoices {
  const { schoolYear } = useSession()
  const structure = useStructure('own')
  return useMemo(() => {
    const isFirst = (grade: GradeRow): boolean => grade.stage === PRIMARY && grade.entryYear === schoolYear
    const grades = (structure?.grades ?? []).filter((grade) => isFirst(grade) === newcomer)
    const gradeOf = (name: string | undefined): GradeRow | undefined =>
      newcomer ? grades[0] : grades.find((grade) => grade.name === name)
    const all = new Map(grades.map((grade) => [grade.id, classOptions(grade)]))
    const every = [...all.values()].flat()
    return {
      grades: newcomer
        ? []
        : grades.map((grade) => ({ value: grade.name, label: `${grade.name}（${grade.levelName}）` })),
      gradeOf,
      classesOf: (name) => all.get(gradeOf(name)?.id ?? '') ?? every,
    }
  }, [structure, schoolYear, newcomer])
}

const classOptions = (grade: GradeRow): readonly ClassOption[] =>
  grade.classes.map((one) => ({ value: one.classNumber, label: `${one.name}（${one.classNumber}）` }))
