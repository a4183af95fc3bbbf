import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Page } from '@xueji/contracts/common/wire'
import { useRef, useState } from 'react'

/** What a list asks the server for. */
export type LoadArgs<Filter> = { filter: Filter; after?: string; limit: number; count: boolean }

type Options<Row, Filter> = {
  queryKey: readonly unknown[]
  load: (args: LoadArgs<Filter>) => Promise<Page<Row>>
  filter: Filter
  limit: number
  refetchMillis?: number | undefined
}

/**
 * Paging by key: the keys of the pages passed are kept, so one can go back; the total is asked for with the first page and with
 * every refresh, never while turning pages.
 */
export function useList<Row, Filter>({ queryKey, load, filter, limit, refetchMillis }: Options<Row, Filter>) {
  const client = useQueryClient()
  const subject = JSON.stringify([filter, limit])
  const [position, setPosition] = useState<{ subject: string; keys: readonly string[] }>({ subject, keys: [] })
  // Other conditions or another page size start at the first page.
  const keys = position.subject === subject ? position.keys : []
  const after = keys.at(-1)
  const counted = useRef<{ subject: string; total: number; capped: boolean } | undefined>(undefined)
  const key = [...queryKey, 'list', filter, limit, after ?? '']
  const query = useQuery({
    queryKey: key,
    queryFn: async () => {
      const refresh = client.getQueryData(key) !== undefined
      const count = after === undefined || refresh || counted.current?.subject !== subject
      const page = await load({ filter, limit, count, ...(after === undefined ? {} : { after }) })
      if (page.total !== undefined) counted.current = { subject, total: page.total, capped: page.capped ?? false }
      return page
    },
    placeholderData: keepPreviousData,
    ...(refetchMillis ? { refetchInterval: refetchMillis } : {}),
  })
  const page = query.data
  const go = (next: readonly string[]): void => setPosition({ subject, keys: next })
  // The last row of a page was dealt with: show the page before.
  if (page && !query.isPlaceholderData && page.rows.length === 0 && keys.length > 0) go(keys.slice(0, -1))
  const first = keys.length * limit + 1
  const known = counted.current?.subject === subject ? counted.current : undefined
  const total = known?.total ?? (page && !page.next && keys.length === 0 ? page.rows.length : undefined)
  return {
    query,
    rows: page?.rows ?? [],
    position: {
      page: keys.length + 1,
      first,
      last: first + (page?.rows.length ?? 0) - 1,
      total,
      capped: known?.capped ?? false,
      onFirst: keys.length > 0 ? () => go([]) : undefined,
      onPrevious: keys.length > 0 ? () => go(keys.slice(0, -1)) : undefined,
      onNext: page?.next && !query.isPlaceholderData ? () => go([...keys, page.next!]) : undefined,
    },
  }
}

/** Where a list stands, for its pager. */
export type ListPosition = ReturnType<typeof useList>['position']
