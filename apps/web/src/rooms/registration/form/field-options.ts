import { codeOptions } from '../../../shared/code-text.ts'
import type { ClassOption } from './field-control.tsx'
import type { PlaceChoices } from './use-place-choices.ts'

const SENIOR = 3

/** Lists that depend on the school or on the grade chosen, by column key; columns that are not here have the list of their code table. */
export function fieldOptions(
  place: PlaceChoices,
  gradeName: string | undefined,
): Readonly<Record<string, readonly ClassOption[]>> {
  const stage = place.gradeOf(gradeName)?.stage
  return {
    gradeName: place.grades,
    classNumber: place.classesOf(gradeName),
    // fields 1.3: compulsory education has its own ways of entry.
    ...(stage ? { enrolMode: codeOptions('ENROLL', stage === SENIOR ? ['21', '22', '23', '99'] : ['11', '12']) } : {}),
  }
}

/** What a chosen grade brings along: its month of entry, and no class or way of entry of another one. */
export function valuesOfGrade(
  place: PlaceChoices,
  values: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const grade = place.gradeOf(values.gradeName)
  if (!grade) return {}
  const options = fieldOptions(place, values.gradeName)
  const keep = (key: string): boolean => options[key]?.some((one) => one.value === values[key]) ?? true
  return {
    enrolledMonth: `${grade.entryYear}09`,
    ...(keep('classNumber') ? {} : { classNumber: '' }),
    ...(keep('enrolMode') ? {} : { enrolMode: '' }),
  }
}
