import { useQuery } from '@tanstack/react-query'
import type { RegionNode } from '@xueji/contracts/platform/organization.api'
import { apiGet } from '../../../shared/api-client.ts'

/** A region as code and full name; the name is looked up once per county and kept, the code is there at once. */
export function RegionText({ code }: { code: string }) {
  const county = code.slice(0, 6)
  const { data } = useQuery({
    queryKey: ['regions', 'code', county],
    queryFn: ({ signal }) => apiGet<RegionNode[]>('/api/regions', { search: county }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const name = data?.find((region) => region.code.slice(0, 6) === county)?.fullName
  return (
    <span>
      {name ? `${name} ` : ''}
      <span className={name ? 'xj-muted xj-number' : 'xj-number'}>{code}</span>
    </span>
  )
}
