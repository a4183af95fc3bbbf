import { type RegistrationCheckFacts, toRegistrationFacts } from '@xueji/contracts/rooms/registration/registration.api'
import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { checkRegistration } from '@xueji/domain/rooms/registration/registration.rules'
import type { CheckTask } from './roster-check.ts'

/** How rosters of a category are checked in the browser; undefined for one it knows nothing about. Without facts only the shape is. */
export function checkTaskOf(category: string, facts: RegistrationCheckFacts | undefined): CheckTask | undefined {
  if (category !== 'R11') return undefined
  const known = facts && toRegistrationFacts(facts)
  return {
    template: RESIDENT_NEWCOMER_TEMPLATE,
    checkValues: known ? (values) => checkRegistration(values, known) : () => [],
    identityTypeName: '居民身份证',
  }
}
