import { useMemo } from 'react'
import { useSession } from '../../../shared/session.tsx'
import { useStructure } from '../registration.queries.ts'
import type { ClassOption } from './field-control.tsx'

const PRIMARY = 1

/** The classes of this year's first grade (REG-013, REG-014), and their numbers for the check. */
export function useClassChoices(stored: string | undefined): {
  readonly classes: readonly ClassOption[]
  readonly numbers: ReadonlySet<string>
} {
  const { schoolYear } = useSession()
  const structure = useStructure('own')
  return useMemo(() => {
    const grade = structure?.grades.find((one) => one.stage === PRIMARY && one.entryYear === schoolYear)
    const classes = (grade?.classes ?? []).map((one) => ({
      value: one.classNumber,
      label: `${one.name}（${one.classNumber}）`,
    }))
    // While the classes are not known, the stored one is taken for granted.
    return { classes, numbers: new Set([...classes.map((one) => one.value), ...(structure ? [] : [stored ?? ''])]) }
  }, [structure, schoolYear, stored])
}
