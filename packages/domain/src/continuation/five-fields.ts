import { compactDate } from '../kernel/plain-date.ts'
import type { StudentFieldKey } from '../student/field-catalogue.ts'
import type { MatchPerson } from './match.ts'

/** The five fields that 接续 never changes (PRE-015). */
export const LOCKED_FIELDS = [
  'name',
  'gender',
  'birthDate',
  'identityType',
  'identityNumber',
] as const satisfies readonly StudentFieldKey[]

/** A person's five fields as the roster's workbook writes them: codes, a compact date. */
export const rosterTexts = (person: MatchPerson): Record<(typeof LOCKED_FIELDS)[number], string> => ({
  name: person.name,
  gender: person.gender,
  birthDate: compactDate(person.birthDate),
  identityType: person.identityType,
  identityNumber: person.identityNumber ?? '',
})
