import { type RegistrationCheckFacts, toRegistrationFacts } from '@xueji/contracts/rooms/registration/registration.api'
import { findTemplate } from '@xueji/contracts/rooms/registration/registration.template'
import type { IdentityClass } from '@xueji/domain/identity/identity-type'
import { REGISTRATION_ENTRIES, type RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { checkRegistration } from '@xueji/domain/rooms/registration/registration.rules'
import type { CheckTask } from './roster-check.ts'

const OF_CLASS: Readonly<Record<IdentityClass, string>> = {
  resident: '居民身份证',
  overseas: '港澳台和外籍',
  undocumented: '无身份证件',
}

/** How rosters of a category are checked in the browser; undefined for one it knows nothing about. Without facts only the shape is. */
export function checkTaskOf(category: string, facts: RegistrationCheckFacts | undefined): CheckTask | undefined {
  const template = findTemplate(category)
  if (!template) return undefined
  const { identityClass } = REGISTRATION_ENTRIES[category as RegistrationCategory]
  const known = facts && toRegistrationFacts(facts)
  return {
    template,
    checkValues: known ? (values) => checkRegistration(values, known) : () => [],
    identityTypeName: OF_CLASS[identityClass],
  }
}
