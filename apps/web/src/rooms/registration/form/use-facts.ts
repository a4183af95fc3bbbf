import { useQuery } from '@tanstack/react-query'
import { type RegistrationCheckFacts, toRegistrationFacts } from '@xueji/contracts/rooms/registration/registration.api'
import type { RegistrationFacts } from '@xueji/domain/rooms/registration/registration.facts'
import { useMemo } from 'react'
import { apiGet } from '../../../shared/api-client.ts'
import { KEYS, ROOM } from '../registration.queries.ts'

/** How the facts of one's school for an entry are asked for; the same for a file and for a form. */
export const factsQuery = (category: string) => ({
  queryKey: KEYS.checkFacts(category),
  queryFn: () => apiGet<RegistrationCheckFacts>(`${ROOM}/check-facts`, { category }),
  staleTime: 5 * 60_000,
})

/** The facts the rules need, and why there are none where the school cannot file at this entry. */
export function useFacts(category: string): {
  readonly facts: RegistrationFacts | undefined
  readonly error: Error | null
} {
  const { data, error } = useQuery(factsQuery(category))
  const facts = useMemo(() => data && toRegistrationFacts(data), [data])
  return { facts, error }
}
