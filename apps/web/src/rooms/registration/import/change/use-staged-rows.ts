import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { Page } from '@xueji/contracts/common/wire'
import type { StagedRow } from '@xueji/contracts/pipeline/import.api'
import { useEffect, useMemo } from 'react'
import { useSteady } from '../../../../shared/use-steady.ts'
import { KEYS } from '../../registration.queries.ts'
import { loadRows, type RowFilter } from '../import.queries.ts'
import { mergeRows } from './merge-rows.ts'

type Pages = InfiniteData<Page<StagedRow>, string | undefined>

// So many rows are fetched without being scrolled to: a block pasted from Excel should find its rows.
const AHEAD_ROWS = 1_000

/** Rows of a batch by row number, page after page as they are scrolled to. */
export function useStagedRows(id: string, filter: RowFilter) {
  const client = useQueryClient()
  const queryKey = [...KEYS.importRows(id), filter]
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => loadRows(id, filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    // Corrections are put in by hand; what others do is noticed by the version of the batch.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { hasNextPage, isFetchingNextPage, fetchNextPage, data } = query
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data])
  const more = (): void => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }
  const wanted = rows.length < AHEAD_ROWS && hasNextPage && !isFetchingNextPage
  useEffect(() => {
    if (wanted) void fetchNextPage()
  }, [wanted, fetchNextPage])
  const doings = useSteady({
    more,
    /** Puts rows as they are now in the place of those shown; what other views hold is read anew when they are looked at. */
    take: (answer: readonly StagedRow[]) => {
      client.setQueryData<Pages>(
        queryKey,
        (before) => before && { ...before, pages: mergeRows(before.pages, answer, filter) },
      )
      client.removeQueries({ queryKey: KEYS.importRows(id), type: 'inactive' })
    },
    /** Reads everything anew, from the first page. */
    reload: () => {
      void client.resetQueries({ queryKey: KEYS.importRows(id) })
    },
  })
  return { query, rows, hasMore: hasNextPage, ...doings }
}
