import type { RegistrationFacts } from '@xueji/domain/rooms/registration/registration.facts'
import { REGISTRATION_ENTRIES } from '@xueji/domain/rooms/registration/registration.review'
import { z } from 'zod'
import { Day } from '../../common/wire.ts'

/** 注册类别 (codes 2.24). */
export const RegistrationCategoryCode = z.enum(['R11', 'R12', 'R13', 'R21', 'R22', 'R23'])

/** The facts of a filing school and one entry as they travel: with them the page runs the same row rules before the upload. Holders stay with the server. */
export const RegistrationCheckFacts = z.object({
  today: Day,
  category: RegistrationCategoryCode,
  schoolCode: z.string(),
  entryYear: z.number().int(),
  entryAge: z.number().int(),
  grades: z.array(
    z.object({
      name: z.string(),
      stage: z.literal([1, 2, 3]),
      entryYear: z.number().int(),
      classNumbers: z.array(z.string()),
    }),
  ),
  countyCodes: z.array(z.string()),
  campusNumbers: z.array(z.string()),
  isPrivateSchool: z.boolean(),
})
export type RegistrationCheckFacts = z.infer<typeof RegistrationCheckFacts>

/** The same as the rules read them; nobody holds a number, for only the nation can tell. */
export function toRegistrationFacts(facts: RegistrationCheckFacts): RegistrationFacts {
  return {
    ...facts,
    today: facts.today as RegistrationFacts['today'],
    entry: REGISTRATION_ENTRIES[facts.category],
    grades: facts.grades.map((grade) => ({ ...grade, classNumbers: new Set(grade.classNumbers) })),
    countyCodes: new Set(facts.countyCodes),
    campusNumbers: new Set(facts.campusNumbers),
    holders: new Map(),
  }
}
