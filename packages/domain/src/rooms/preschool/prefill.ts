import type { MatchPerson } from '../../continuation/match.ts'
import { identityClassOf } from '../../identity/identity-type.ts'
import type { StudentValues } from '../../student/field-catalogue.ts'

/** 注册类别 of newcomers by document class (codes 2.24). */
const NEWCOMER_CATEGORIES = { resident: 'R11', overseas: 'R12', undocumented: 'R13' } as const

/** The category a child of the roster is registered in; undefined for a document no student may use. */
export function newcomerCategoryOf(identityType: string): 'R11' | 'R12' | 'R13' | undefined {
  const identityClass = identityClassOf(identityType as 'A')
  return identityClass && NEWCOMER_CATEGORIES[identityClass]
}

/** The school a newcomer is filled in for. */
export type NewcomerPlace = { readonly schoolCode: string; readonly entryYear: number }

/**
 * What is known of a newcomer beforehand (PRE-013): what its archive says, over it the five locked fields of the roster and the school's own particulars.
 * Who has an archive has been to kindergarten (fields 1.5 hadPreschool); holders of a resident card are Chinese (fields 1.10).
 */
export function prefillNewcomer(
  person: MatchPerson,
  profile: StudentValues | undefined,
  { schoolCode, entryYear }: NewcomerPlace,
): StudentValues {
  return {
    ...(identityClassOf(person.identityType as 'A') === 'resident' ? { nationality: 'CHN' } : {}),
    ...profile,
    ...(profile ? { hadPreschool: '1' } : {}),
    schoolCode,
    enrolledMonth: `${entryYear}09`,
    name: person.name,
    gender: person.gender,
    birthDate: person.birthDate,
    identityType: person.identityType,
    ...(person.identityNumber ? { identityNumber: person.identityNumber } : {}),
  }
}
