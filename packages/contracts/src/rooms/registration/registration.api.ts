import type { RegistrationFacts } from '@xueji/domain/rooms/registration/registration.rules'
import { z } from 'zod'
import { Day } from '../../common/wire.ts'

/** The facts of a filing school as they travel: with them the page runs the same row rules before the upload. Holders stay with the server. */
export const RegistrationCheckFacts = z.object({
  today: Day,
  schoolCode: z.string(),
  entryYear: z.number().int(),
  entryAge: z.number().int(),
  countyCodes: z.array(z.string()),
  classNumbers: z.array(z.string()),
  campusNumbers: z.array(z.string()),
  isPrivateSchool: z.boolean(),
})
export type RegistrationCheckFacts = z.infer<typeof RegistrationCheckFacts>

/** The same as the rules read them; nobody holds a number, for only the nation can tell. */
export function toRegistrationFacts(facts: RegistrationCheckFacts): RegistrationFacts {
  return {
    ...facts,
    today: facts.today as RegistrationFacts['today'],
    countyCodes: new Set(facts.countyCodes),
    classNumbers: new Set(facts.classNumbers),
    campusNumbers: new Set(facts.campusNumbers),
    holders: new Map(),
  }
}
