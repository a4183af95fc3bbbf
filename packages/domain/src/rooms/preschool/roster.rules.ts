import type { IdentityHolder } from '../../duplicates/holder.ts'
import type { Issue } from '../../kernel/issue.ts'
import { errorOn } from '../../kernel/issue.ts'
import type { StudentValues } from '../../student/field-catalogue.ts'

/** A number that somebody in the nation is already registered under, or on a roster with, may not be entered again (PRE-002). */
export const checkListed = (values: StudentValues, held: Pick<IdentityHolder, 'where'> | true): readonly Issue[] => [
  held === true
    ? errorOn('identityNumber', 'preschool.listed', values.identityNumber)
    : errorOn('identityNumber', 'preschool.registered', values.identityNumber, { where: held.where }),
]
