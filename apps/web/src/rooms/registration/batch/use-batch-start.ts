import { useQueryClient } from '@tanstack/react-query'
import type { BatchCommandRequest } from '@xueji/contracts/pipeline/review.api'
import { useState } from 'react'
import { useNotice } from '../../../shared/notice.ts'
import { KEYS, sendBatch } from '../registration.queries.ts'
import { refreshLists } from './batches.ts'

/** Sends a batch command and tells the ids under which the server works on it. */
export function useBatchStart(onStarted: (ids: readonly string[]) => void): {
  readonly busy: boolean
  readonly start: (
    command: BatchCommandRequest['command'],
    requests: readonly Omit<BatchCommandRequest, 'command'>[],
  ) => Promise<void>
} {
  const client = useQueryClient()
  const notice = useNotice()
  const [busy, setBusy] = useState(false)
  return {
    busy,
    start: async (command, requests) => {
      setBusy(true)
      const ids: string[] = []
      try {
        for (const request of requests) ids.push((await sendBatch({ ...request, command })).id)
      } catch (error) {
        notice.error(error)
      }
      setBusy(false)
      await client.invalidateQueries({ queryKey: KEYS.batches })
      refreshLists(client)
      if (ids.length > 0) onStarted(ids)
    },
  }
}
