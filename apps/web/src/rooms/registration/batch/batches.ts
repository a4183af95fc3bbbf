import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BatchCommandState } from '@xueji/contracts/pipeline/review.api'
import { useEffect, useRef } from 'react'
import { apiGet } from '../../../shared/api-client.ts'
import { useLiveEvents } from '../../../shared/live.ts'
import { forgetItems, KEYS, ROOM } from '../registration.queries.ts'

const POLL_MILLIS = 2_000

const NAMES: Readonly<Record<string, string>> = {
  approve: '批量审核通过',
  refuse: '批量审核不通过',
  escalate: '批量上报',
}

/** What a batch command was for, in words. */
export const batchName = (batch: Pick<BatchCommandState, 'command'>): string => NAMES[batch.command] ?? '批量办理'

/**
 * One's own batch commands of the last day, the newest first: they run on the server, so a page, a tab or the computer may be left and they are found
 * again. Live news with a poll behind it; lists read anew when one ends.
 */
export function useBatches(): UseQueryResult<BatchCommandState[]> {
  const client = useQueryClient()
  const answer = useQuery({
    queryKey: KEYS.batches,
    queryFn: ({ signal }) => apiGet<BatchCommandState[]>(`${ROOM}/review-batches`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.some(isRunning) ? POLL_MILLIS : false),
  })
  useLiveEvents((event) => {
    if (event.topic === 'review-batch') void client.invalidateQueries({ queryKey: KEYS.batches })
  })
  const running = answer.data?.filter(isRunning).length ?? 0
  const before = useRef(0)
  useEffect(() => {
    if (running < before.current) refreshLists(client)
    before.current = running
  }, [running, client])
  return answer
}

/** Reads anew what a command may have changed. */
export function refreshLists(client: ReturnType<typeof useQueryClient>): void {
  void client.invalidateQueries({ queryKey: KEYS.allItems })
  void client.invalidateQueries({ queryKey: KEYS.summary })
  void forgetItems(client)
}

/** True while the server works on it. */
export const isRunning = (batch: Pick<BatchCommandState, 'status'>): boolean => batch.status === 'running'
